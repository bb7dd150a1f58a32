// Where a floating thing goes: under its anchor, above it when there is no room, never off the page.

const GAP = 4;
const EDGE = 8;

/** Move an open popover next to an anchor. */
export function place(float, anchor) {
  const from = anchor.getBoundingClientRect();
  const size = float.getBoundingClientRect();
  const below = from.bottom + GAP;
  const above = from.top - GAP - size.height;
  const top = below + size.height > innerHeight - EDGE && above > EDGE ? above : below;
  const start = float.dataset.align === "end" ? from.right - size.width : from.left;
  float.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - size.height - EDGE))}px`;
  float.style.left = `${Math.max(EDGE, Math.min(start, document.documentElement.clientWidth - size.width - EDGE))}px`;
}
