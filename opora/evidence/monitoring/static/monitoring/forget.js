// The observer has locked: what this device kept of the visit goes. What it never sent, because the marks were locked on
// another device meanwhile, is shown and stays until the observer says that it may go.
import { open, ready } from "./store.js";

const place = document.querySelector("[data-monitoring-forget]");
if (place && ready()) tidy(place);

async function tidy({ dataset }) {
  const visit = dataset.monitoringForget;
  const store = await open();
  const left = (await store.all(visit)).filter((entry) => entry.me === dataset.me && !entry.sent && entry.value);
  if (!left.length) await store.forget(visit);
  else show(left, store, visit);
}

function show(left, store, visit) {
  place.hidden = false;
  const list = place.querySelector("ul");
  left.forEach(({ slot, value }) => list.append(Object.assign(document.createElement("li"), { textContent: `${slot.split(":")[1].slice(0, 6)}: ${value}` })));
  place.querySelector("button").addEventListener("click", async () => {
    await store.forget(visit);
    place.hidden = true;
  });
}
