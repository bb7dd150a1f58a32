// The plan surface: the table and the chart side by side, and what one does with them.
import { say } from "kaname/say";

import { type Axis, axis, hours, place, type Zoom, ZOOMS } from "./axis";
import { reach } from "./bars";
import { Chart } from "./chart";
import { dayWords, finishDay, startDay } from "./days";
import { HEAD, ROW, type Scene } from "./drawing";
import { Paper } from "./paper";
import { CRITICAL, decode, firstOpen, INACTIVE, LATE, merge, type Row, seen } from "./rows";
import { type Answer, load, type Plan, Refusal, send, type Values } from "./server";
import { Table } from "./table";
import { filled, readWords } from "./words";

const host = document.getElementById("plan-surface");
if (host && matchMedia("(min-width: 48rem)").matches) void begin(host);

async function begin(surface: HTMLElement): Promise<void> {
  performance.mark("plan:begin");
  try {
    const loaded = await load(surface.dataset.rowsUrl ?? "");
    performance.mark("plan:loaded");
    const rows = decode(loaded.columns, loaded.rows);
    const page = new Surface(surface, loaded.columns, rows, loaded.plan, loaded.daysOff);
    suggest(document.getElementById("plan-members"), loaded.members);
    surface.hidden = false;
    page.show();
    performance.mark("plan:shown");
  } catch (error) {
    surface.hidden = true;
    say(readWords("plan-words").notLoaded, { isError: true });
    console.error(error);
  }
}

function suggest(list: HTMLElement | null, names: string[]): void {
  list?.replaceChildren(...names.map((name) => new Option("", name)));
}

class Surface {
  private readonly words = readWords("plan-words");
  private readonly language = document.documentElement.lang === "ja" ? "ja" : "en";
  private readonly thisYear: number;
  private readonly table: Table;
  private readonly chart: Chart;
  private readonly closed: Set<number>;
  private readonly undos: Values[] = [];
  private visible: Row[] = [];
  private placeOf = new Map<number, number>();
  private scale!: Axis;
  private zoom: Zoom;
  private queue: Promise<void> = Promise.resolve();
  private isDue = false;

  constructor(
    private readonly surface: HTMLElement,
    private readonly columns: string[],
    private rows: Row[],
    private plan: Plan,
    private readonly daysOff: number[],
  ) {
    this.thisYear = new Date(plan.today * 60000).getUTCFullYear();
    this.closed = new Set(JSON.parse(sessionStorage.getItem(this.storeKey("closed")) ?? "[]"));
    const zoom = localStorage.getItem("plan-zoom") as Zoom;
    this.zoom = ZOOMS.includes(zoom) ? zoom : fittingZoom(rows);
    const mayEdit = surface.dataset.mayEdit === "true";
    this.table = new Table(this.part("table"), this.words, this.language, this.thisYear, mayEdit, {
      edit: (row, field, text) => this.edit(row, field, text),
      toggle: (row) => this.toggle(row),
      open: (row, element) => this.open(row, element),
      key: (event, row) => this.key(event, row),
      changed: () => this.ask(),
    });
    this.chart = new Chart(this.part("chart"));
    this.listen();
  }

  show(): void {
    this.fit();
    this.lay();
    this.draw();
    this.chart.scroller.scrollLeft = place(this.scale, this.plan.status ?? this.plan.today) - this.chart.scroller.clientWidth / 3;
    this.table.begins(firstOpen(this.visible));
    this.chart.scroller.scrollTop = this.table.scroller.scrollTop;
    this.draw();
  }

  private part(name: string): HTMLElement {
    return this.surface.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }

  private storeKey(name: string): string {
    return `plan-${name}-${this.surface.dataset.plan}`;
  }

