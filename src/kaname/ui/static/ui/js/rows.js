// Walking a list by hand: j k Enter o e x and slash.
import { isTyping } from "kaname/on";

function rowsOf(grid) {
  return [...grid.querySelectorAll("tbody tr[data-row]")].filter((row) => row.checkVisibility());
}

function gridNow() {
  const focused = document.activeElement?.closest?.("[data-rows]");
  return focused ?? document.querySelector("tr.current")?.closest("[data-rows]") ?? document.querySelector("[data-rows]:has(tr[data-row])");
}

function currentOf(grid) {
  return document.activeElement?.closest?.("tr[data-row]") ?? grid.querySelector("tr[data-row].current");
}

function go(row) {
  for (const other of document.querySelectorAll("tr.current")) other.classList.remove("current");
  row.classList.add("current");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const grid = gridNow();
  if (!grid) return;
  const rows = rowsOf(grid);
  const at = rows.indexOf(currentOf(grid));
  const next = at < 0 ? 0 : Math.max(0, Math.min(at + by, rows.length - 1));
  if (rows[next]) go(rows[next]);
}

function peek(row, { turnsToPage }) {
  const { peek: url, href } = row.dataset;
  if (url) {
    row.dispatchEvent(new CustomEvent("kaname:peek", { bubbles: true, detail: { url, from: row, page: turnsToPage ? href : "" } }));
  } else if (href) location.assign(href);
}

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  Enter: (row) => row && peek(row, { turnsToPage: true }),
  o: (row) => row && peek(row, { turnsToPage: false }),
  e: (row) => (row?.querySelector("[data-edit]") ?? row?.querySelector("[data-edit-link]"))?.click(),
  x: (row) => row?.querySelector("[data-pick]")?.click(),
};

addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const words = document.querySelector("[data-filter-words]");
    if (words) {
      event.preventDefault();
      words.focus();
      words.select();
    }
    return;
  }
  const act = ACTS[event.key];
  if (!act || event.defaultPrevented) return;
  const grid = gridNow();
  if (!grid) return;
  const row = currentOf(grid);
  if (event.key === "Enter" && document.activeElement !== row) return;
  if (document.activeElement?.closest?.("button, a") && event.key === "Enter") return;
  event.preventDefault();
  act(row);
});
