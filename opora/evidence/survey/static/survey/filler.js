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
  if (answer.status === 409) return window.location.assign((await answer.json()).merge);
  if (!answer.ok) throw new Error(String(answer.status));
  signedOut = false;
  took(await answer.json());
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

// htmx draws the questions anew when an answer changes which of them apply; what is being typed meanwhile stays.
function keepTyping(event) {
  const field = document.activeElement;
  if (!field?.name || !event.detail.target.contains(field)) return;
  const { id, value, type, selectionStart, selectionEnd } = field;
  if (type === "radio" || type === "checkbox") return;
  document.body.addEventListener("htmx:afterSettle", () => {
    const fresh = document.getElementById(id);
    if (!fresh || fresh.value === value) return;
    fresh.value = value;
    if (selectionStart !== null && fresh.setSelectionRange) fresh.setSelectionRange(selectionStart, selectionEnd);
    later(WAIT);
  }, { once: true });
}

if (form && status) {
  form.addEventListener("input", () => later(WAIT));
  form.addEventListener("submit", () => { dirty = false; window.clearTimeout(timer); });
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  document.body.addEventListener("htmx:beforeSwap", keepTyping);
  document.body.addEventListener("filler:saved", (event) => { took(event.detail); });
}
