// Letters that go somewhere: g and a letter, c for new, ? for all of them.
import { isTyping } from "kaname/on";

const PAUSE_MS = 1200;
let wentAt = 0;

addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("kaname:show-keys"));
    return;
  }
  if (Date.now() - wentAt < PAUSE_MS) {
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    wentAt = 0;
    if (link) {
      event.preventDefault();
      event.stopImmediatePropagation();
      location.assign(link.href);
      return;
    }
  }
  if (event.key === "g") wentAt = Date.now();
  else if (event.key === "c") {
    const only = document.querySelector("[data-new-here]") ?? document.querySelector("[data-new]");
    if (only) {
      event.preventDefault();
      only.click();
    }
  }
}, true);
