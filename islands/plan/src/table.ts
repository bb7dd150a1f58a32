// The table: a treegrid of which only the rows exist that are seen; native inputs for what is typed.
import { COLUMNS, type Column, isLateCell, isTypable, TABLE_WIDTH } from "./columns";
import { HEAD, ROW } from "./drawing";
import { BLOCKED, CRITICAL, INACTIVE, type Row } from "./rows";
import { rowWindow, scrollFor, type Span } from "./window";
import type { Words } from "./words";

export interface Draft {
  text: string;
  sentence: string;
  isSending: boolean;
}

export interface Acts {
  edit(row: Row, field: string, text: string): void;
  toggle(row: Row): void;
  open(row: Row, element: HTMLElement): void;
  key(event: KeyboardEvent, row: Row): boolean;
  changed(): void;
}

interface Editor {
  row: Row;
  column: Column;
  input: HTMLInputElement;
  isComposing: boolean;
}

export class Table {
  readonly head = document.createElement("div");
  readonly body = document.createElement("div");
  readonly drafts = new Map<string, Draft>();
  active = 0;
  activeColumn = 2;
  private rows: readonly Row[] = [];
  private closed: ReadonlySet<number> = new Set();
  private parents = new Set<number>();
  private readonly shown = new Map<number, HTMLElement>();
  private editor: Editor | null = null;
  /** The empty field in the active cell: a word that is composed there begins the editor, which it becomes. */
  private waiting: HTMLInputElement | null = null;
  private isLetter = false;
  private stoodOn: Element | null = null;
  private readonly bubble = document.createElement("div");

  constructor(
    readonly scroller: HTMLElement,
    private readonly words: Words,
    private readonly language: string,
    private readonly thisYear: number,
    private readonly mayEdit: boolean,
    private readonly acts: Acts,
  ) {
    scroller.setAttribute("role", "treegrid");
    scroller.setAttribute("aria-label", words.plan);
    scroller.setAttribute("aria-colcount", String(COLUMNS.length));
    this.head.className = "surface-head";
    this.head.setAttribute("role", "rowgroup");
    this.body.className = "surface-rows";
    this.body.setAttribute("role", "rowgroup");
    this.bubble.className = "surface-refusal";
    this.bubble.setAttribute("role", "alert");
    this.bubble.hidden = true;
    this.head.append(this.headRow());
    this.head.style.inlineSize = this.body.style.inlineSize = `${TABLE_WIDTH}px`;
    scroller.append(this.head, this.body);
    scroller.addEventListener("keydown", (event) => this.onKey(event));
    scroller.addEventListener("keyup", () => (this.isLetter = false));
    this.body.addEventListener("pointerdown", () => (this.stoodOn = document.activeElement), { capture: true });
    this.body.addEventListener("focusin", (event) => this.onFocus(event));
    this.body.addEventListener("click", (event) => this.onClick(event));
    this.body.addEventListener("dblclick", (event) => this.onDouble(event));
  }

  get span(): Span {
    return rowWindow(this.scroller.scrollTop, this.scroller.clientHeight - HEAD, ROW, this.rows.length);
  }

  get isEditing(): boolean {
    return this.editor !== null;
  }

  get activeRow(): Row | undefined {
    return this.rows[this.active];
  }

  setRows(rows: readonly Row[], closed: ReadonlySet<number>, all: readonly Row[]): void {
    const stands = this.rows[this.active]?.id;
    this.rows = rows;
    this.closed = closed;
    this.parents = new Set(all.map((row) => row.parent).filter((id): id is number => id !== null));
    const found = rows.findIndex((row) => row.id === stands);
    this.active = Math.max(0, found >= 0 ? found : Math.min(this.active, rows.length - 1));
    this.scroller.setAttribute("aria-rowcount", String(rows.length + 1));
    this.body.style.blockSize = `${rows.length * ROW}px`;
    this.redraw();
  }

  /** Draw all rows that are seen anew. */
  redraw(): void {
    const hadFocus = this.body.contains(document.activeElement) && !this.editor;
    for (const [id, element] of this.shown) {
      if (id === this.editor?.row.id) continue;
      element.remove();
      this.shown.delete(id);
    }
    this.update();
    if (hadFocus) this.focus();
  }

