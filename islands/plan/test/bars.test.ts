import { describe, expect, it } from "vitest";

import { axis } from "../src/axis";
import { bar, elbow, offStretches, progressAt, progressLine, reach } from "../src/bars";
import { dayNumber } from "../src/days";
import { DONE, STARTED } from "../src/rows";
import { row } from "./row";

const first = dayNumber(2026, 4, 1);
const days = axis("day", first, first + 60);
const open = (day: number) => (first + day) * 1440 + 540;
const close = (day: number) => (first + day) * 1440 + 1080;

describe("bars", () => {
  it("span from start to finish and fill by progress", () => {
    expect(bar(row({ percent: 250 }), days)).toEqual({ x: 0, width: 300, done: 75 });
    expect(bar(row({ start: null }), days)).toBeNull();
  });
});

describe("the progress line", () => {
  const status = close(4);

  it("stands on the status date where a task is on time or done", () => {
    expect(progressAt(row({ percent: 500, flags: STARTED }), days, status)).toBe(150);
    expect(progressAt(row({ percent: 1000, flags: STARTED | DONE }), days, status)).toBe(150);
    expect(progressAt(row({ start: open(7) }), days, status)).toBe(150);
  });

  it("passes by what only accompanies the work", () => {
    expect(progressAt(row({ kind: "hammock", percent: 100, flags: STARTED }), days, status)).toBe(150);
  });

  it("bends back to what is done where a task is behind", () => {
    expect(progressAt(row({ percent: 100, flags: STARTED }), days, status)).toBe(30);
    expect(progressAt(row({}), days, status)).toBe(0);
  });

  it("bends forward where a task is ahead", () => {
    expect(progressAt(row({ percent: 800, flags: STARTED }), days, status)).toBe(240);
  });

  it("has a peak for every row that is not on time", () => {
    const line = progressLine([row({ percent: 500, flags: STARTED }), row({ percent: 100, flags: STARTED })], days, status, 0, 28);
    expect(line).toEqual([[150, 0], [150, 31], [30, 42], [150, 53], [150, 56]]);
  });
});

describe("links", () => {
  it("drop onto a successor that begins later", () => {
    expect(elbow({ x: 0, width: 30, done: 0 }, 14, { x: 40, width: 20, done: 0 }, 42, "fs")).toEqual([[30, 14], [43, 14], [43, 36]]);
  });

  it("go around where the successor begins earlier", () => {
    expect(elbow({ x: 0, width: 30, done: 0 }, 14, { x: 10, width: 20, done: 0 }, 42, "fs")).toEqual([
      [30, 14], [36, 14], [36, 25], [4, 25], [4, 42], [10, 42],
    ]);
  });
});

describe("the reach", () => {
  it("leaves room on both sides", () => {
    expect(reach([row({})], [])).toEqual([first - 14, first + 9 + 75]);
    expect(reach([], [null])).toEqual([0, 1]);
  });

  it("joins neighbouring days off", () => {
    expect(offStretches([first + 3, first + 4, first + 10], days, 0, 1000)).toEqual([[90, 60], [300, 30]]);
  });
});
