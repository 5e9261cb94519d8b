// A pen that writes what it draws as SVG.

import type { Pen } from "../render/pen";
import { escaped, figure, x } from "./xml";

export class SvgPen implements Pen {
  fillStyle = "#000000";
  strokeStyle = "#000000";
  lineWidth = 1;
  lineCap: CanvasLineCap = "butt";
  lineJoin: CanvasLineJoin = "miter";
  textBaseline: CanvasTextBaseline = "middle";
  private style = { size: 13, weight: "400" };
  private drawn: string[] = [];
  private steps: string[] = [];

  constructor(private readonly canvas: CanvasRenderingContext2D) {}

  /** The elements drawn so far. */
  get written(): string {
    return this.drawn.join("\n");
  }

  get font(): string {
    return this.canvas.font;
  }

  set font(font: string) {
    this.canvas.font = font;
    const [weight, size] = font.split(" ");
    this.style = { weight: weight ?? "400", size: Number.parseFloat(size ?? "13") };
  }

  measureText(text: string): TextMetrics {
    return this.canvas.measureText(text);
  }

  clearRect(): void {
    this.drawn = [];
  }

  beginPath(): void {
    this.steps = [];
  }

  moveTo(left: number, top: number): void {
    this.steps.push(`M${figure(left)} ${figure(top)}`);
  }

  lineTo(left: number, top: number): void {
    this.steps.push(`${this.steps.length ? "L" : "M"}${figure(left)} ${figure(top)}`);
  }

  closePath(): void {
    this.steps.push("Z");
  }

  /** A whole circle: we draw no other arcs. */
  arc(left: number, top: number, radius: number): void {
    const half = (way: number): string => `a${figure(radius)} ${figure(radius)} 0 1 0 ${figure(way * radius)} 0`;
    this.steps.push(`M${figure(left - radius)} ${figure(top)}${half(2)}${half(-2)}Z`);
  }

  fill(): void {
    this.drawn.push(x("path", { d: this.steps.join(""), fill: String(this.fillStyle) }));
  }

  stroke(): void {
    const { lineWidth, lineCap, lineJoin } = this;
    const line = { "stroke-width": lineWidth, "stroke-linecap": lineCap, "stroke-linejoin": lineJoin };
    this.drawn.push(x("path", { d: this.steps.join(""), fill: "none", stroke: String(this.strokeStyle), ...line }));
  }

  /** Written by `fillText`, which follows. */
  strokeText(): void {}

  fillText(text: string, left: number, top: number): void {
    const halo = { stroke: String(this.strokeStyle), "stroke-width": this.lineWidth, "stroke-linejoin": "round" };
    this.drawn.push(
      x(
        "text",
        {
          x: left,
          y: top + this.style.size * 0.35,
          "font-size": this.style.size,
          "font-weight": this.style.weight,
          fill: String(this.fillStyle),
          ...halo,
          "paint-order": "stroke",
        },
        escaped(text),
      ),
    );
  }
}
