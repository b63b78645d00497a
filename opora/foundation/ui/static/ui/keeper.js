// Keeps what is typed on the server, at most a second later, and once more when the page is left.
// `send(leaving)` gives the answer of the server to what stands in the form now; the token of the form is renewed.
// `savedAtSubmit`: what was typed in the last second is saved when the form goes too, for the way may be broken; only where the
// server knows of a form that was taken.

const WAIT = 900;
const RETRY = 4000;

// A field may be called „elements“ or „method“ and then stands before the form's own: these ask the form itself.
export const elementsOf = (form) => [...Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements").get.call(form)];
export const tokenOf = (form) => elementsOf(form).find((one) => one.name === "csrfmiddlewaretoken");

export const keeper = ({ form, address, headers, send, say, savedAtSubmit = false }) => {
  const { opOffline, opSignedOut, opSignIn, opSignInText } = document.getElementById("op-session").dataset;
  let timer = 0;
  let sending = false;
  let dirty = false;
  let asked = false;

  const later = (delay = WAIT) => {
    dirty = true;
    if (!timer) timer = setTimeout(keep, delay);
  };

  // Said once: a link that is drawn anew cannot be reached by keyboard.
  const askSignIn = () => {
    later(RETRY);
    if (asked) return;
    asked = true;
    const link = document.createElement("a");
    Object.assign(link, { href: opSignIn, target: "_blank", className: "govuk-link", textContent: opSignInText });
    say(`${opSignedOut} `, "wrong", link);
  };

  // After signing in again in another tab the page has a new token; the text is still here.
  const renew = async () => {
    const answer = await fetch(address, { headers, redirect: "manual" });
    if (!answer.ok) return askSignIn();
    tokenOf(form).value = (await answer.json()).token;
    later(0);
  };

  // A page that was shown to somebody else, or too long ago, is not known: 404.
  const once = async () => {
    const answer = await send(false);
    if (answer.type === "opaqueredirect" || answer.status === 404) return askSignIn();
    if (answer.status === 403) return renew();
    if (answer.status >= 500) throw new Error(String(answer.status));
    const said = await answer.json();
    asked = false;
    say(said.text, answer.ok ? "" : "wrong");
  };

  const keep = async () => {
    clearTimeout(timer);
    timer = 0;
    if (sending || !dirty) return;
    sending = true;
    dirty = false;
    try {
      await once();
    } catch {
      asked = false;
      say(opOffline, "wrong");
      later(RETRY);
    }
    sending = false;
    if (dirty && !timer) later();
  };

  const stop = () => {
    dirty = false;
    clearTimeout(timer);
    timer = 0;
  };

  const leave = () => {
    if (!dirty || sending) return;
    dirty = false;
    send(true).catch(() => { dirty = true; });
  };

  form.addEventListener("input", () => later());
  form.addEventListener("submit", savedAtSubmit ? leave : stop);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  return { later, stop };
};
