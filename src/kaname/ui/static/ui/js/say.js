// Toasts: what was done, with the way back.

const PLAIN_MS = 6000;
const UNDO_MS = 60000;

function room() {
  return document.getElementById("toasts");
}

function raise(holder) {
  if (!holder.showPopover) return;
  holder.popover = "manual";
  if (holder.matches(":popover-open")) holder.hidePopover();
  holder.showPopover();
}

/** Let a toast go by itself after a while, unless somebody is at it or it reports an error. */
export function watch(toast) {
  if (toast.classList.contains("toast-error")) return;
  const life = toast.querySelector("form") ? UNDO_MS : PLAIN_MS;
  let timer = setTimeout(() => toast.remove(), life);
  const hold = () => clearTimeout(timer);
  const go = () => {
    hold();
    timer = setTimeout(() => toast.remove(), life);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}

/** Show markup of toasts that the server has drawn. */
export function adopt() {
  const holder = room();
  if (!holder || !holder.children.length) return;
  for (const toast of holder.querySelectorAll("[data-toast]:not([data-watched])")) {
    toast.dataset.watched = "";
    watch(toast);
  }
  raise(holder);
}

/** Say something in words that the page already carries in the reader's language. */
export function say(words, { isError = false } = {}) {
  const holder = room();
  if (!holder) return;
  const toast = document.createElement("div");
  toast.className = isError ? "toast toast-error" : "toast";
  toast.dataset.toast = "";
  if (isError) toast.setAttribute("role", "alert");
  const text = document.createElement("span");
  text.className = "toast-words";
  text.textContent = words;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.dataset.toastClose = "";
  close.textContent = holder.dataset.closeLabel;
  toast.append(text, close);
  holder.append(toast);
  adopt();
}
