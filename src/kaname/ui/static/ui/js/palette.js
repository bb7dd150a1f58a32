// Ctrl-K: the server answers, the keys choose.
import { on, onWords } from "kaname/on";

const palette = document.getElementById("palette");
const words = document.getElementById("palette-words");
const found = document.getElementById("palette-found");

function options() {
  return [...found.querySelectorAll("[role=option]")];
}

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    words.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else words.removeAttribute("aria-activedescendant");
}

function open() {
  if (!palette || palette.open) return;
  palette.showModal();
  words.select();
  ask();
}

function ask() {
  words.dispatchEvent(new CustomEvent("kaname:ask"));
}

on("click", "[data-palette]", (link, event) => {
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open();
});

onWords("#palette-words", ask);

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    open();
  }
});

words?.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const all = options();
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    choose(all[(next + all.length) % all.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) window.open(all[at]?.href, "_blank", "noopener");
    else all[at]?.click();
  }
});

document.addEventListener("htmx:after:settle", (event) => {
  if (event.target === found) choose(options()[0]);
});
