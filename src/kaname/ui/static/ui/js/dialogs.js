// Native dialogs: the browser keeps the focus inside and gives it back.
import { on } from "kaname/on";

/** Open a dialog by its id. */
function open(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) {
    for (const float of document.querySelectorAll(":popover-open[data-float]")) float.hidePopover();
    dialog.showModal();
  }
}

on("click", "[data-opens]", (button) => open(button.dataset.opens));

on("click", "[data-dialog-close]", (button) => button.closest("dialog").close());

on("pointerdown", "dialog", (dialog, event) => {
  if (event.target !== dialog || dialog.querySelector("form[method=post]")) return;
  const box = dialog.getBoundingClientRect();
  const isInside =
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!isInside) dialog.close();
});

document.addEventListener("htmx:after:settle", (event) => {
  if (event.target.id === "dialog" && event.target.childElementCount) open("dialog");
});

document.addEventListener("kaname:close", () => document.querySelector("dialog[open]")?.close());

document.addEventListener("kaname:show-keys", () => open("keys"));
