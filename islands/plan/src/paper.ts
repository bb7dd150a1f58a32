// The plan on paper: one table over as many pages as it needs, with the bars of a row beside its words.
import { type Axis, type Zoom, ZOOMS, PIXELS_A_DAY } from "./axis";
import { type Column, COLUMNS, isLateCell } from "./columns";
import { Drawing, HEAD, INKS, ROW, type Scene } from "./drawing";
import { BLOCKED, CRITICAL, INACTIVE, type Row } from "./rows";
import { Vectors } from "./vectors";
import type { Words } from "./words";

/** The room between the margins of a sheet of A3 on its side, in CSS pixels. */
const SHEET = 1512;
/** How much smaller the chart is than on the screen. */
const SCALE = 0.75;
const INDENT = 11;
const PADDING = 10;
/** How wide a column may become; a column that is not named here is not printed. */
const WIDEST: Record<string, number> = {
  number: 40,
  wbs: 70,
  name: 400,
  duration: 60,
  start: 110,
  finish: 110,
  percent: 44,
  predecessors: 96,
  people: 130,
  difference: 64,
};
const LETTERS = "600 11px sans-serif";

/** What is printed: the rows as they are seen, the words of their columns, the year that needs no naming, what stands above each page. */
export interface Printed {
  scene: Scene;
  words: Words;
  thisYear: number;
  title: string;
}

const pen = document.createElement("canvas").getContext("2d")!;

export class Paper {
  readonly element = document.createElement("table");
  private readonly columns: readonly Column[];
  private readonly widths: number[];
  private readonly chart: number;
  private readonly scene: Scene;
  private readonly drawing: Drawing;

  constructor(private readonly printed: Printed) {
    const { rows, axis } = printed.scene;
    const hasBaseline = rows.some((row) => row.difference);
    this.columns = COLUMNS.filter((column) => WIDEST[column.key] && (hasBaseline || column.key !== "difference"));
    this.widths = this.columns.map((column) => this.widthOf(column));
    this.chart = (SHEET - this.widths.reduce((sum, each) => sum + each, 0)) / SCALE;
    this.scene = { ...printed.scene, axis: onSheet(axis, this.chart), active: -1 };
    const ink = Object.fromEntries(INKS.map((name) => [name, `var(--${name})`]));
    this.drawing = new Drawing(ink, getComputedStyle(document.body).fontFamily);
    this.element.className = "plan-paper";
    this.element.append(this.measures(), this.head(), this.body());
  }

  /** The width that the words of a column need. */
  private widthOf(column: Column): number {
    pen.font = LETTERS;
    const heading = this.printed.words[column.key].split(" ").map((word) => pen.measureText(word).width);
    const words = this.printed.scene.rows.map((row) => {
      const extra = column.key === "name" ? row.level * INDENT + (row.flags & BLOCKED ? 60 : 14) : 0;
      return pen.measureText(column.says(row, this.printed.scene.language, this.printed.thisYear)).width + extra;
    });
    const wide = Math.ceil([...heading, ...words].reduce((most, each) => Math.max(most, each), 0)) + PADDING;
    return Math.min(WIDEST[column.key], wide);
  }

  private measures(): HTMLElement {
    const group = document.createElement("colgroup");
    for (const wide of [...this.widths, 0]) {
      const column = document.createElement("col");
      if (wide) column.style.inlineSize = `${wide}px`;
      group.append(column);
    }
    return group;
  }

  private head(): HTMLElement {
    const head = document.createElement("thead");
    const title = document.createElement("th");
    title.colSpan = this.columns.length + 1;
    title.className = "title";
    title.textContent = this.printed.title;
    head.insertRow().append(title);
    const row = head.insertRow();
    for (const column of this.columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.className = column.isFigure ? "end" : "";
      cell.textContent = this.printed.words[column.key];
      row.append(cell);
    }
    const scale = document.createElement("th");
    const drawn = new Vectors(0, this.chart, HEAD);
    this.drawing.head(drawn, this.scene, 0, this.chart);
    scale.className = "chart";
    scale.append(drawn.root);
    row.append(scale);
    return head;
  }

  private body(): HTMLElement {
    const body = document.createElement("tbody");
    this.scene.rows.forEach((row, at) => body.append(this.row(row, at)));
    return body;
  }

  private row(row: Row, at: number): HTMLElement {
    const element = document.createElement("tr");
    element.classList.toggle("package", row.kind === "summary");
    element.classList.toggle("inactive", Boolean(row.flags & INACTIVE));
    for (const column of this.columns) element.append(this.cell(row, column));
    const chart = element.insertCell();
    const drawn = new Vectors(at * ROW, this.chart, ROW);
    this.drawing.rows(drawn, this.scene, { first: at, end: at + 1 }, 0, this.chart);
    chart.className = "chart";
    chart.append(drawn.root);
    return element;
  }

  private cell(row: Row, column: Column): HTMLElement {
    const cell = document.createElement("td");
    cell.textContent = column.says(row, this.scene.language, this.printed.thisYear);
    cell.classList.toggle("end", column.isFigure);
    cell.classList.toggle("late", isLateCell(row, column));
    if (column.key === "number") cell.classList.toggle("critical", Boolean(row.flags & CRITICAL));
    if (column.key === "name") {
      cell.style.paddingInlineStart = `${4 + row.level * INDENT}px`;
      if (row.kind === "milestone") cell.prepend("◆ ");
      if (row.flags & BLOCKED) cell.append(` [${this.printed.words.blocked}]`);
    }
    return cell;
  }
}

/** The same time on a sheet of a given width, in the scale whose words fit. */
function onSheet(of: Axis, wide: number): Axis {
  const pixelsADay = wide / (of.endDay - of.firstDay);
  const zoom: Zoom = ZOOMS.find((one) => PIXELS_A_DAY[one] * 0.55 <= pixelsADay) ?? "quarter";
  return { ...of, zoom, pixelsADay };
}
