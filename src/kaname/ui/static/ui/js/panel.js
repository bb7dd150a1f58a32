// Looking at a record beside its list.
import { on } from "kaname/on";

const panel = document.getElementById("panel");
let shown = "";
let cameFrom = null;

async function show(url, from) {
  cameFrom = from;
  shown = url;
  await htmx.ajax("GET", url, { target: panel, swap: "innerHTML" });
  if (shown !== url) return;
  panel.hidden = false;
}

function hide() {
  if (!panel || panel.hidden) return false;
  panel.hidden = true;
  panel.replaceChildren();
  shown = "";
  (cameFrom?.isConnected ? cameFrom : document.getElementById("main"))?.focus();
  return true;
}

document.addEventListener("kaname:peek", (event) => {
  const { url, from, page } = event.detail;
  if (shown === url && page) location.assign(page);
  else show(url, from);
});

on("click", "a[data-peek]", (link, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.dataset.peek, link);
});

on("click", "[data-panel-close]", hide);

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && !document.querySelector("dialog[open], :popover-open.float") && hide()) event.preventDefault();
});
