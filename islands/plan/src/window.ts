// Which rows must be there for what is seen.

export interface Span {
  first: number;
  end: number;
}

/** The rows `[first, end)` that a scrolled view shows, with some more on both sides. */
export function rowWindow(scrollTop: number, height: number, rowHeight: number, count: number, more = 8): Span {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - more);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + more);
  return { first: Math.min(first, end), end };
}

/** How far to scroll so that a row is seen whole. */
export function scrollFor(row: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
  return scrollTop;
}