  /** Make the rows that are seen now, drop those that are not. */
  update(): void {
    const { first, end } = this.span;
    const wanted = new Set<number>();
    const added = document.createDocumentFragment();
    const need = [this.active, ...Array.from({ length: end - first }, (_none, step) => first + step)];
    for (const at of need) {
      const row = this.rows[at];
      if (!row || wanted.has(row.id)) continue;
      wanted.add(row.id);
      const known = this.shown.get(row.id);
      if (known) {
        known.style.transform = `translateY(${at * ROW}px)`;
        continue;
      }
      const element = this.rowElement(row, at);
      this.shown.set(row.id, element);
      added.append(element);
    }
    for (const [id, element] of this.shown) {
      if (wanted.has(id) || id === this.editor?.row.id) continue;
      element.remove();
      this.shown.delete(id);
    }
    this.body.append(added);
  }

  /** Stand on a cell; the focus follows. */
  go(at: number, column = this.activeColumn): void {
    if (!this.rows.length) return;
    const before = this.shown.get(this.rows[this.active]?.id ?? 0);
    before?.classList.remove("current");
    before?.setAttribute("aria-selected", "false");
    before?.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    this.active = Math.max(0, Math.min(at, this.rows.length - 1));
    this.activeColumn = Math.max(0, Math.min(column, COLUMNS.length - 1));
    this.scroller.scrollTop = scrollFor(this.active, this.scroller.scrollTop, this.scroller.clientHeight - HEAD, ROW);
    this.update();
    this.focus();
    this.acts.changed();
  }

  /** Stand on a row without taking the focus, with what comes before it in sight. */
  begins(at: number): void {
    if (!this.rows.length) return;
    this.active = at;
    this.scroller.scrollTop = Math.max(0, (at - 3) * ROW);
    this.redraw();
  }

  goTo(id: number, column = this.activeColumn): void {
    const at = this.rows.findIndex((row) => row.id === id);
    if (at >= 0) this.go(at, column);
  }

  focus(): void {
    const row = this.rows[this.active];
    const element = row && this.shown.get(row.id);
    if (!element) return;
    element.classList.add("current");
    element.setAttribute("aria-selected", "true");
    const cell = element.children[this.activeColumn] as HTMLElement | undefined;
    if (!cell) return;
    const waited = this.waiting;
    this.waiting = isTypable(row, COLUMNS[this.activeColumn], this.mayEdit) && !this.editor ? this.wait(row, cell) : null;
    cell.tabIndex = this.waiting ? -1 : 0;
    (this.waiting ?? cell).focus({ preventScroll: true });
    waited?.remove();
    this.revealColumn(cell);
    this.tell(row);
  }

  /** Type into the active cell. */
  begin(text?: string): void {
    const row = this.rows[this.active];
    const column = COLUMNS[this.activeColumn];
    if (!row || this.editor) return;
    if (!isTypable(row, column, this.mayEdit)) {
      if (column.field && row.kind === "summary") this.say(row, this.words.computedOfPackage);
      return;
    }
    const cell = this.shown.get(row.id)?.children[this.activeColumn] as HTMLElement | undefined;
    if (!cell) return;
    const input = this.field();
    const draft = this.drafts.get(key(row, column));
    input.value = text ?? draft?.text ?? column.typed(row);
    if (draft?.sentence) input.setAttribute("aria-invalid", "true");
    this.edit(row, column, input);
    this.waiting = null;
    cell.replaceChildren(input);
    input.focus();
    if (text === undefined) input.select();
    this.tell(row);
  }

  private edit(row: Row, column: Column, input: HTMLInputElement): void {
    input.className = "surface-input";
    input.setAttribute("aria-label", `${this.words[column.key]}: ${row.name}`);
    if (column.key === "people") input.setAttribute("list", "plan-members");
    const editor: Editor = { row, column, input, isComposing: false };
    this.editor = editor;
    input.addEventListener("compositionstart", () => (editor.isComposing = true));
    input.addEventListener("compositionend", () => (editor.isComposing = false));
    input.addEventListener("blur", () => this.editor === editor && this.finish(true));
  }

