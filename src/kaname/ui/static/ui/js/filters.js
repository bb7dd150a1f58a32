// A changed filter is asked for at once; words wait until they are finished.
import { on, onWords } from "kaname/on";

const WAIT_MS = 400;
let waiting;

function askLater(form) {
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(), WAIT_MS);
}

on("change", "[data-filters] select, [data-filters] input:not([type=search])", (field) => field.form.requestSubmit());

onWords("[data-filter-words]", (field) => askLater(field.form));

on("compositionupdate", "[data-filter-words]", () => clearTimeout(waiting));

on("submit", "[data-filters]", (form) => {
  clearTimeout(waiting);
  for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
  sessionStorage.setItem("kaname-filter", document.activeElement?.matches?.("[data-filter-words]") ? location.pathname : "");
});

// Whether a field says something else than what the page was made for.
function isChanged(field) {
  if (field.type === "select-one") {
    const options = [...field.options];
    const made = options.findLast((option) => option.defaultSelected) ?? options.find((option) => !option.disabled);
    return field.selectedOptions[0] !== made;
  }
  if (field.type === "select-multiple") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field instanceof HTMLInputElement && field.value !== field.defaultValue;
}

function asks(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  return new URLSearchParams(filled).toString();
}

// A page that was asked for with these very filters is not asked for again.
function catchUp(form) {
  if (![...form.elements].some(isChanged) || asks(form) === location.search.slice(1)) return;
  if (document.activeElement?.form === form && document.activeElement.matches("[data-filter-words]")) askLater(form);
  else form.requestSubmit();
}

// The browser puts back what was chosen when the page was left; the filters say again what the list shows.
function putBack(form) {
  for (const field of form.elements) field.disabled = false;
  form.reset();
}

// What was chosen before this script was there is asked for now.
const isFresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
if (isFresh) document.querySelectorAll("[data-filters]").forEach(catchUp);

addEventListener("pageshow", ({ persisted }) => {
  if (persisted || !isFresh) document.querySelectorAll("[data-filters]").forEach(putBack);
});

// After the list has come back, go on typing where one was.
const words = document.querySelector("[data-filter-words]");
if (words && sessionStorage.getItem("kaname-filter") === location.pathname) {
  sessionStorage.removeItem("kaname-filter");
  words.focus();
  words.setSelectionRange(words.value.length, words.value.length);
}
