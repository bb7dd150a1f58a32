// A changed filter is asked for at once; words wait until they are finished.
import { on, onWords } from "kaname/on";

const WAIT_MS = 400;
let waiting;

on("change", "[data-filters] select, [data-filters] input:not([type=search])", (field) => field.form.requestSubmit());

onWords("[data-filter-words]", (field) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => field.form.requestSubmit(), WAIT_MS);
});

on("submit", "[data-filters]", (form) => {
  clearTimeout(waiting);
  for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
  sessionStorage.setItem("kaname-filter", document.activeElement?.matches?.("[data-filter-words]") ? location.pathname : "");
});

// After the list has come back, go on typing where one was.
const words = document.querySelector("[data-filter-words]");
if (words && sessionStorage.getItem("kaname-filter") === location.pathname) {
  sessionStorage.removeItem("kaname-filter");
  words.focus();
  words.setSelectionRange(words.value.length, words.value.length);
}
