// Keeps a note on the server while it is typed, at most a second later. Without this script the page works as before.

const WAIT = 900;
const RETRY = 4000;
const form = document.querySelector("form[data-keep]");
const status = document.getElementById("op-saved");
let timer = 0;
let sending = false;
let dirty = false;

function say(text, kind = "") {
  status.textContent = text;
  status.dataset.kind = kind;
}

function later(delay) {
  dirty = true;
  if (!timer) timer = window.setTimeout(keep, delay);
}

async function keep() {
  window.clearTimeout(timer);
  timer = 0;
  if (sending || !dirty) return;
  sending = true;
  dirty = false;
  try {
    await send();
  } catch {
    say(form.dataset.offline, "wrong");
    later(RETRY);
  }
  sending = false;
  if (dirty && !timer) later(WAIT);
}

async function send() {
  const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.type === "opaqueredirect") return askSignIn();
  if (answer.status === 403) return renew();
  if (!answer.ok) throw new Error(String(answer.status));
  say((await answer.json()).text);
}

// After signing in again in another tab the page has a new token; the text is still here.
async function renew() {
  const answer = await fetch(form.dataset.keep, { redirect: "manual" });
  if (!answer.ok) return askSignIn();
  form.elements.csrfmiddlewaretoken.value = (await answer.json()).token;
  later(0);
}

function askSignIn() {
  later(RETRY);
  if (status.querySelector("a")) return;
  say(`${form.dataset.signedOut} `, "wrong");
  const link = document.createElement("a");
  link.href = form.dataset.signIn;
  link.target = "_blank";
  link.className = "govuk-link";
  link.textContent = form.dataset.signInText;
  status.append(link);
}

function leave() {
  if (!dirty || sending) return;
  dirty = false;
  fetch(form.dataset.keep, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" }).catch(() => { dirty = true; });
}

if (form && status) {
  form.addEventListener("input", () => later(WAIT));
  form.addEventListener("submit", () => { dirty = false; window.clearTimeout(timer); });
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
}