  private field(): HTMLInputElement {
    const input = document.createElement("input");
    input.setAttribute("autocomplete", "off");
    input.spellcheck = false;
    return input;
  }

  /** Let an empty field wait in a cell for what comes without a key: a word that is composed, pasted or spoken. */
  private wait(row: Row, cell: HTMLElement): HTMLInputElement {
    const column = COLUMNS[this.activeColumn];
    const input = this.field();
    input.className = "surface-wait";
    input.dataset.waits = "";
    input.setAttribute("aria-label", `${this.words[column.key]}: ${row.name}: ${column.says(row, this.language, this.thisYear)}`);
    if (matchMedia("(pointer: coarse)").matches) input.inputMode = "none";
    input.addEventListener("beforeinput", (event) => {
      if (this.waiting === input && this.isLetter && !event.isComposing) event.preventDefault();
    });
    input.addEventListener("compositionstart", () => this.become(row, column, input, true));
    input.addEventListener("input", () => this.become(row, column, input, false));
    cell.append(input);
    return input;
  }

  /** Turn the waiting field into the editor; it stays where it is, or the word in it would be lost. */
  private become(row: Row, column: Column, input: HTMLInputElement, isComposing: boolean): void {
    if (this.waiting !== input) return;
    this.waiting = null;
    for (const node of [...input.parentNode!.childNodes]) if (node !== input) node.remove();
    delete input.dataset.waits;
    input.inputMode = "";
    this.edit(row, column, input);
    this.editor!.isComposing = isComposing;
  }

  /** Leave the editor; what was typed is sent or given up. */
  finish(sends: boolean): void {
    const editor = this.editor;
    if (!editor) return;
    this.editor = null;
    const { row, column } = editor;
    const text = editor.input.value;
    const draft = this.drafts.get(key(row, column));
    if (!sends) this.drafts.delete(key(row, column));
    else if (text !== column.typed(row) || draft) {
      this.drafts.set(key(row, column), { text, sentence: "", isSending: true });
      this.acts.edit(row, column.field, text);
    }
    this.bubble.hidden = true;
    this.renew(row.id);
  }

  /** Keep what was typed and say beside the cell why it was not taken. */
  refuse(row: Row, field: string, text: string, sentence: string): void {
    const at = COLUMNS.findIndex((column) => column.field === field);
    this.drafts.set(key(row, COLUMNS[at]), { text, sentence, isSending: false });
    this.renew(row.id);
    if (this.editor || !this.scroller.contains(document.activeElement)) return;
    this.goTo(row.id, at);
    this.begin();
  }

  accept(row: Row, field: string): void {
    this.drafts.delete(key(row, { field } as Column));
  }

  renew(id: number): void {
    const element = this.shown.get(id);
    if (!element || this.editor?.row.id === id) return;
    const hadFocus = element.contains(document.activeElement) || document.activeElement === document.body;
    const at = this.rows.findIndex((row) => row.id === id);
    element.remove();
    this.shown.delete(id);
    this.update();
    if (hadFocus && at === this.active) this.focus();
  }

  private headRow(): HTMLElement {
    const row = document.createElement("div");
    row.className = "surface-row";
    row.setAttribute("role", "row");
    row.setAttribute("aria-rowindex", "1");
    COLUMNS.forEach((column, at) => {
      const cell = document.createElement("div");
      cell.className = column.isFigure ? "surface-cell end" : "surface-cell";
      cell.setAttribute("role", "columnheader");
      cell.setAttribute("aria-colindex", String(at + 1));
      cell.style.inlineSize = `${column.width}px`;
      cell.textContent = this.words[column.key];
      row.append(cell);
    });
    return row;
  }

