// Sends what a device keeps: in the order it was typed, each entry under its own key, so that a sending cut half way is
// repeated without writing anything twice.

const AT_ONCE = 20;

export function sender(root, storeOf, { say, word, count }) {
  const { visit, me } = root.dataset;
  let busy = null;
  let again = false;

  const waits = () => say(storeOf().keeps ? word("Device") : word("Waits"), "waiting");
  const timeNow = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

  async function token() {
    const answer = await fetch(root.dataset.sync, { redirect: "manual" });
    if (answer.type === "opaqueredirect") throw new Error("SignIn");
    if (!answer.ok) throw new Error("Waits");
    const said = await answer.json();
    if (String(said.me) !== me) throw new Error("Other");
    return said.token;
  }

  async function post(address, secret, body, headers = {}) {
    const answer = await fetch(address, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": secret, ...headers } });
    if (answer.status === 422) throw Object.assign(new Error("Refused"), { said: (await answer.json()).text });
    if (!answer.ok) throw new Error("Waits");
    return answer.json();
  }

  async function words(entries, secret) {
    let said = {};
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      const part = entries.slice(from, from + AT_ONCE);
      const rows = part.map(({ key, slot, value, base, device, typed_at }) => ({ key, slot, value, base, device, typed_at }));
      said = await post(root.dataset.sync, secret, JSON.stringify({ entries: rows }), { "Content-Type": "application/json" });
      for (const entry of part) await storeOf().sent(entry.id, entry);
    }
    return said;
  }

  async function pictures(entries, secret) {
    for (const entry of entries) {
      const body = new FormData();
      body.append("photo", await storeOf().picture(entry.id), entry.name);
      Object.entries({ key: entry.key, indicator: entry.indicator, device: "1" }).forEach((pair) => body.append(...pair));
      await post(root.dataset.photo, secret, body);
      await storeOf().sent(entry.id, entry);
    }
  }

  async function all() {
    const left = (await storeOf().all(visit)).filter((entry) => entry.me === me && !entry.sent);
    if (!left.length) return true;
    say(storeOf().keeps ? word("Device") : word("Sending"));
    const secret = await token();
    const said = await words(left.filter((entry) => !entry.picture), secret);
    await pictures(left.filter((entry) => entry.picture), secret);
    say(said.clashes ? `${word("Sent")} ${timeNow()}. ${word("Clash")}` : `${word("Sent")} ${timeNow()}`, said.clashes ? "wrong" : "sent");
    count();
    return true;
  }

  async function run() {
    try {
      return await all();
    } catch (error) {
      if (error.said) say(error.said, "wrong");
      else if (error.message === "SignIn" || error.message === "Other") say(word(error.message), "wrong");
      else waits();
      return false;
    }
  }

  return async function send() {
    if (busy) { again = true; await busy; }
    if (busy) return busy;
    busy = run();
    const went = await busy;
    busy = null;
    if (again) { again = false; return send(); }
    return went;
  };
}
