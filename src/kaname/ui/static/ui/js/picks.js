// Selecting rows; Shift selects all between.
import { on } from "kaname/on";

let last = null;

function scopeOf(box) {
  return box.closest("form") ?? box.closest("[data-rows]").parentElement;
}

function refresh(scope) {
  const boxes = [...scope.querySelectorAll("[data-pick]")];
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr").classList.toggle("selected", box.checked);
  const all = scope.querySelector("[data-pick-all]");
  if (all) {
    all.checked = boxes.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  }
  const bar = scope.querySelector("[data-bulk]");
  if (bar) {
    bar.hidden = chosen.length === 0;
    bar.querySelector("[data-bulk-count]").textContent = String(chosen.length);
  }
}

on("click", "[data-pick]", (box, event) => {
  const scope = scopeOf(box);
  const boxes = [...scope.querySelectorAll("[data-pick]")];
  if (event.shiftKey && last && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
  }
  last = box;
  refresh(scope);
});

on("change", "[data-pick-all]", (all) => {
  const scope = scopeOf(all);
  for (const box of scope.querySelectorAll("[data-pick]")) box.checked = all.checked;
  refresh(scope);
});

on("click", "[data-bulk-clear]", (button) => {
  const scope = scopeOf(button);
  for (const box of scope.querySelectorAll("[data-pick]")) box.checked = false;
  refresh(scope);
});
