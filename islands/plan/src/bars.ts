// Where bars, the progress line and links lie; pure geometry in pixels.
import { type Axis, place, placeDay } from "./axis";
import { DAY } from "./days";
import { DONE, type Row, STARTED } from "./rows";

export interface Bar {
  x: number;
  width: number;
  done: number;
}

export type Point = readonly [number, number];

/** The bar of a row, `null` without dates; `done` is the width of what is done. */
export function bar(row: Row, axis: Axis): Bar | null {
  if (row.start === null || row.finish === null) return null;
  const x = place(axis, row.start);
  const width = Math.max(2, place(axis, row.finish) - x);
  return { x, width, done: (width * row.percent) / 1000 };
}

/** Where the progress line meets a row: on the status date where the row is on time, before it where it is behind. */
export function progressAt(row: Row, axis: Axis, status: number): number {
  const line = place(axis, status);
  if (row.start === null || row.finish === null || row.kind === "summary" || row.kind === "hammock" || row.flags & DONE) return line;
  const begun = Boolean(row.flags & STARTED) || row.percent > 0;
  if (!begun) return row.start < status ? place(axis, row.start) : line;
  const from = place(axis, row.start);
  const reached = from + ((place(axis, row.finish) - from) * row.percent) / 1000;
  return row.finish <= status || row.start < status ? reached : Math.max(reached, line);
}

/** The progress line through rows of equal height: a peak at every row that is behind or ahead. */
export function progressLine(rows: readonly Row[], axis: Axis, status: number, top: number, rowHeight: number): Point[] {
  const line = place(axis, status);
  const points: Point[] = [[line, top]];
  rows.forEach((row, place) => {
    const x = progressAt(row, axis, status);
    const y = top + place * rowHeight;
    if (Math.abs(x - line) >= 1) points.push([line, y + 3], [x, y + rowHeight / 2], [line, y + rowHeight - 3]);
  });
  points.push([line, top + rows.length * rowHeight]);
  return points;
}

/** An elbow from one bar to another; `type` says which ends it joins. */
export function elbow(from: Bar, fromY: number, to: Bar, toY: number, type: string): Point[] {
  const leaves = type[0] === "f" ? from.x + from.width : from.x;
  const arrives = type[1] === "s" ? to.x : to.x + to.width;
  const out = type[0] === "f" ? 6 : -6;
  const into = type[1] === "s" ? -6 : 6;
  const turn = leaves + out;
  if (type === "fs" && arrives >= leaves - 1) {
    const x = Math.max(leaves + 2, arrives + 3);
    return [[leaves, fromY], [x, fromY], [x, toY + (fromY < toY ? -6 : 6)]];
  }
  const between = fromY + (toY > fromY ? 1 : -1) * Math.min(Math.abs(toY - fromY) / 2, 11);
  return [[leaves, fromY], [turn, fromY], [turn, between], [arrives + into, between], [arrives + into, toY], [arrives, toY]];
}

/** The first and the end day that a chart of these rows needs, with some days on both sides. */
export function reach(rows: readonly Row[], moments: readonly (number | null)[], before = 14, after = 75): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  const take = (minute: number | null) => {
    if (minute === null) return;
    first = Math.min(first, minute);
    last = Math.max(last, minute);
  };
  for (const row of rows) for (const minute of [row.start, row.finish, row.baselineStart, row.baselineFinish, row.deadline]) take(minute);
  for (const minute of moments) take(minute);
  if (first > last) return [0, 1];
  return [Math.floor(first / DAY) - before, Math.floor(last / DAY) + after];
}

/** Neighbouring days off as stretches `[x, width]` between two places. */
export function offStretches(daysOff: readonly number[], axis: Axis, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  for (const day of daysOff) {
    const x = placeDay(axis, day);
    if (x + axis.pixelsADay < from) continue;
    if (x > to) break;
    const last = found.at(-1);
    if (last && Math.abs(last[0] + last[1] - x) < 0.5) last[1] += axis.pixelsADay;
    else found.push([x, axis.pixelsADay]);
  }
  return found;
}
