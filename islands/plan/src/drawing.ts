// How the Gantt is drawn, on the screen and on paper alike: its rows, links and lines and the head with the scale of time.
import { type Axis, lowerTicks, place, type Tick, upperTicks } from "./axis";
import { bar, type Bar, elbow, offStretches, progressLine } from "./bars";
import { CRITICAL, INACTIVE, LATE, type Row } from "./rows";
import type { Span } from "./window";

export const ROW = 28;
export const HEAD = 44;

export interface Ink {
  [name: string]: string;
}

/** What a drawing needs of a canvas; paper brings its own. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "beginPath"
  | "closePath"
  | "fill"
  | "fillRect"
  | "fillStyle"
  | "fillText"
  | "font"
  | "globalAlpha"
  | "lineTo"
  | "lineWidth"
  | "measureText"
  | "moveTo"
  | "setLineDash"
  | "stroke"
  | "strokeRect"
  | "strokeStyle"
  | "textBaseline"
>;

export interface Scene {
  axis: Axis;
  rows: readonly Row[];
  placeOf: ReadonlyMap<number, number>;
  daysOff: readonly number[];
  status: number | null;
  today: number;
  active: number;
  language: string;
  words: { today: string; status: string };
}

export const INKS = ["surface", "sunk", "line", "rule", "ink", "quiet", "indigo", "indigo-wash", "red", "grey"];

export class Drawing {
  constructor(
    private readonly ink: Ink,
    private readonly font: string,
  ) {}

  /** Draw some rows, and of the axis what lies between two places. */
  rows(pen: Pen, scene: Scene, span: Span, left: number, wide: number): void {
    this.ground(pen, scene, span, left, left + wide);
    this.links(pen, scene, span);
    pen.font = `11px ${this.font}`;
    pen.textBaseline = "middle";
    for (let at = span.first; at < span.end; at += 1) this.row(pen, scene, at, left, wide);
    this.lines(pen, scene, span);
  }

  private ground(pen: Pen, scene: Scene, span: Span, from: number, to: number): void {
    const [top, bottom] = [span.first * ROW, span.end * ROW];
    if (scene.axis.pixelsADay >= 3) {
      pen.fillStyle = this.ink.sunk;
      for (const [x, wide] of offStretches(scene.daysOff, scene.axis, from, to)) pen.fillRect(x, top, wide, bottom - top);
    }
    if (scene.active >= span.first && scene.active < span.end) {
      pen.fillStyle = this.ink["indigo-wash"];
      pen.fillRect(from, scene.active * ROW, to - from, ROW - 1);
    }
    pen.strokeStyle = this.ink.line;
    pen.lineWidth = 1;
    pen.beginPath();
    for (let at = span.first; at < span.end; at += 1) {
      pen.moveTo(from, (at + 1) * ROW - 0.5);
      pen.lineTo(to, (at + 1) * ROW - 0.5);
    }
    for (const { x } of upperTicks(scene.axis, from, to, scene.language)) {
      pen.moveTo(Math.round(x) + 0.5, top);
      pen.lineTo(Math.round(x) + 0.5, bottom);
    }
    pen.stroke();
  }

  private row(pen: Pen, scene: Scene, at: number, left: number, wide: number): void {
    const row = scene.rows[at];
    const top = at * ROW;
    if (row.baselineStart !== null && row.baselineFinish !== null) {
      const x = place(scene.axis, row.baselineStart);
      pen.fillStyle = this.ink.grey;
      pen.fillRect(x, top + ROW - 6, Math.max(2, place(scene.axis, row.baselineFinish) - x), 2);
    }
    const shape = bar(row, scene.axis);
    if (!shape) return;
    const tone = this.tone(row);
    if (row.kind === "milestone") this.diamond(pen, shape.x, top + ROW / 2 - 1, row.flags & LATE ? this.ink.red : tone);
    else if (row.kind === "summary") this.bracket(pen, shape, top, tone);
    else this.body(pen, shape, top, tone, row);
    if (row.deadline !== null) this.deadline(pen, place(scene.axis, row.deadline), top);
    if (scene.axis.pixelsADay >= 10 && row.kind !== "summary") {
      const words = row.kind === "milestone" ? row.name : row.people;
      const x = shape.x + (row.kind === "milestone" ? 9 : shape.width + 7);
      if (words && x < left + wide && x > left - 200) {
        pen.fillStyle = this.ink.quiet;
        pen.fillText(words, x, top + ROW / 2);
      }
    }
  }

  private tone(row: Row): string {
    if (row.flags & INACTIVE) return this.ink.grey;
    return row.flags & CRITICAL ? this.ink.indigo : this.ink.ink;
  }

  private body(pen: Pen, shape: Bar, top: number, tone: string, row: Row): void {
    const y = top + 8;
    pen.fillStyle = tone;
    pen.globalAlpha = row.flags & CRITICAL ? 0.42 : 0.3;
    pen.fillRect(shape.x, y, shape.width, 11);
    pen.globalAlpha = 1;
    pen.fillRect(shape.x, y, shape.done, 11);
    pen.strokeStyle = tone;
    pen.lineWidth = 1;
    if (row.flags & INACTIVE) pen.setLineDash([3, 2]);
    pen.strokeRect(shape.x + 0.5, y + 0.5, Math.max(1, shape.width - 1), 10);
    pen.setLineDash([]);
  }

  private bracket(pen: Pen, shape: Bar, top: number, tone: string): void {
    const y = top + 9;
    const end = shape.x + shape.width;
    pen.fillStyle = tone;
    pen.fillRect(shape.x, y, shape.width, 3);
    pen.beginPath();
    pen.moveTo(shape.x, y);
    pen.lineTo(shape.x + 5, y);
    pen.lineTo(shape.x, y + 9);
    pen.moveTo(end, y);
    pen.lineTo(end - 5, y);
    pen.lineTo(end, y + 9);
    pen.fill();
  }

  private diamond(pen: Pen, x: number, y: number, tone: string): void {
    pen.fillStyle = tone;
    pen.beginPath();
    pen.moveTo(x, y - 6);
    pen.lineTo(x + 6, y);
    pen.lineTo(x, y + 6);
    pen.lineTo(x - 6, y);
    pen.fill();
  }

  private deadline(pen: Pen, x: number, top: number): void {
    pen.strokeStyle = this.ink.red;
    pen.lineWidth = 1.25;
    pen.beginPath();
    pen.moveTo(x - 4, top + 5);
    pen.lineTo(x + 4, top + 5);
    pen.lineTo(x, top + 12);
    pen.closePath();
    pen.stroke();
  }

  private links(pen: Pen, scene: Scene, span: Span): void {
    if (scene.axis.pixelsADay < 3) return;
    for (let at = 0; at < scene.rows.length; at += 1) {
      const row = scene.rows[at];
      for (const [other, type] of row.links) {
        const from = scene.placeOf.get(other);
        if (from === undefined || Math.max(from, at) < span.first || Math.min(from, at) >= span.end) continue;
        const [left, right] = [bar(scene.rows[from], scene.axis), bar(row, scene.axis)];
        if (!left || !right) continue;
        const isCritical = Boolean(row.flags & CRITICAL && scene.rows[from].flags & CRITICAL);
        this.elbow(pen, elbow(left, from * ROW + 13.5, right, at * ROW + 13.5, type), isCritical);
      }
    }
  }

  private elbow(pen: Pen, points: readonly (readonly [number, number])[], isCritical: boolean): void {
    pen.strokeStyle = pen.fillStyle = isCritical ? this.ink.indigo : this.ink.grey;
    pen.lineWidth = 1;
    pen.beginPath();
    points.forEach(([x, y], place) => (place ? pen.lineTo(Math.round(x) + 0.5, y) : pen.moveTo(Math.round(x) + 0.5, y)));
    pen.stroke();
    const [[bx, by], [x, y]] = [points.at(-2)!, points.at(-1)!];
    const [dx, dy] = [Math.sign(x - bx), Math.sign(y - by)];
    pen.beginPath();
    if (Math.abs(y - by) > Math.abs(x - bx)) {
      pen.moveTo(x + 0.5, y);
      pen.lineTo(x - 2.5, y - dy * 4);
      pen.lineTo(x + 3.5, y - dy * 4);
    } else {
      pen.moveTo(x, y);
      pen.lineTo(x - dx * 4, y - 3);
      pen.lineTo(x - dx * 4, y + 3);
    }
    pen.fill();
  }

  private lines(pen: Pen, scene: Scene, span: Span): void {
    const [top, bottom] = [span.first * ROW, span.end * ROW];
    const today = place(scene.axis, scene.today);
    pen.strokeStyle = this.ink.indigo;
    pen.lineWidth = 1;
    pen.setLineDash([2, 3]);
    pen.beginPath();
    pen.moveTo(Math.round(today) + 0.5, top);
    pen.lineTo(Math.round(today) + 0.5, bottom);
    pen.stroke();
    pen.setLineDash([]);
    const status = scene.status ?? scene.today;
    pen.strokeStyle = this.ink.red;
    pen.lineWidth = 1.5;
    pen.beginPath();
    progressLine(scene.rows.slice(span.first, span.end), scene.axis, status, top, ROW).forEach(([x, y], at) =>
      at ? pen.lineTo(x, y) : pen.moveTo(x, y),
    );
    pen.stroke();
  }

  /** Draw the scale of time between two places. */
  head(pen: Pen, scene: Scene, left: number, wide: number): void {
    pen.fillStyle = this.ink.surface;
    pen.fillRect(0, 0, wide, HEAD);
    pen.textBaseline = "middle";
    this.ticks(pen, upperTicks(scene.axis, left, left + wide, scene.language), left, 0, true);
    this.ticks(pen, lowerTicks(scene.axis, left, left + wide, scene.language), left, HEAD / 2, false);
    pen.fillStyle = this.ink.rule;
    pen.fillRect(0, HEAD - 1, wide, 1);
    const today = place(scene.axis, scene.today) - left;
    const status = scene.status === null ? null : place(scene.axis, scene.status) - left;
    this.flag(pen, today, scene.words.today, this.ink.indigo);
    if (status !== null && Math.abs(status - today) > 6) this.flag(pen, status, scene.words.status, this.ink.red);
  }

  private ticks(pen: Pen, ticks: readonly Tick[], left: number, top: number, isUpper: boolean): void {
    pen.font = `${isUpper ? "600 " : ""}11px ${this.font}`;
    for (const { x, width: wide, words } of ticks) {
      const at = Math.round(x - left) + 0.5;
      pen.strokeStyle = this.ink.line;
      pen.beginPath();
      pen.moveTo(at, top);
      pen.lineTo(at, top + HEAD / 2);
      pen.stroke();
      pen.fillStyle = isUpper ? this.ink.ink : this.ink.quiet;
      const start = isUpper ? Math.max(at, 0) : at;
      if (pen.measureText(words).width + 5 < wide - (start - at)) pen.fillText(words, start + 4, top + HEAD / 4 + 0.5);
    }
  }

  private flag(pen: Pen, x: number, words: string, tone: string): void {
    pen.font = `600 10px ${this.font}`;
    const wide = pen.measureText(words).width + 8;
    pen.fillStyle = tone;
    pen.fillRect(x - wide / 2, HEAD - 14, wide, 13);
    pen.fillStyle = this.ink.surface;
    pen.fillText(words, x - wide / 2 + 4, HEAD - 7);
  }
}
