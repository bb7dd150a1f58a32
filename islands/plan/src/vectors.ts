// A pen that draws with shapes instead of dots: what it draws is as sharp on paper as the letters beside it.
import type { Pen } from "./drawing";

const SHAPES = "http://www.w3.org/2000/svg";
const measure = document.createElement("canvas").getContext("2d")!;

export class Vectors implements Pen {
  readonly root = document.createElementNS(SHAPES, "svg");
  fillStyle: Pen["fillStyle"] = "";
  strokeStyle: Pen["strokeStyle"] = "";
  font = "";
  globalAlpha = 1;
  lineWidth = 1;
  textBaseline: CanvasTextBaseline = "middle";
  private path = "";
  private dashes = "";

  /** A pen for what lies from `top` on in a picture that is as wide and as high. */
  constructor(top: number, wide: number, high: number) {
    this.root.setAttribute("viewBox", `0 ${top} ${wide} ${high}`);
    this.root.setAttribute("preserveAspectRatio", "none");
    this.root.setAttribute("aria-hidden", "true");
  }

  beginPath(): void {
    this.path = "";
  }

  closePath(): void {
    this.path += "Z";
  }

  moveTo(x: number, y: number): void {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.path += `L${short(x)} ${short(y)}`;
  }

  setLineDash(lengths: Iterable<number>): void {
    this.dashes = [...lengths].join(" ");
  }

  fill(): void {
    this.filled(this.add("path", { d: this.path }));
  }

  stroke(): void {
    this.stroked(this.add("path", { d: this.path }));
  }

  fillRect(x: number, y: number, wide: number, high: number): void {
    if (wide > 0 && high > 0) this.filled(this.box(x, y, wide, high));
  }

  strokeRect(x: number, y: number, wide: number, high: number): void {
    this.stroked(this.box(x, y, wide, high));
  }

  fillText(words: string, x: number, y: number): void {
    const element = this.add("text", { x: short(x), y: short(y), "dominant-baseline": "central" });
    element.style.font = this.font;
    element.textContent = words;
    this.filled(element);
  }

  measureText(words: string): TextMetrics {
    measure.font = this.font;
    return measure.measureText(words);
  }

  private box(x: number, y: number, wide: number, high: number): SVGElement {
    return this.add("rect", { x: short(x), y: short(y), width: short(wide), height: short(high) });
  }

  private add(name: string, facts: Record<string, string>): SVGElement {
    const element = document.createElementNS(SHAPES, name) as SVGElement;
    for (const [fact, value] of Object.entries(facts)) element.setAttribute(fact, value);
    this.root.append(element);
    return element;
  }

  private filled(element: SVGElement): void {
    element.style.fill = String(this.fillStyle);
    if (this.globalAlpha < 1) element.style.fillOpacity = String(this.globalAlpha);
  }

  private stroked(element: SVGElement): void {
    element.style.fill = "none";
    element.style.stroke = String(this.strokeStyle);
    element.style.strokeWidth = String(this.lineWidth);
    if (this.dashes) element.style.strokeDasharray = this.dashes;
  }
}

function short(figure: number): string {
  return String(Math.round(figure * 10) / 10);
}
