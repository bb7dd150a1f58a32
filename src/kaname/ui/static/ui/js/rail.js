// The rail folds on wide screens and is a drawer on narrow ones; without a script the drawer opens by its address.
import { keep, on } from "kaname/on";

const root = document.documentElement;

on("click", "[data-rail-fold]", (button) => {
  const isFolded = root.dataset.rail !== "folded";
  if (isFolded) root.dataset.rail = "folded";
  else delete root.dataset.rail;
  button.setAttribute("aria-expanded", String(!isFolded));
  for (const link of document.querySelectorAll(".level a")) {
    if (isFolded) link.title = link.textContent.trim();
    else link.removeAttribute("title");
  }
  keep("kaname_rail", isFolded ? "folded" : "");
});

function close() {
  if (location.hash === "#rail") {
    location.hash = "#main";
    document.querySelector("[data-rail-open]")?.focus();
  }
}

addEventListener("hashchange", () => {
  if (location.hash === "#rail") document.querySelector("#rail .level a")?.focus();
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

document.addEventListener("click", (event) => {
  if (location.hash === "#rail" && !event.target.closest("#rail, [data-rail-open]")) {
    event.preventDefault();
    close();
  }
});
