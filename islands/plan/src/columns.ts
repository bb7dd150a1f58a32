// The columns of the table: what a cell says, what one types into it.
import { dayEntry, dayWords, finishDay, startDay } from "./days";
import { LATE, type Row } from "./rows";

export interface Column {
  key: string;
  width: number;
  isFigure: boolean;
  /** The field that an edit names, empty where nothing is typed. */
  field: string;
  says: (row: Row, language: string, thisYear: number) => string;
  typed: (row: Row) => string;
}

const nothing = () => "";

function column(key: string, width: number, says: Column["says"], more: Partial<Column> = {}): Column {
  return { key, width, isFigure: false, field: "", says, typed: nothing, ...more };
}

/** A duration as it is read: days to one decimal; as it is typed it keeps both. */
export function short(duration: string): string {
  return duration.replace(/\d+\.\d\d/, (days) => String(Math.round(Number(days) * 10 + 1e-6) / 10));
}

export const COLUMNS: readonly Column[] = [
  column("number", 44, (row) => String(row.number), { isFigure: true }),
  column("wbs", 64, (row) => row.wbs),
  column("name", 244, (row) => row.name, { field: "name", typed: (row) => row.name }),
  column("duration", 68, (row) => short(row.duration), { field: "duration", isFigure: true, typed: (row) => row.duration }),
  column("start", 112, (row, language, year) => (row.start === null ? "" : dayWords(startDay(row.start), language, year)), {
    field: "start",
    typed: (row) => (row.start === null ? "" : dayEntry(startDay(row.start))),
  }),
  column("finish", 122, (row, language, year) => (row.finish === null ? "" : dayWords(finishDay(row.finish), language, year)), {
    field: "finish",
    typed: (row) => (row.finish === null ? "" : dayEntry(finishDay(row.finish))),
  }),
  column("percent", 52, (row) => `${Math.floor(row.percent / 10)}%`, {
    field: "percent",
    isFigure: true,
    typed: (row) => String(row.percent / 10),
  }),
  column("predecessors", 96, (row) => row.predecessors, { field: "predecessors", typed: (row) => row.predecessors }),
  column("people", 150, (row) => row.people, { field: "people", typed: (row) => row.people }),
  column("float", 64, (row) => row.float, { isFigure: true }),
  column("difference", 76, (row) => row.difference, { isFigure: true }),
];

export const TABLE_WIDTH = COLUMNS.reduce((sum, each) => sum + each.width, 0);

const COMPUTED_OF_PACKAGES = new Set(["duration", "start", "finish", "percent"]);

/** Whether something can be typed into a cell. */
export function isTypable(row: Row, of: Column, mayEdit: boolean): boolean {
  if (!of.field || (row.kind === "summary" && COMPUTED_OF_PACKAGES.has(of.field))) return false;
  return mayEdit || of.field === "percent";
}

export function isLateCell(row: Row, of: Column): boolean {
  return of.key === "finish" && Boolean(row.flags & LATE);
}
