// The marking page: every mark and word is kept the moment it is typed, sent when there is a network, and never lost.
// Without this script the page works by its buttons.
import { makeReady, memory, open, possible, ready } from "./store.js";
import { sender } from "./sending.js";

const PAUSE = 1200;
const RETRY = 15000;
const CACHE = "opora-visits-1";

async function start(root, offline) {
  const { visit, me } = root.dataset;
  const word = (name) => root.dataset[`word${name}`];
  const status = root.querySelector("[data-status]");
  const bases = new Map();
  let store = ready() ? await open() : memory();
  const keeping = new Set();
  const say = (text, kind = "") => { status.textContent = text; status.dataset.kind = kind; };
  const send = sender(root, () => store, { say, word, count });

  root.querySelectorAll("[data-slot]").forEach((field) => {
    bases.set(field.dataset.slot, (field.dataset.base || "").split(",").filter(Boolean));
  });
  root.querySelectorAll("[hidden]:not(input)").forEach((one) => { one.hidden = false; });
  if (!offline) await store.forget(visit, true);
  await putBack();
  offerToPrepare();
  listen();
  count();
  if (store.keeps && !offline) await remember();
  send();
  addEventListener("online", send);
  setInterval(send, RETRY);

  // What was typed here and is not in the page yet, in the order it was typed.
  async function putBack() {
    for (const entry of await mine()) {
      if (entry.picture) { listPicture(entry.indicator); continue; }
      bases.set(entry.slot, [entry.key]);
      show(entry.slot, entry.value);
    }
  }

  async function mine() { return (await store.all(visit)).filter((entry) => entry.me === me); }

  function show(slot, value) {
    const field = root.querySelector(`[data-slot="${CSS.escape(slot)}"]`);
    if (!field && slot.startsWith("voice:")) { addVoice(slot.split(/[:-]/)[1], slot).value = value; return; }
    if (field?.matches("fieldset")) field.querySelectorAll("input").forEach((one) => { one.checked = one.value === value; });
    else if (field) field.value = value;
  }

  function count() {
    const scales = [...root.querySelectorAll("fieldset[data-slot]")];
    const done = scales.filter((one) => one.querySelector(":checked")).length;
    root.querySelector("[data-count]").textContent = `${done} ${word("Of")} ${scales.length}`;
    root.querySelector("[data-next]").hidden = done === scales.length;
  }

  function listen() {
    const timers = new Map();
    root.addEventListener("change", (event) => {
      if (event.target.matches("[data-photo-for]")) return hold(shoot(event.target));
      const slot = event.target.closest("[data-slot]")?.dataset.slot;
      if (!slot) return undefined;
      clearTimeout(timers.get(slot));
      return hold(keep(slot, event.target.value));
    });
    root.addEventListener("input", (event) => {
      const slot = event.target.matches("textarea") && event.target.dataset.slot;
      if (!slot) return;
      clearTimeout(timers.get(slot));
      timers.set(slot, setTimeout(() => hold(keep(slot, event.target.value)), PAUSE));
    });
    root.querySelector("[data-marks]").addEventListener("submit", finish);
    root.querySelector("[data-next]").addEventListener("click", toNext);
    root.querySelectorAll("[data-voice]").forEach((button) => button.addEventListener("click", () => addVoice(button.dataset.voice).focus()));
  }

  // What is on its way into the store; leaving the page waits for it.
  function hold(work) {
    keeping.add(work);
    return work.finally(() => keeping.delete(work));
  }

  // To the first indicator without a mark.
  function toNext() {
    const next = [...root.querySelectorAll("fieldset[data-slot]")].find((one) => !one.querySelector(":checked"));
    next?.closest("[data-item]").scrollIntoView({ block: "start" });
    next?.querySelector("input").focus({ preventScroll: true });
  }

  const last = new Map();
  async function keep(slot, value) {
    if (last.get(slot) === value) return;
    last.set(slot, value);
    const entry = { key: crypto.randomUUID(), slot, value, base: bases.get(slot) || [], typed_at: new Date().toISOString(), device: device(), me };
    bases.set(slot, [entry.key]);
    count();
    await store.add(visit, entry);
    say(store.keeps ? word("Device") : word("Sending"));
    send();
  }

  async function shoot(input) {
    for (const file of input.files) {
      const entry = { key: crypto.randomUUID(), slot: "photo", value: "", picture: true, indicator: input.dataset.photoFor, name: file.type === "image/png" ? "s.png" : "s.jpg", typed_at: new Date().toISOString(), me };
      await store.add(visit, entry, file);
      listPicture(entry.indicator);
    }
    input.value = "";
    say(store.keeps ? word("Device") : word("Sending"));
    send();
  }

  function listPicture(indicator) {
    const list = root.querySelector(`[data-photos="${CSS.escape(indicator)}"] ul`);
    list?.append(Object.assign(document.createElement("li"), { textContent: word("Photo") }));
  }

  function addVoice(kind, slot = `voice:${kind}-${crypto.randomUUID()}`) {
    const place = root.querySelector("[data-voices]");
    const model = place.querySelector(`textarea[data-slot^="voice:${kind}-"]`).closest("[data-voice-box]");
    const box = model.cloneNode(true);
    box.querySelectorAll("input").forEach((one) => one.remove());
    const field = box.querySelector("textarea");
    Object.assign(field, { id: slot.replace(":", "-"), name: `v:${slot}`, value: "" });
    field.dataset.slot = slot;
    field.dataset.base = "";
    box.querySelector("label").htmlFor = field.id;
    place.append(box);
    return field;
  }

  // Everything is sent first; the page of locking then shows what stands on the server.
  async function finish(event) {
    event.preventDefault();
    const open_ = document.activeElement?.closest?.("textarea[data-slot]");
    if (open_) await keep(open_.dataset.slot, open_.value);
    await Promise.all([...keeping]);
    if (await send(true)) location.assign(location.pathname.replace(/mark\/$/, "lock/"));
  }

  function offerToPrepare() {
    const button = root.querySelector("[data-prepare]");
    const said = root.querySelector("[data-ready]");
    if (store.keeps) { button.hidden = true; said.textContent = word("Ready"); return; }
    if (!possible()) { button.hidden = true; said.textContent = word("Cannot"); return; }
    button.addEventListener("click", async () => {
      button.disabled = true;
      const kept = await open();
      for (const entry of await store.all(visit)) await kept.add(visit, entry, entry.picture ? await store.picture(entry.id) : null);
      store = kept;
      await prepare();
      button.hidden = true;
      said.textContent = word("Ready");
    });
  }

  async function prepare() {
    makeReady();
    await navigator.serviceWorker.register(root.dataset.worker);
    await navigator.serviceWorker.ready;
    await remember();
    await navigator.storage?.persist?.();
  }

  // The page as the server gave it, encrypted; and into the cache only what holds nobody's data.
  async function remember() {
    await store.savePage(visit, root.outerHTML);
    const cache = await caches.open(CACHE);
    const files = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.startsWith(`${location.origin}/static/`));
    await Promise.all([...new Set([...files, root.dataset.shell])].map((name) => cache.add(name).catch(() => undefined)));
  }
}

function device() {
  let name = localStorage.getItem("opora-device");
  if (!name) localStorage.setItem("opora-device", (name = crypto.randomUUID()));
  return name;
}

async function fromDevice(shell) {
  const visit = decodeURI(location.pathname).split("/").at(-3);
  const store = ready() ? await open() : null;
  const html = await store?.page(visit);
  store?.close();
  if (!html) return;
  shell.innerHTML = html;
  await start(shell.querySelector("[data-marking]"), true);
}

const page = document.querySelector("[data-marking]");
const shell = document.querySelector("[data-marking-shell]");
if (page) start(page, false);
else if (shell) fromDevice(shell);
