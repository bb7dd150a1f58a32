import { on } from "kaname/on";
import { adopt, say } from "kaname/say";

adopt();

on("click", "[data-toast-close]", (button) => button.closest("[data-toast]").remove());

document.addEventListener("htmx:after:settle", adopt);

document.addEventListener("kaname:said", (event) => say(event.detail.words ?? event.detail.value, { isError: event.detail.tone === "error" }));

document.addEventListener("kaname:saved", () => {
  const note = document.getElementById("saved-note");
  if (!note) return;
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hour12: false });
  note.textContent = `${note.dataset.label} ${time.format(new Date())}`;
});
