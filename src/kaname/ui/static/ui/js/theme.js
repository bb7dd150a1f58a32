import { keep, on } from "kaname/on";

on("click", "[data-theme-choice]", (button) => {
  const chosen = button.dataset.themeChoice;
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  for (const other of document.querySelectorAll("[data-theme-choice]")) {
    other.setAttribute("aria-pressed", String(other.dataset.themeChoice === chosen));
  }
  keep("kaname_theme", chosen || "system");
});