  private listen(): void {
    const { scroller: left } = this.table;
    const { scroller: right } = this.chart;
    left.addEventListener("scroll", () => {
      right.scrollTop = left.scrollTop;
      this.ask();
    });
    right.addEventListener("scroll", () => {
      left.scrollTop = right.scrollTop;
      this.ask();
    });
    new ResizeObserver(() => this.ask()).observe(right);
    addEventListener("resize", () => this.fit());
    addEventListener("beforeprint", () => this.rows.length && this.print());
    const renew = () => {
      this.chart.readInk();
      this.ask();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", renew);
    new MutationObserver(renew).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    right.addEventListener("click", (event) => {
      const at = this.rowAt(event);
      if (at < this.visible.length) this.table.go(at);
    });
    right.addEventListener("dblclick", (event) => {
      const row = this.visible[this.rowAt(event)];
      if (row) this.open(row, right);
    });
    right.addEventListener("pointermove", (event) => this.tip(this.visible[this.rowAt(event)]));
    for (const button of this.surface.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
      button.addEventListener("click", () => this.setZoom(button.dataset.zoom as Zoom));
    }
    for (const button of this.surface.querySelectorAll<HTMLButtonElement>("[data-verb]")) {
      button.addEventListener("click", () => this.verb(button.dataset.verb ?? ""));
    }
    this.split();
  }

  private rowAt(event: MouseEvent): number {
    const { top } = this.chart.scroller.getBoundingClientRect();
    return Math.floor((event.clientY - top - HEAD + this.chart.scroller.scrollTop) / ROW);
  }

  private tip(row: Row | undefined): void {
    if (!row || row.start === null || row.finish === null) this.chart.canvas.title = "";
    else {
      const days = [startDay(row.start), finishDay(row.finish)].map((day) => dayWords(day, this.language, this.thisYear));
      this.chart.canvas.title = `${row.name}\n${days.join(" – ")} · ${Math.floor(row.percent / 10)}%`;
    }
  }

  private split(): void {
    const bar = this.part("split");
    const set = (wide: number) => {
      const most = this.surface.clientWidth - 160;
      const kept = Math.round(Math.max(200, Math.min(wide, most)));
      this.surface.style.setProperty("--split", `${kept}px`);
      bar.setAttribute("aria-valuenow", String(kept));
      localStorage.setItem("plan-split", String(kept));
      this.ask();
    };
    const known = Number(localStorage.getItem("plan-split"));
    if (known) set(known);
    bar.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      bar.setPointerCapture(event.pointerId);
      const left = this.surface.getBoundingClientRect().left;
      const move = (moved: PointerEvent) => set(moved.clientX - left);
      bar.addEventListener("pointermove", move);
      bar.addEventListener("pointerup", () => bar.removeEventListener("pointermove", move), { once: true });
    });
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -24, ArrowRight: 24 }[event.key];
      if (step) set(this.part("table").clientWidth + step);
    });
  }

  private fit(): void {
    const top = this.surface.getBoundingClientRect().top + scrollY;
    this.surface.style.setProperty("--high", `${Math.max(360, innerHeight - top - 16)}px`);
  }

  /** Lay out rows and axis anew after they changed. */
  private lay(): void {
    this.surface.classList.toggle("blank", !this.rows.length);
    if (this.rows.length) document.getElementById("plan-list")?.remove();
    this.visible = seen(this.rows, this.closed);
    this.placeOf = new Map(this.visible.map((row, at) => [row.id, at]));
    const [first, end] = reach(this.rows, [this.plan.today, this.plan.status, this.plan.start]);
    const work = this.rows.filter((row) => row.start !== null && row.finish !== null && row.kind === "work");
    this.scale = axis(this.zoom, first, end, ...hours(work.map((row) => row.start!), work.map((row) => row.finish!)));
    for (const button of this.surface.querySelectorAll("[data-zoom]")) {
      button.setAttribute("aria-pressed", String((button as HTMLElement).dataset.zoom === this.zoom));
    }
    this.table.setRows(this.visible, this.closed, this.rows);
    this.tellFacts();
    this.ask();
  }

  /** Bring the facts above the surface in step with its rows. */
  private tellFacts(): void {
    const work = this.rows.filter((row) => row.kind !== "summary" && !(row.flags & INACTIVE));
    const count = (fits: (row: Row) => boolean) => String(work.filter(fits).length);
    const day = (at: number | null) => (at === null ? "–" : dayWords(at, this.language, this.thisYear));
    const { finish, status } = this.plan;
    const facts: Record<string, string> = {
      finish: day(finish === null ? null : finishDay(finish)),
      tasks: String(work.length),
      done: filled(this.words.done, { count: count((row) => row.percent === 1000) }),
      critical: count((row) => Boolean(row.flags & CRITICAL)),
      late: count((row) => Boolean(row.flags & LATE)),
      status: day(status === null ? null : startDay(status)),
    };
    for (const element of document.querySelectorAll<HTMLElement>("[data-fact]")) {
      element.textContent = facts[element.dataset.fact ?? ""] ?? element.textContent;
    }
  }

  private ask(): void {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }

  private draw(): void {
    this.table.update();
    this.chart.draw(this.scene(), this.table.span);
  }

  private scene(): Scene {
    return {
      axis: this.scale,
      rows: this.visible,
      placeOf: this.placeOf,
      daysOff: this.daysOff,
      status: this.plan.status,
      today: this.plan.today,
      active: this.table.active,
      language: this.language,
      words: { today: this.words.today, status: this.words.status },
    };
  }

  /** Lay the plan as it is seen out for paper, beside the surface, until it is printed. */
  private print(): void {
    const [firstDay, endDay] = reach(this.visible, [this.plan.today, this.plan.status], 5, 10);
    const scene = { ...this.scene(), axis: { ...this.scale, firstDay, endDay } };
    const paper = new Paper({ scene, words: this.words, thisYear: this.thisYear, title: this.surface.dataset.title ?? "" });
    this.surface.after(paper.element);
    addEventListener("afterprint", () => paper.element.remove(), { once: true });
  }

  private setZoom(zoom: Zoom): void {
    const { scroller } = this.chart;
    const middle = this.scale.firstDay + (scroller.scrollLeft + scroller.clientWidth / 2) / this.scale.pixelsADay;
    this.zoom = zoom;
    localStorage.setItem("plan-zoom", zoom);
    this.lay();
    this.draw();
    scroller.scrollLeft = (middle - this.scale.firstDay) * this.scale.pixelsADay - scroller.clientWidth / 2;
  }

  private toggle(row: Row): void {
    if (!this.rows.some((one) => one.parent === row.id)) return;
    if (!this.closed.delete(row.id)) this.closed.add(row.id);
    this.keepClosed();
  }

  private keepClosed(): void {
    sessionStorage.setItem(this.storeKey("closed"), JSON.stringify([...this.closed]));
    this.lay();
  }

  private open(row: Row, element: HTMLElement): void {
    const page = (this.surface.dataset.taskUrl ?? "").replace("/0/", `/${row.id}/`);
    element.dispatchEvent(new CustomEvent("kaname:peek", { bubbles: true, detail: { url: `${page}peek/`, from: element, page } }));
  }

  private key(event: KeyboardEvent, row: Row): boolean {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && !event.shiftKey && event.key.toLowerCase() === "z") this.undo();
    else if (event.altKey && event.shiftKey && event.key === "ArrowRight") this.verb("indent");
    else if (event.altKey && event.shiftKey && event.key === "ArrowLeft") this.verb("outdent");
    else if (event.altKey && event.key === "ArrowUp") this.verb("up");
    else if (event.altKey && event.key === "ArrowDown") this.verb("down");
    else if (event.key === "Insert" || (isCommand && event.key === "Enter")) this.verb("add");
    else if (event.key === "Delete" && !isCommand) this.verb("remove");
    else if (event.key === "Tab" && !event.altKey && !isCommand && this.hasNext(event.shiftKey)) this.table.go(this.table.active, this.table.activeColumn + (event.shiftKey ? -1 : 1));
    else return false;
    return Boolean(row);
  }

  private hasNext(isBack: boolean): boolean {
    return isBack ? this.table.activeColumn > 2 : this.table.activeColumn < 8;
  }

  private verb(verb: string): void {
    const row = this.table.activeRow;
    if (verb === "undo") this.undo();
    else if (verb === "open-all") {
      this.closed.clear();
      this.keepClosed();
    } else if (verb === "close-all") {
      for (const one of this.rows) if (one.kind === "summary") this.closed.add(one.id);
      this.keepClosed();
    } else if (verb === "today") {
      this.chart.scroller.scrollLeft = place(this.scale, this.plan.today) - this.chart.scroller.clientWidth / 3;
    } else if (verb === "details") {
      if (row) this.open(row, this.table.scroller);
    } else if (verb === "add") this.add(row);
    else if (row) this.request(() => ({ verb, task: row.id, version: this.version(row.id) }));
  }

  private add(row: Row | undefined): void {
    this.request(
      () => ({ verb: "add", after: row?.id ?? null, text: this.words.newTask }),
      (answer) => {
        if (answer.task === null) return;
        this.table.goTo(answer.task, 2);
        this.table.begin();
      },
    );
  }

  private edit(row: Row, field: string, text: string): void {
    this.queue = this.queue.then(async () => {
      try {
        const answer = await this.send({ verb: "set", task: row.id, version: this.version(row.id), field, text });
        this.table.accept(row, field);
        this.take(answer);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.rows.length) this.rows = merge(this.rows, decode(this.columns, error.rows), []);
        if (error.rows.length) this.lay();
        this.table.refuse(this.rows.find((one) => one.id === row.id) ?? row, field, text, error.message);
        this.note("", "", false);
      }
    });
  }

  private request(values: () => Values, then?: (answer: Answer) => void): void {
    this.queue = this.queue.then(async () => {
      try {
        const answer = await this.send(values());
        this.take(answer);
        then?.(answer);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.rows.length) {
          this.rows = merge(this.rows, decode(this.columns, error.rows), []);
          this.lay();
        }
        this.note(error.message, "", true);
      }
    });
  }

  private version(id: number): number {
    return this.rows.find((row) => row.id === id)?.version ?? 0;
  }

  private send(values: Values): Promise<Answer> {
    const query = this.surface.dataset.baseline ? `?baseline=${this.surface.dataset.baseline}` : "";
    return send(`${this.surface.dataset.editUrl}${query}`, { ...values, run: this.plan.run }, this.words.failed);
  }

  private take(answer: Answer): void {
    this.rows = merge(this.rows, decode(this.columns, answer.rows), answer.removed);
    this.plan = answer.plan;
    if (answer.undo) this.undos.push(answer.undo);
    this.lay();
    if (answer.task !== null) this.table.goTo(answer.task);
    this.note(answer.says || this.words.saved, answer.why ?? "", false);
  }

  private undo(): void {
    const last = this.undos.pop();
    if (!last) return this.note(this.words.nothingToUndo, "", false);
    this.request(
      () => (typeof last.task === "number" ? { ...last, version: this.version(last.task) } : last),
      (answer) => {
        if (answer.undo) this.undos.pop();
        this.mark();
      },
    );
  }

  private note(words: string, why: string, isError: boolean): void {
    const note = this.part("note");
    note.classList.toggle("error", isError);
    note.textContent = words;
    if (why) {
      const link = document.createElement("a");
      link.href = why;
      link.textContent = this.words.why;
      note.append(" ", link);
    }
    this.mark();
  }

  private mark(): void {
    const undo = this.surface.querySelector<HTMLButtonElement>('[data-verb="undo"]');
    if (undo) undo.disabled = !this.undos.length;
  }
}

/** The scale in which most of a plan is seen at once. */
function fittingZoom(rows: readonly Row[]): Zoom {
  const [first, end] = reach(rows, []);
  const days = end - first - 89;
  if (days <= 30) return "day";
  if (days <= 75) return "week";
  return days <= 500 ? "month" : "quarter";
}
