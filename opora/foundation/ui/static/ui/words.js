// Words in any form wait on the server until they are sent: form[data-op-words] holds the signed name of its page.
// What waits is put back when the page is opened again; without this script forms work as before.

import { elementsOf, keeper, tokenOf } from "./keeper.js";

const KEPT_HIDDEN = new Set(["seen", "version", "key", "base_version", "shown"]);
const OURS = new Set(["csrfmiddlewaretoken", "op-sitting", "op-form"]);
const { opWords: address, opAgain: againText, opBack: backText, opFiles: filesText } = document.getElementById("op-session").dataset;

// What tells forms of a page apart: where they go and what they are about; of equal ones, which it is.
const said = new Map();
const nameOf = (form) => {
  const about = elementsOf(form).filter((e) => e.type === "hidden" && e.name && !OURS.has(e.name) && !KEPT_HIDDEN.has(e.name));
  const text = JSON.stringify([form.getAttribute("action"), about.map((e) => `${e.name}=${e.value}`)]);
  said.set(text, (said.get(text) ?? 0) + 1);
  let [a, b] = [0xdeadbeef, said.get(text)];
  for (const sign of text) {
    a = Math.imul(a ^ sign.codePointAt(0), 2654435761);
    b = Math.imul(b ^ sign.codePointAt(0), 1597334677);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
};

const isKept = (control) => control.name && !OURS.has(control.name) && !["file", "password", "submit", "button"].includes(control.type)
  && (control.type !== "hidden" || KEPT_HIDDEN.has(control.name));

const valuesOf = (form) => elementsOf(form).filter(isKept).flatMap((control) => {
  if (["checkbox", "radio"].includes(control.type)) return control.checked ? [[control.name, control.value]] : [];
  if (control.type === "select-multiple") return [...control.selectedOptions].map((option) => [control.name, option.value]);
  return [[control.name, control.value]];
});

// Gives what found no field any more.
const put = (form, values) => {
  const byName = new Map();
  values.forEach(([name, value]) => byName.set(name, [...(byName.get(name) ?? []), value]));
  elementsOf(form).filter(isKept).forEach((control) => {
    const given = byName.get(control.name) ?? [];
    if (["checkbox", "radio"].includes(control.type)) control.checked = given.includes(control.value);
    else if (control.type === "select-multiple") [...control.options].forEach((option) => { option.selected = given.includes(option.value); });
    else if (given.length) control.value = given.shift();
    if (control.tagName === "TEXTAREA" && control.value && control.closest("details")) control.closest("details").open = true;
  });
  const names = new Set(elementsOf(form).map((control) => control.name));
  return values.filter(([name, value]) => !names.has(name) && /\s/.test(value.trim())).map(([, value]) => value);
};

// Where the server draws fields by what is answered, those are asked for and filled until no more of them come; what found no
// field in the end is given to `show`.
const putAll = (form, values, show, told) => {
  const homeless = put(form, values);
  const drawn = form.querySelector("[hx-post]");
  if (!drawn || !homeless.length || homeless.length === told) return show(homeless);
  form.addEventListener("htmx:afterSettle", () => putAll(form, values, show, homeless.length), { once: true });
  drawn.dispatchEvent(new Event("change", { bubbles: true }));
};

const uuid = () => crypto.randomUUID?.() ?? "12345678-1234-1234-1234-123456789012".replace(/\d/g, () => (crypto.getRandomValues(new Uint8Array(1))[0] % 16).toString(16));

const line = (kind) => {
  const made = document.createElement("p");
  made.className = kind === "restored" ? "govuk-inset-text" : "op-saved";
  made.setAttribute("role", "status");
  made.dataset.opLine = kind;
  return made;
};

const textBox = (text) => {
  const made = document.createElement("textarea");
  Object.assign(made, { className: "govuk-textarea", value: text, readOnly: true, rows: 3 });
  made.setAttribute("aria-label", text.slice(0, 40));
  return made;
};

const hidden = (form, name, value = "") => {
  const made = document.createElement("input");
  Object.assign(made, { type: "hidden", name, value });
  form.append(made);
  return made;
};

const watch = (form, waiting) => {
  const name = nameOf(form);
  const headers = { "X-Opora-Page": form.dataset.opWords };
  const sitting = uuid();
  // Shown again with a mistake: what this form was sent with goes on here.
  let after = form.dataset.opShownForm === name ? form.dataset.opShownAgain.split(",").filter(Boolean) : [];
  hidden(form, "op-form", name);
  const mark = hidden(form, "op-sitting");
  const marked = () => { mark.value = [sitting, ...after].join(","); };
  const status = line("status");
  // Beside the buttons it moves nothing when the first words come.
  ([...form.querySelectorAll(".govuk-button-group")].at(-1) ?? form).append(status);
  const say = (text, kind = "", link = null) => {
    status.textContent = text;
    status.dataset.kind = kind;
    if (link) status.append(link);
  };
  const body = (fields) => new URLSearchParams({ csrfmiddlewaretoken: tokenOf(form).value, ...fields });
  const send = (keepalive) => fetch(address, {
    method: "POST", headers, keepalive, redirect: "manual",
    body: body({ sitting, form: name, after: after.join(","), values: JSON.stringify(valuesOf(form)) }),
  });
  const { later, stop } = keeper({ form, address, headers, send, say, savedAtSubmit: true });
  marked();

  const restore = (found) => {
    const before = valuesOf(form);
    if (JSON.stringify(before) === JSON.stringify(found.values)) return;
    const told = line("restored");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "op-quiet-button" });
    const back = () => {
      after = [found.sitting, ...found.after];
      marked();
      told.replaceChildren(`${found.text} ${form.querySelector("[type=file]") ? `${filesText} ` : ""}`, button);
      button.textContent = againText;
      button.onclick = begin;
      putAll(form, found.values, (homeless) => told.append(...homeless.map(textBox)));
    };
    const begin = () => {
      stop();
      say("");
      put(form, before);
      const gone = [sitting, ...after];
      after = [];
      marked();
      button.textContent = backText;
      button.onclick = () => { back(); later(0); };
      told.replaceChildren(button);
      fetch(address, { method: "POST", headers, redirect: "manual", body: body({ do: "drop", after: gone.join(",") }) });
    };
    form.prepend(told);
    back();
  };
  const mine = waiting.find((one) => one.form === name);
  if (mine) restore(mine);
};

const forms = [...document.querySelectorAll("form[data-op-words]")];
const first = forms.find((form) => form.dataset.opShownAgain === undefined);
const ask = async () => {
  if (!first) return [];
  const answer = await fetch(address, { headers: { "X-Opora-Page": first.dataset.opWords }, redirect: "manual" });
  return answer.ok ? (await answer.json()).waiting : [];
};
const waiting = await ask().catch(() => []);
forms.forEach((form) => watch(form, form.dataset.opShownAgain === undefined ? waiting : []));
