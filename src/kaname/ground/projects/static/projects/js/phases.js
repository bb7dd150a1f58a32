// Putting rows of phases in order: up and down, the focus stays on the button that was pressed.
import { on } from "kaname/on";

for (const acts of document.querySelectorAll("[data-phase-acts]")) acts.hidden = false;

on("click", "[data-phase-move]", (button) => {
  const row = button.closest("tr");
  if (button.dataset.phaseMove === "up") row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  button.focus();
});
