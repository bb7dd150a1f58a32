// Popovers open under what opened them; "why?" of long tables is fetched when asked for.
import { on } from "kaname/on";
import { place } from "kaname/place";

const opener = new WeakMap();

on("click", "[popovertarget]", (button) => {
  const float = document.getElementById(button.getAttribute("popovertarget"));
  if (float) opener.set(float, button);
}, true);

document.addEventListener("beforetoggle", (event) => {
  const float = event.target;
  if (!float.matches?.("[popover].float")) return;
  const anchor = opener.get(float);
  anchor?.setAttribute("aria-expanded", String(event.newState === "open"));
  if (event.newState !== "open" || !anchor) return;
  float.dispatchEvent(new CustomEvent("kaname:open"));
  requestAnimationFrame(() => place(float, anchor));
}, true);

addEventListener("resize", () => {
  for (const float of document.querySelectorAll(".float:popover-open")) float.hidePopover();
});

document.addEventListener("htmx:after:settle", (event) => {
  const float = event.target.closest?.(".float:popover-open");
  if (float && opener.get(float)) place(float, opener.get(float));
});

on("click", "[data-why]", async (link, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const card = document.getElementById("why-card");
  opener.set(card, link);
  await htmx.ajax("GET", link.href, { target: card, swap: "innerHTML", source: link });
  if (card.childElementCount && !card.matches(":popover-open")) card.showPopover();
  place(card, link);
});

on("keydown", ".menu", (menu, event) => {
  if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll("a, button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  items[(next + items.length) % items.length]?.focus();
});
