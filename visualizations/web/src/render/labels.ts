// Writes names on the map, the weightiest first, as many as have room.

import type { App } from "../app";
import type { Pen } from "./pen";
import { type Label, type Placed, Places } from "./place";
import type { View } from "./view";

const MOST = 90;
const LONGEST = 34;
const LINE = 16;

/** A name that fits on the map; the panel has all of it. */
export function short(name: string): string {
  const characters = [...name];
  return characters.length <= LONGEST ? name : `${characters.slice(0, LONGEST - 1).join("").trimEnd()}…`;
}

export class Labels {
  /** What was written last. */
  placed: readonly Placed[] = [];
  private readonly widths = new Map<string, number>();
  private ranked: readonly number[] = [];

  constructor(
    private readonly app: App,
    private readonly view: View,
    private readonly context: Pen,
  ) {}

  /** Puts the nodes in the order in which they may claim room. */
  rank(): void {
    const { model, visible, emphasis } = this.app;
    const chosen = model.numberOf(this.app.store.get().chosen);
    const { size, level } = model.data.nodes;
    const weight = (node: number): number =>
      (node === chosen ? 1e6 : 0) +
      (emphasis?.nodes.has(node) ? 1e4 : 0) +
      (level[node] === 1 ? 120 : level[node] === 2 ? 60 : 0) +
      (size[node] ?? 0) +
      Math.min(model.degree(node), 40);
    const shown: number[] = [];
    for (let node = 0; node < model.order; node++) {
      if (visible.node[node] && (!emphasis || emphasis.nodes.has(node))) shown.push(node);
    }
    const weights = new Map(shown.map((node) => [node, weight(node)]));
    this.ranked = shown.sort((one, other) => weights.get(other)! - weights.get(one)! || one - other);
  }

  /** Draws names of clusters, then of nodes. */
  draw(clusters: readonly Label[]): void {
    const { width, height } = this.view.size();
    const places = new Places(width, height);
    this.context.clearRect(0, 0, width, height);
    const hovered = this.view.hovered;
    if (hovered >= 0) this.name(places, hovered);
    for (const label of clusters) places.put(label);
    let tried = 0;
    for (const node of this.ranked) {
      if (places.taken.length >= MOST || tried >= 8 * MOST) break;
      if (node !== hovered && this.view.isDrawn(node) && this.name(places, node)) tried++;
    }
    this.placed = places.taken;
    for (const one of this.placed) this.write(one);
  }

  /** Whether a node is within the canvas; its name is written where there is room. */
  private name(places: Places, node: number): boolean {
    const { x, y } = this.view.at(node);
    const { width, height } = this.view.size();
    if (x < 0 || y < 0 || x > width || y > height) return false;
    const text = short(this.app.model.name(node));
    places.put({ text, x, y, radius: this.view.radius(node) + 4, width: this.width(text), height: LINE });
    return true;
  }

  /** The width of a text in the font of names. */
  width(text: string, bold = false): number {
    const key = bold ? `*${text}` : text;
    let found = this.widths.get(key);
    if (found === undefined) {
      this.context.font = this.font(bold);
      found = Math.ceil(this.context.measureText(text).width);
      this.widths.set(key, found);
    }
    return found;
  }

  private font(bold: boolean): string {
    return `${bold ? 600 : 400} 13px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif`;
  }

  private write({ label, left, top }: Placed): void {
    const { context } = this;
    const { palette } = this.view;
    context.font = this.font(label.centred === true);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = palette.paper;
    context.fillStyle = palette.ink;
    for (const [at, line] of label.text.split("\n").entries()) {
      const x = left + (label.centred ? (label.width - this.width(line, true)) / 2 : 0);
      const y = top + LINE * (at + 0.5);
      context.strokeText(line, x, y);
      context.fillText(line, x, y);
    }
  }
}
