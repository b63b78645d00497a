// Keeps what is typed into a card: saves the draft on the server while the person types, at most 1.5 s later.
// Without this script the page works by its buttons. Everything the page needs is in the form's data attributes.

const WAIT = 1500;
const RETRY = 4000;
const form = document.querySelector("form[data-filler]");
const status = document.getElementById("op-saved");
let timer = 0;
let sending = false;
let dirty = false;
let signedOut = false;

const words = (key) => form.dataset[key];
const set = (name, value) => form.querySelectorAll(`[name="${name}"]`).forEach((field) => { field.value = value; });

function say(text, kind = "") {
  status.textContent = text;
  status.dataset.kind = kind;
}

function later(delay) {
  dirty = true;
  if (!timer) timer = window.setTimeout(save, delay);
}

async function save() {
  window.clearTimeout(timer);
  timer = 0;
  if (sending || !dirty) return;
  sending = true;
  dirty = false;
  try {
    await send();
  } catch {
    say(words("offline"), "wrong");
    later(RETRY);
  }
  sending = false;
  if (dirty && !timer) later(WAIT);
}

async function send() {
  const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.type === "opaqueredirect") return askSignIn();
  if (answer.status === 403) return renew();
  if (answer.status === 409) return toMerge((await answer.json()).merge);
  if (!answer.ok) throw new Error(String(answer.status));
  signedOut = false;
  took(await answer.json());
}

// A colleague changed the same answer. What was typed since is handed over first, so that the merge page shows it too.
async function toMerge(address) {
  while (dirty) {
    dirty = false;
    await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), redirect: "manual" });
  }
  window.location.assign(address);
}

// What the server answered: the number of the saved version, when, how far the card is.
function took(saved) {
  set("base_version", saved.version);
  say(saved.text);
  document.querySelectorAll("[data-progress]").forEach((bar) => {
    bar.querySelector("p").textContent = saved.progress;
    const line = bar.querySelector("progress");
    line.max = saved.total || 1;
    line.value = saved.done;
  });
}

// After signing in again in another tab the page has a new token; the text is still here.
async function renew() {
  const answer = await fetch(form.dataset.draft, { redirect: "manual" });
  if (!answer.ok) return askSignIn();
  set("csrfmiddlewaretoken", (await answer.json()).token);
  later(0);
}

function askSignIn() {
  later(RETRY);
  if (signedOut) return;
  signedOut = true;
  say(`${words("signedOut")} `, "wrong");
  const link = document.createElement("a");
  link.href = words("signIn");
  link.target = "_blank";
  link.className = "govuk-link";
  link.textContent = words("signInText");
  status.append(link);
}

function leave() {
  if (!dirty || sending) return;
  dirty = false;
  fetch(form.dataset.draft, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" }).catch(() => { dirty = true; });
}

// htmx draws the questions anew when an answer changes which of them apply. What the person answered after the
// request went out is newer than the server's answer: it is put back, and the questions are asked for once more.
let sent = new Map();

function given() {
  const all = new Map();
  for (const [name, value] of new FormData(form)) if (name.startsWith("q:")) all.set(name, [...(all.get(name) || []), value]);
  return all;
}

function newerThanSent(now) {
  const differs = (name) => JSON.stringify(now.get(name) || []) !== JSON.stringify(sent.get(name) || []);
  return [...new Set([...now.keys(), ...sent.keys()])].filter(differs);
}

function keepNewer(event) {
  if (event.detail.target.id !== "sv-fields") return;
  const now = given();
  const newer = newerThanSent(now);
  const { name, selectionStart } = document.activeElement;
  if (newer.length === 0) return;
  document.body.addEventListener("htmx:afterSettle", () => {
    const fields = newer.flatMap((one) => [...form.querySelectorAll(`[name="${CSS.escape(one)}"]`)]);
    fields.forEach((field) => putBack(field, now.get(field.name) || [], field.name === name ? selectionStart : null));
    later(WAIT);
    fields.find((field) => field.name !== name || field.type === "radio" || field.type === "checkbox")
      ?.dispatchEvent(new Event("change", { bubbles: true }));
  }, { once: true });
}

function putBack(field, values, caret) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
  else field.value = values[0] ?? "";
  if (Number.isInteger(caret) && field.setSelectionRange) field.setSelectionRange(caret, caret);
}

if (form && status) {
  form.addEventListener("input", () => later(WAIT));
  form.addEventListener("submit", () => { dirty = false; window.clearTimeout(timer); });
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  document.body.addEventListener("htmx:beforeRequest", () => { sent = given(); });
  document.body.addEventListener("htmx:beforeSwap", keepNewer);
  document.body.addEventListener("filler:clash", (event) => { dirty = true; toMerge(event.detail.merge); });
  document.body.addEventListener("filler:saved", (event) => { took(event.detail); });
}