  private rowElement(row: Row, at: number): HTMLElement {
    const element = document.createElement("div");
    element.className = `surface-row${row.kind === "summary" ? " package" : ""}${at === this.active ? " current" : ""}`;
    if (row.flags & INACTIVE) element.classList.add("inactive");
    element.setAttribute("role", "row");
    element.setAttribute("aria-rowindex", String(at + 2));
    element.setAttribute("aria-level", String(row.level + 1));
    element.setAttribute("aria-selected", String(at === this.active));
    if (this.parents.has(row.id)) element.setAttribute("aria-expanded", String(!this.closed.has(row.id)));
    element.dataset.id = String(row.id);
    element.style.transform = `translateY(${at * ROW}px)`;
    COLUMNS.forEach((column, place) => element.append(this.cell(row, column, place, at)));
    return element;
  }

  private cell(row: Row, column: Column, place: number, at: number): HTMLElement {
    const cell = document.createElement("div");
    const draft = this.drafts.get(key(row, column));
    cell.className = column.isFigure ? "surface-cell end" : "surface-cell";
    cell.setAttribute("role", "gridcell");
    cell.setAttribute("aria-colindex", String(place + 1));
    if (column.field && !isTypable(row, column, this.mayEdit)) cell.setAttribute("aria-readonly", "true");
    cell.tabIndex = at === this.active && place === this.activeColumn ? 0 : -1;
    cell.style.inlineSize = `${column.width}px`;
    if (isLateCell(row, column)) cell.classList.add("late");
    if (draft) {
      cell.classList.add(draft.isSending ? "sending" : "refused");
      cell.textContent = draft.text;
      if (draft.sentence) cell.title = draft.sentence;
      return cell;
    }
    const words = column.says(row, this.language, this.thisYear);
    if (column.key === "name") this.nameCell(cell, row);
    else if (column.key === "number" && row.flags & CRITICAL) {
      cell.classList.add("critical");
      cell.textContent = words;
      cell.title = this.words.critical;
    } else cell.textContent = words;
    if (column.key === "people" || column.key === "predecessors") cell.title = words;
    return cell;
  }

  private nameCell(cell: HTMLElement, row: Row): void {
    cell.classList.add("name");
    cell.style.paddingInlineStart = `${6 + row.level * 16}px`;
    const sign = document.createElement("span");
    sign.className = "sign";
    sign.setAttribute("aria-hidden", "true");
    if (this.parents.has(row.id)) {
      sign.classList.add("twist");
      sign.textContent = this.closed.has(row.id) ? "▸" : "▾";
    } else sign.textContent = row.kind === "milestone" ? "◆" : "";
    const name = document.createElement("span");
    name.className = "words";
    name.textContent = row.name;
    cell.title = row.name;
    cell.append(sign, name);
    if (row.flags & BLOCKED) {
      const mark = document.createElement("span");
      mark.className = "badge badge-red";
      mark.textContent = this.words.blocked;
      cell.append(mark);
    }
  }

  private tell(row: Row): void {
    const draft = this.drafts.get(key(row, COLUMNS[this.activeColumn]));
    if (draft?.sentence) this.say(row, draft.sentence);
    else this.bubble.hidden = true;
  }

  private say(row: Row, sentence: string): void {
    const cell = this.shown.get(row.id)?.children[this.activeColumn] as HTMLElement | undefined;
    if (!cell) return;
    const at = this.rows.findIndex((one) => one.id === row.id);
    this.bubble.textContent = sentence;
    this.bubble.style.insetInlineStart = `${Math.max(0, Math.min(cell.offsetLeft, this.scroller.scrollLeft + this.scroller.clientWidth - 284))}px`;
    this.bubble.style.insetBlockStart = `${(at + 1) * ROW}px`;
    this.bubble.hidden = false;
    this.body.append(this.bubble);
  }

  private revealColumn(cell: HTMLElement): void {
    const { scrollLeft, clientWidth } = this.scroller;
    if (cell.offsetLeft < scrollLeft) this.scroller.scrollLeft = cell.offsetLeft;
    else if (cell.offsetLeft + cell.offsetWidth > scrollLeft + clientWidth) {
      this.scroller.scrollLeft = cell.offsetLeft + cell.offsetWidth - clientWidth;
    }
  }

