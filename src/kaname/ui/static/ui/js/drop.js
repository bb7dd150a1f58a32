// Files dropped or chosen are listed with their sizes and can be left out again.
import { on } from "kaname/on";

function inputOf(zone) {
  return zone.querySelector("input[type=file]");
}

function sizeOf(bytes) {
  const lang = document.documentElement.lang;
  if (bytes < 1024 * 1024) return `${new Intl.NumberFormat(lang, { maximumFractionDigits: 0 }).format(Math.ceil(bytes / 1024))} kB`;
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(bytes / 1024 / 1024)} MB`;
}

function draw(zone) {
  const input = inputOf(zone);
  const list = zone.nextElementSibling;
  const lines = [...input.files].map((file, number) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const size = document.createElement("span");
    size.className = "size num";
    size.textContent = sizeOf(file.size);
    const leave = document.createElement("button");
    leave.type = "button";
    leave.className = "button button-quiet button-small";
    leave.textContent = list.dataset.removeLabel;
    leave.dataset.dropRemove = String(number);
    leave.setAttribute("aria-label", `${list.dataset.removeLabel}: ${file.name}`);
    line.append(name, size, leave);
    return line;
  });
  list.replaceChildren(...lines);
}

function give(input, files) {
  const bag = new DataTransfer();
  for (const file of files) bag.items.add(file);
  input.files = bag.files;
}

on("change", "[data-drop] input[type=file]", (input) => draw(input.closest("[data-drop]")));

for (const type of ["dragenter", "dragover"]) {
  on(type, "[data-drop]", (zone, event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
}

on("dragleave", "[data-drop]", (zone, event) => {
  if (!zone.contains(event.relatedTarget)) zone.classList.remove("over");
});

on("drop", "[data-drop]", (zone, event) => {
  event.preventDefault();
  zone.classList.remove("over");
  const input = inputOf(zone);
  give(input, input.multiple ? [...input.files, ...event.dataTransfer.files] : [...event.dataTransfer.files].slice(0, 1));
  draw(zone);
});

on("click", "[data-drop-remove]", (button) => {
  const zone = button.closest("[data-drop-files]").previousElementSibling;
  const input = inputOf(zone);
  give(input, [...input.files].filter((_, number) => String(number) !== button.dataset.dropRemove));
  draw(zone);
  input.focus();
});
