// The time axis: from wall minutes to pixels and back, and the ticks of its two lines.
import { DAY, dayNumber, monthWords, parts } from "./days";

export type Zoom = "day" | "week" | "month" | "quarter";

export const ZOOMS: readonly Zoom[] = ["day", "week", "month", "quarter"];
export const PIXELS_A_DAY: Record<Zoom, number> = { day: 30, week: 12, month: 4, quarter: 1.5 };

export interface Axis {
  zoom: Zoom;
  firstDay: number;
  endDay: number;
  pixelsADay: number;
  opensAt: number;
  closesAt: number;
}

export interface Tick {
  x: number;
  width: number;
  words: string;
}

/** An axis over `[firstDay, endDay)`; a working day from `opensAt` to `closesAt` (minutes of the day) fills its whole width. */
export function axis(zoom: Zoom, firstDay: number, endDay: number, opensAt = 540, closesAt = 1080): Axis {
  return { zoom, firstDay, endDay, pixelsADay: PIXELS_A_DAY[zoom], opensAt, closesAt };
}

export function width(of: Axis): number {
  return Math.ceil((of.endDay - of.firstDay) * of.pixelsADay);
}

/** Where a moment lies, in pixels from the beginning of the axis. */
export function place(of: Axis, minute: number): number {
  const day = Math.floor(minute / DAY);
  const share = (minute - day * DAY - of.opensAt) / (of.closesAt - of.opensAt);
  return (day - of.firstDay + Math.min(1, Math.max(0, share))) * of.pixelsADay;
}

/** Where a day begins. */
export function placeDay(of: Axis, day: number): number {
  return (day - of.firstDay) * of.pixelsADay;
}

/** The day at a place. */
export function dayAt(of: Axis, x: number): number {
  return of.firstDay + Math.floor(x / of.pixelsADay);
}

/** The span of working hours that the moments of a plan use. */
export function hours(starts: readonly number[], finishes: readonly number[]): [number, number] {
  const opens = starts.length ? Math.min(...starts.map((minute) => minute % DAY)) : 540;
  const closes = finishes.length ? Math.max(...finishes.map((minute) => minute % DAY || DAY)) : 1080;
  return closes - opens >= 60 ? [opens, closes] : [0, DAY];
}

/** The ticks of the upper line between two places: months, or years. */
export function upperTicks(of: Axis, from: number, to: number, language: string): Tick[] {
  const byYear = of.zoom === "month" || of.zoom === "quarter";
  return stretches(of, from, to, byYear ? 12 : 1, (year, month) =>
    byYear ? (language === "ja" ? `${year}年` : String(year)) : monthWords(year, month, language, true),
  );
}

/** The ticks of the lower line between two places: days, weeks, months or quarters. */
export function lowerTicks(of: Axis, from: number, to: number, language: string): Tick[] {
  if (of.zoom === "month") return stretches(of, from, to, 1, (year, month) => monthWords(year, month, language, false));
  if (of.zoom === "quarter") return stretches(of, from, to, 3, (_year, month) => quarterWords(month, language));
  const step = of.zoom === "day" ? 1 : 7;
  const ticks: Tick[] = [];
  const first = Math.max(dayAt(of, from), of.firstDay);
  const start = step === 7 ? first - ((parts(first).weekday + 6) % 7) : first;
  for (let day = start; day < of.endDay && placeDay(of, day) < to; day += step) {
    const { month, day: date } = parts(day);
    ticks.push({ x: placeDay(of, day), width: step * of.pixelsADay, words: step === 1 ? String(date) : `${month}/${date}` });
  }
  return ticks;
}

function quarterWords(month: number, language: string): string {
  return language === "ja" ? `${month}–${month + 2}月` : `Q${(month + 2) / 3}`;
}

function stretches(of: Axis, from: number, to: number, months: number, name: (year: number, month: number) => string): Tick[] {
  const ticks: Tick[] = [];
  const first = parts(Math.max(dayAt(of, from), of.firstDay));
  let index = first.year * 12 + first.month - 1;
  index -= index % months;
  for (;;) {
    const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
    const day = dayNumber(year, month, 1);
    const x = placeDay(of, day);
    if (x >= to || day >= of.endDay) return ticks;
    index += months;
    const end = dayNumber(Math.floor(index / 12), (index % 12) + 1, 1);
    ticks.push({ x, width: placeDay(of, end) - x, words: name(year, month) });
  }
}
