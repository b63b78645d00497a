// Keeps a note on the server while it is typed. Without this script the page works as before.

import { keeper } from "../ui/keeper.js";

const form = document.querySelector("form[data-keep]");
const status = document.getElementById("op-saved");

const say = (text, kind = "", link = null) => {
  status.textContent = text;
  status.dataset.kind = kind;
  if (link) status.append(link);
};

if (form && status) {
  const address = form.dataset.keep;
  const send = (keepalive) => fetch(address, { method: "POST", body: new FormData(form), keepalive, redirect: "manual" });
  keeper({ form, address, headers: {}, send, say });
}
