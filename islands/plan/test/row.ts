import { dayNumber } from "../src/days";
import type { Row } from "../src/rows";

const first = dayNumber(2026, 4, 1);

/** A task of ten days from 2026-04-01. */
export function row(more: Partial<Row>): Row {
  return {
    id: 1, version: 1, number: 1, level: 0, parent: null, wbs: "1", name: "A", kind: "work", flags: 0,
    start: first * 1440 + 540, finish: (first + 9) * 1440 + 1080, percent: 0, duration: "10d", predecessors: "", links: [], people: "", float: "",
    baselineStart: null, baselineFinish: null, difference: "", deadline: null, ...more,
  };
}
