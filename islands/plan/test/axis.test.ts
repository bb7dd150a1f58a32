import { describe, expect, it } from "vitest";

import { axis, dayAt, hours, lowerTicks, place, placeDay, upperTicks, width } from "../src/axis";
import { dayNumber } from "../src/days";

const first = dayNumber(2026, 4, 1);
const week = axis("week", first, first + 60);
const at = (day: number, minute: number) => (first + day) * 1440 + minute;

describe("the time axis", () => {
  it("lets a working day fill its whole width", () => {
    expect(place(week, at(0, 540))).toBe(0);
    expect(place(week, at(0, 1080))).toBe(12);
    expect(place(week, at(1, 810))).toBe(18);
  });

  it("holds moments outside of working hours at the edges of their day", () => {
    expect(place(week, at(2, 0))).toBe(24);
    expect(place(week, at(2, 1400))).toBe(36);
  });

  it("finds the day at a place", () => {
    expect(dayAt(week, placeDay(week, first + 7) + 1)).toBe(first + 7);
    expect(width(week)).toBe(720);
  });

  it("takes its hours from the plan", () => {
    expect(hours([at(0, 510), at(3, 600)], [at(0, 1050)])).toEqual([510, 1050]);
    expect(hours([], [])).toEqual([540, 1080]);
    expect(hours([at(0, 0)], [at(1, 0)])).toEqual([0, 1440]);
  });

  it("names months above and Mondays below", () => {
    expect(upperTicks(week, 0, 720, "ja").map((tick) => tick.words)).toEqual(["2026年4月", "2026年5月"]);
    expect(lowerTicks(week, 0, 200, "en").map((tick) => tick.words)).toEqual(["3/30", "4/6", "4/13"]);
  });

  it("names years above quarters", () => {
    const quarter = axis("quarter", first, first + 300);
    expect(upperTicks(quarter, 0, 450, "en").map((tick) => tick.words)).toEqual(["2026", "2027"]);
    expect(lowerTicks(quarter, 0, 450, "ja").map((tick) => tick.words)).toEqual(["4–6月", "7–9月", "10–12月", "1–3月"]);
  });
});
