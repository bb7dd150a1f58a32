// Listening for the whole document, so that what arrives later is alive as well.

/** Call act(element, event) when an event happens on or in an element that fits the selector. */
export function on(type, selector, act, options) {
  document.addEventListener(
    type,
    (event) => {
      const element = event.target instanceof Element ? event.target.closest(selector) : null;
      if (element) act(element, event);
    },
    options,
  );
}

/** Whether keys typed now belong to a field, a dialog or an unfinished Japanese word rather than to the page. */
export function isTyping(event) {
  if (event.isComposing || event.keyCode === 229) return true;
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [data-waits])"))
  );
}

/** Call act(element) after every finished change of a text: not while a Japanese word is being composed, once after it. */
export function onWords(selector, act) {
  on("input", selector, (element, event) => {
    if (!event.isComposing) act(element);
  });
  on("compositionend", selector, (element) => act(element));
}

/** Keep a small choice of this browser for a year. */
export function keep(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = value ? 31536000 : 0;
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}
