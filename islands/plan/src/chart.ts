// The Gantt: one canvas as large as what is seen, drawn again when it scrolls.
import { width } from "./axis";
import { Drawing, HEAD, type Ink, INKS, ROW, type Scene } from "./drawing";
import type { Span } from "./window";

export class Chart {
  readonly canvas = document.createElement("canvas");
  readonly spacer = document.createElement("div");
  private ink: Ink = {};
  private drawing = new Drawing({}, "");

  constructor(readonly scroller: HTMLElement) {
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.className = "surface-canvas";
    this.spacer.className = "surface-spacer";
    scroller.append(this.canvas, this.spacer);
    this.readInk();
  }

  /** Read colours and letters from the page, again when the brightness changes. */
  readInk(): void {
    const probe = document.createElement("i");
    this.scroller.append(probe);
    for (const name of INKS) {
      probe.style.color = `var(--${name})`;
      this.ink[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    this.drawing = new Drawing(this.ink, getComputedStyle(this.scroller).fontFamily);
  }

  draw(scene: Scene, span: Span): void {
    const { clientWidth: wide, clientHeight: high, scrollLeft: left, scrollTop: top } = this.scroller;
    const ratio = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(wide * ratio) || this.canvas.height !== Math.round(high * ratio)) {
      this.canvas.width = Math.round(wide * ratio);
      this.canvas.height = Math.round(high * ratio);
      this.canvas.style.inlineSize = `${wide}px`;
      this.canvas.style.blockSize = `${high}px`;
    }
    this.spacer.style.inlineSize = `${width(scene.axis)}px`;
    this.spacer.style.blockSize = `${Math.max(0, HEAD + scene.rows.length * ROW - high)}px`;
    const pen = this.canvas.getContext("2d");
    if (!pen) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = this.ink.surface;
    pen.fillRect(0, 0, wide, high);
    pen.save();
    pen.translate(-left, HEAD - top);
    this.drawing.rows(pen, scene, span, left, wide);
    pen.restore();
    this.drawing.head(pen, scene, left, wide);
  }
}
