// Lines of the plan as the server sends them, and the outline that is seen of them.

export type Cell = string | number | null | [number, string][];

export interface Row {
  id: number;
  version: number;
  number: number;
  level: number;
  parent: number | null;
  wbs: string;
  name: string;
  kind: string;
  flags: number;
  start: number | null;
  finish: number | null;
  percent: number;
  duration: string;
  predecessors: string;
  links: [number, string][];
  people: string;
  float: string;
  baselineStart: number | null;
  baselineFinish: number | null;
  difference: string;
  deadline: number | null;
}

export const CRITICAL = 1;
export const LATE = 2;
export const BLOCKED = 4;
export const INACTIVE = 8;
export const MANUAL = 16;
export const STARTED = 32;
export const DONE = 64;

/** Read rows that are sent as cells in the order of `columns`. */
export function decode(columns: readonly string[], rows: readonly Cell[][]): Row[] {
  return rows.map((cells) => Object.fromEntries(columns.map((column, place) => [column, cells[place]])) as unknown as Row);
}

/** Put changed rows over the known ones, leave out the removed ones, keep the order of the plan. */
export function merge(known: readonly Row[], changed: readonly Row[], removed: readonly number[]): Row[] {
  const rows = new Map(known.map((row) => [row.id, row]));
  for (const id of removed) rows.delete(id);
  for (const row of changed) rows.set(row.id, row);
  return [...rows.values()].sort((one, other) => one.number - other.number);
}

/** The rows that are seen while some work packages are closed. */
export function seen(rows: readonly Row[], closed: ReadonlySet<number>): Row[] {
  if (!closed.size) return [...rows];
  const hidden = new Set<number>();
  return rows.filter((row) => {
    if (row.parent !== null && (hidden.has(row.parent) || closed.has(row.parent))) {
      hidden.add(row.id);
      return false;
    }
    return true;
  });
}

/** Where the work goes on: the place of the first task that is not done, 0 when all are. */
export function firstOpen(rows: readonly Row[]): number {
  return Math.max(0, rows.findIndex((row) => (row.kind === "work" || row.kind === "milestone") && !(row.flags & DONE) && row.percent < 1000));
}
