// Editing in the cell: Enter saves, Esc leaves it as it was. The Enter that ends a Japanese word saves nothing.
import { on } from "kaname/on";

document.addEventListener("htmx:after:settle", ({ detail }) => {
  for (const added of detail.newContent ?? []) {
    if (!(added instanceof Element)) continue;
    const field = added.matches("[data-edit-form]") && (added.querySelector("[aria-invalid=true]") ?? added.querySelector("input:not([type=hidden]), select, textarea"));
    if (field) {
      field.focus();
      field.select?.();
    } else if (added.matches("[data-edit]")) added.focus();
  }
});

on("keydown", "[data-edit-form]", (form, event) => {
  if (event.isComposing || event.keyCode === 229) {
    if (event.key === "Enter") event.preventDefault();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    form.querySelector("[data-edit-cancel]").click();
  }
});
