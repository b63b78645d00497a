// Sends the chosen files one by one and shows how far each is. Without this script the form sends them all at once.

const form = document.querySelector("form[data-upload]");
const list = form?.querySelector("[data-progress]");
const HEADER = "X-Opora-One-File";

function line(file) {
  const row = document.createElement("p");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  row.className = "govuk-body";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  words.textContent = `${file.name}: ${form.dataset.sending}`;
  row.append(bar, " ", words);
  list.append(row);
  return { bar, words };
}

function body(file) {
  const data = new FormData(form);
  data.delete("chosen");
  data.append("chosen", file);
  return data;
}

function send(file) {
  const { bar, words } = line(file);
  return new Promise((done) => {
    const call = new XMLHttpRequest();
    const say = (ok, text) => {
      bar.hidden = !ok;
      words.textContent = `${file.name}: ${text}`;
      done(ok);
    };
    call.open("POST", form.dataset.done);
    call.setRequestHeader(HEADER, "1");
    call.responseType = "json";
    call.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    call.addEventListener("load", () => {
      const answer = call.status === 200 ? call.response : null;
      bar.value = 100;
      say(Boolean(answer?.ok), answer?.ok ? form.dataset.sent : answer?.why || form.dataset.lost);
    });
    call.addEventListener("error", () => say(false, form.dataset.lost));
    call.send(body(file));
  });
}

async function sendAll(files) {
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  list.replaceChildren();
  const left = new DataTransfer();
  for (const file of files) {
    if (!(await send(file))) left.items.add(file);
  }
  button.disabled = false;
  delete form.dataset.opSent;
  if (!left.files.length) return location.assign(form.dataset.done);
  form.elements.chosen.files = left.files;
  const note = document.createElement("p");
  note.className = "govuk-body";
  note.textContent = form.dataset.kept;
  return list.append(note);
}

form?.addEventListener("submit", (event) => {
  const files = [...form.elements.chosen.files];
  if (!files.length || !form.elements.kind.value) return;
  event.preventDefault();
  sendAll(files);
});
