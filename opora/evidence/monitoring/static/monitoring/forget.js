// The observer has locked: what this device kept of the visit goes.
import { open, ready } from "./store.js";

const visit = document.querySelector("[data-monitoring-forget]")?.dataset.monitoringForget;
if (visit && await ready()) {
  const store = await open();
  await store.forget(visit);
  store.close();
}
