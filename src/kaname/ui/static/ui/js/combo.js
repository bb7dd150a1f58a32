// A text box that proposes: what counts is the chosen proposal, kept in the hidden field.
import { on, onWords } from "kaname/on";

function parts(combo) {
  return {
    words: combo.querySelector("[role=combobox]"),
    value: combo.querySelector("[data-combo-value]"),
    list: combo.querySelector("[role=listbox]"),
  };
}

function show(combo, isOpen) {
  const { words, list } = parts(combo);
  list.hidden = !isOpen;
  words.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) words.removeAttribute("aria-activedescendant");
}

function light(combo, option) {
  const { words, list } = parts(combo);
  for (const other of list.querySelectorAll("[role=option]")) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    words.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
}

function take(combo, option) {
  const { words, value } = parts(combo);
  words.value = option.dataset.label;
  value.value = option.dataset.value;
  value.dispatchEvent(new Event("change", { bubbles: true }));
  show(combo, false);
}

onWords("[data-combo] [role=combobox]", (words) => {
  const combo = words.closest("[data-combo]");
  parts(combo).value.value = "";
  if (words.value.trim()) words.dispatchEvent(new CustomEvent("kaname:ask"));
  else show(combo, false);
});

document.addEventListener("htmx:after:settle", (event) => {
  const combo = event.target.closest?.("[data-combo]");
  if (!combo || event.target.getAttribute("role") !== "listbox") return;
  show(combo, true);
  light(combo, combo.querySelector("[role=option]"));
});

on("keydown", "[data-combo] [role=combobox]", (words, event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const combo = words.closest("[data-combo]");
  const { list } = parts(combo);
  if (list.hidden) return;
  const all = [...list.querySelectorAll("[role=option]")];
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    light(combo, all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
  } else if (event.key === "Enter" && all[at]) {
    event.preventDefault();
    take(combo, all[at]);
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    show(combo, false);
  }
});

on("pointerdown", "[data-combo] [role=option]", (option, event) => {
  event.preventDefault();
  take(option.closest("[data-combo]"), option);
});

on("focusout", "[data-combo]", (combo, event) => {
  if (!combo.contains(event.relatedTarget)) show(combo, false);
});
