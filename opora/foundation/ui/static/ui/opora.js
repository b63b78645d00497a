// The few things a page does beyond HTML and htmx. Every page works without this file.

const focusSearchOnSlash = () => {
  const search = document.querySelector("[data-op-search]");
  if (!search) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
};

const focusErrorSummary = () => {
  const summary = document.querySelector("[data-op-errors]");
  if (!summary) return;
  summary.focus();
  document.title = `${summary.dataset.opErrors}: ${document.title}`;
};

const sendFormsOnce = () => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method") !== "post" || event.defaultPrevented || form.hasAttribute("hx-post")) return;
    if (form.dataset.opSent) event.preventDefault();
    form.dataset.opSent = "yes";
    setTimeout(() => delete form.dataset.opSent, 3000);
  });
};

const submitOnChange = () => {
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-op-auto]");
    if (form) form.requestSubmit();
  });
};

// Before the idle session ends, ask once; staying touches the session on the server.
const warnBeforeSessionEnds = () => {
  const dialog = document.getElementById("op-session");
  if (!dialog) return;
  const { opWarn, opEnd, opPing, opSignIn } = dialog.dataset;
  const signIn = () => location.assign(`${opSignIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
  let warning;
  let end;
  const start = () => {
    clearTimeout(warning);
    clearTimeout(end);
    warning = setTimeout(() => dialog.showModal(), Number(opWarn) * 1000);
    end = setTimeout(() => {
      document.dispatchEvent(new CustomEvent("opora:session-end"));
      if (!document.querySelector("[data-op-keep-page]")) signIn();
    }, Number(opEnd) * 1000);
  };
  const stay = async () => {
    const answer = await fetch(opPing, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) signIn();
    dialog.close();
    start();
  };
  dialog.querySelector("[data-op-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", stay);
  document.addEventListener("htmx:afterRequest", start);
  document.addEventListener("htmx:responseError", (event) => {
    const over = event.detail.xhr.status === 401;
    if (over && !document.querySelector("[data-op-keep-page], form[data-filler]")) signIn();
  });
  start();
};

// Escape pressed three times leaves a page about violence at once.
const leaveQuickly = () => {
  const exit = document.querySelector("[data-op-exit]");
  if (!exit) return;
  let presses = 0;
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) location.replace(exit.href);
  });
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(exit.href);
  });
};

const printOnClick = () => {
  document.querySelectorAll("[data-op-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
};

// Puts what stands in a box into the clipboard and says so; where the browser refuses, the text is left selected.
const copyOnClick = () => {
  document.querySelectorAll("[data-op-copy]").forEach((button) => {
    const box = document.getElementById(button.dataset.opCopy);
    const told = document.getElementById(`${box.id}-told`);
    button.hidden = false;
    box.addEventListener("focus", () => box.select());
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(box.value);
        told.textContent = button.dataset.opCopied;
      } catch {
        box.focus();
        told.textContent = button.dataset.opByHand;
      }
    });
  });
};

// Counts down what the server said at the moment of the answer.
const countSeconds = () => {
  document.querySelectorAll("[data-op-seconds]").forEach((place) => {
    const { opSeconds, opOne, opMany, opOver } = place.dataset;
    const end = Date.now() + Number(opSeconds) * 1000;
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (left > 0) setTimeout(tick, 250);
      place.textContent = left > 1 ? opMany.replace("{n}", left) : left > 0 ? opOne : opOver;
    };
    tick();
  });
};

const keepWords = () => {
  const session = document.getElementById("op-session");
  if (session?.dataset.opWords && document.querySelector("form[data-op-words]")) import(session.dataset.opWordsScript);
};

focusSearchOnSlash();
focusErrorSummary();
sendFormsOnce();
submitOnChange();
warnBeforeSessionEnds();
leaveQuickly();
printOnClick();
copyOnClick();
countSeconds();
keepWords();