  private at(event: Event): [number, number] | null {
    const cell = (event.target as Element).closest<HTMLElement>("[role=gridcell]");
    const id = Number(cell?.parentElement?.dataset.id);
    const at = this.rows.findIndex((row) => row.id === id);
    return cell && at >= 0 ? [at, [...cell.parentElement!.children].indexOf(cell)] : null;
  }

  /** Whoever comes to the active cell comes to the field that waits in it. */
  private onFocus(event: FocusEvent): void {
    const found = this.at(event);
    const isCell = (event.target as Element).matches("[role=gridcell]");
    if (isCell && found?.[0] === this.active && found[1] === this.activeColumn && !this.editor) this.focus();
  }

  private onClick(event: MouseEvent): void {
    const found = this.at(event);
    if (!found || (event.target as Element).matches("input")) return;
    const isSame = this.stoodOn?.closest("[role=gridcell]") === (event.target as Element).closest("[role=gridcell]");
    if ((event.target as Element).matches(".twist")) return this.acts.toggle(this.rows[found[0]]);
    this.go(...found);
    if (isSame && COLUMNS[found[1]].field) this.begin();
  }

  private onDouble(event: MouseEvent): void {
    const found = this.at(event);
    if (!found || (event.target as Element).matches("input, .twist")) return;
    const row = this.rows[found[0]];
    if (!COLUMNS[found[1]].field) this.acts.open(row, this.shown.get(row.id)!);
  }

  private onKey(event: KeyboardEvent): void {
    const row = this.rows[this.active];
    if (!row) return;
    const isHandled = this.editor ? this.editorKey(event) : this.cellKey(event, row);
    if (isHandled) event.preventDefault();
    if (isHandled || this.editor) event.stopPropagation();
  }

  private editorKey(event: KeyboardEvent): boolean {
    if (isOfWord(event) || this.editor?.isComposing) return false;
    if (event.key === "Escape") {
      this.finish(false);
      this.focus();
    } else if (event.key === "Enter") {
      this.finish(true);
      this.go(this.active + (event.shiftKey ? -1 : 1));
    } else if (event.key === "Tab") {
      this.finish(true);
      this.go(this.active, this.activeColumn + (event.shiftKey ? -1 : 1));
    } else return false;
    return true;
  }

  private cellKey(event: KeyboardEvent, row: Row): boolean {
    this.isLetter = event.key.length === 1 && !isOfWord(event);
    if (isOfWord(event)) return false;
    if (this.acts.key(event, row)) return true;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const page = Math.max(1, Math.floor((this.scroller.clientHeight - HEAD) / ROW) - 1);
    const moves: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      PageDown: [page, 0],
      PageUp: [-page, 0],
      j: [1, 0],
      k: [-1, 0],
    };
    const move = moves[event.key];
    if (move) this.go(this.active + move[0]);
    else if (event.key === "ArrowLeft" && this.activeColumn === 0 && !this.closed.has(row.id) && this.parents.has(row.id)) this.acts.toggle(row);
    else if (event.key === "ArrowRight" && this.activeColumn === 0 && this.closed.has(row.id)) this.acts.toggle(row);
    else if (event.key === "ArrowLeft") this.go(this.active, this.activeColumn - 1);
    else if (event.key === "ArrowRight") this.go(this.active, this.activeColumn + 1);
    else if (event.key === "Home") this.go(this.active, 0);
    else if (event.key === "End") this.go(this.active, COLUMNS.length - 1);
    else if (event.key === "Enter" || event.key === "F2" || event.key === "e") {
      if (COLUMNS[this.activeColumn].field) this.begin();
      else this.acts.open(row, this.shown.get(row.id)!);
    } else if (event.key === "o") this.acts.open(row, this.shown.get(row.id)!);
    else if (event.key === " ") this.acts.toggle(row);
    else if (/^[0-9]$/.test(event.key)) this.begin(event.key);
    else return false;
    return true;
  }
}

/** Whether a key belongs to a word that is being composed. */
function isOfWord(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

function key(row: Row, column: Column): string {
  return `${row.id} ${column.field}`;
}
