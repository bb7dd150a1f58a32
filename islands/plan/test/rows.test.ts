import { describe, expect, it } from "vitest";

import { dayEntry, dayNumber, dayWords, finishDay } from "../src/days";
import { short } from "../src/columns";
import { decode, DONE, firstOpen, merge, seen } from "../src/rows";
import { rowWindow, scrollFor } from "../src/window";
import { row } from "./row";

describe("rows", () => {
  it("are read by the names of their columns", () => {
    expect(decode(["id", "name"], [[7, "設計"]])[0]).toEqual({ id: 7, name: "設計" });
  });

  it("keep the order of the plan when some change", () => {
    const known = [row({ id: 1, number: 1 }), row({ id: 2, number: 2 }), row({ id: 3, number: 3 })];
    const merged = merge(known, [row({ id: 4, number: 1 }), row({ id: 1, number: 2 })], [2]);
    expect(merged.map((one) => one.id)).toEqual([4, 1, 3]);
  });

  it("are hidden below closed work packages at any depth", () => {
    const rows = [row({ id: 1 }), row({ id: 2, parent: 1 }), row({ id: 3, parent: 2 }), row({ id: 4 })];
    expect(seen(rows, new Set([1])).map((one) => one.id)).toEqual([1, 4]);
    expect(seen(rows, new Set([2])).map((one) => one.id)).toEqual([1, 2, 4]);
  });
});

describe("where the work goes on", () => {
  it("is the first task that is not done", () => {
    const rows = [row({ kind: "hammock" }), row({ kind: "summary" }), row({ percent: 1000, flags: DONE }), row({ percent: 1000 }), row({})];
    expect(firstOpen(rows)).toBe(4);
    expect(firstOpen(rows.slice(0, 4))).toBe(0);
  });
});

describe("a duration", () => {
  it("is read in days to one decimal", () => {
    expect([short("13.61日"), short("7.85d?"), short("9.96日"), short("30.5日"), short("4h")]).toEqual(["13.6日", "7.9d?", "10日", "30.5日", "4h"]);
  });
});

describe("the row window", () => {
  it("holds what is seen and some more", () => {
    expect(rowWindow(2800, 280, 28, 2000, 8)).toEqual({ first: 92, end: 118 });
    expect(rowWindow(0, 280, 28, 5, 8)).toEqual({ first: 0, end: 5 });
  });

  it("scrolls only as far as needed", () => {
    expect(scrollFor(5, 0, 280, 28)).toBe(0);
    expect(scrollFor(20, 0, 280, 28)).toBe(308);
    expect(scrollFor(2, 100, 280, 28)).toBe(56);
  });
});

describe("days", () => {
  it("are written as both languages write them", () => {
    const day = dayNumber(2026, 7, 10);
    expect([dayWords(day, "ja", 2026), dayWords(day, "en", 2026), dayWords(day, "ja", 2025)]).toEqual([
      "7/10(金)", "Fri 10 Jul", "2026/7/10(金)",
    ]);
    expect(dayEntry(day)).toBe("2026-07-10");
  });

  it("end at midnight of the day before", () => {
    expect(finishDay(dayNumber(2026, 4, 2) * 1440)).toBe(dayNumber(2026, 4, 1));
  });
});
