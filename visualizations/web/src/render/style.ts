// How each node and edge looks in the present state.

import type { App } from "../app";
import type { MarkedEdge, Pattern } from "./edge-program";
import type { MarkedNode, Ring } from "./node-program";
import { type Shape, shapeOf } from "./shapes";
import { dimmed, legible, mix, type Palette } from "./theme";
import type { View } from "./view";

/** Edges at once that a processor without a GPU draws in time, and that one with a GPU does. */
const BUDGET = { software: 2500, hardware: 30_000 };
/** Nodes without a cluster that are drawn far out; more of them would hide the bubbles. */
const ALONE = 150;
const NO_EDGE = { hidden: true } as const;
const NO_MARK: readonly [Ring, keyof Palette] = ["none", "ink"];
const LEVEL_RING = { alert: ["solid", "alert"], watch: ["dashed", "watch"], "": NO_MARK } as const;
export const RING_OF_CHANGE = {
  new: ["double", "new"],
  gone: ["dotted", "gone"],
  changed: ["dashed", "changed"],
} as const;
const CHANGE_RING = { ...RING_OF_CHANGE, "": NO_MARK } as const;
export const LINE_OF_CHANGE = { new: "double", gone: "dotted", changed: "dashdot" } as const;

export class Style {
  private colors: string[] = [];
  private dimColors: string[] = [];
  private readonly shapes: Shape[];
  private drawnEdges = new Uint8Array();
  private readonly byStrength: Uint32Array;
  private chosen = -1;
  private fewAlone = false;
  /** Whether all shown ties are drawn, rather than the strongest. */
  drawsAll = true;

  constructor(
    private readonly app: App,
    private readonly view: View,
    private readonly software: boolean,
  ) {
    const { model } = app;
    this.shapes = model.data.types.map((type, number) => shapeOf(type.name, number));
    this.byStrength = Uint32Array.from({ length: model.size }, (_, edge) => edge);
    this.byStrength.sort((one, other) => model.strength(other) - model.strength(one) || one - other);
  }

  /** Looks up once what all nodes and edges of the state share. */
  prepare(): void {
    const { palette } = this.view;
    const { model, store } = this.app;
    this.colors = model.data.types.map((type) => legible(type.color, palette));
    this.dimColors = this.colors.map((color) => dimmed(color, palette));
    this.chosen = model.numberOf(store.get().chosen);
    this.drawnEdges = this.strongest();
    const { group } = model.data.nodes;
    this.fewAlone = this.app.visible.node.filter((shown, node) => shown && group[node] === -1).length <= ALONE;
  }

  /** The edges that are drawn: what stands out, then the strongest within the budget. */
  private strongest(): Uint8Array<ArrayBuffer> {
    const { visible, emphasis } = this.app;
    const drawn = new Uint8Array(visible.edge.length);
    let left = this.software ? BUDGET.software : BUDGET.hardware;
    for (const edge of emphasis?.edges ?? []) drawn[edge] = visible.edge[edge] ?? 0;
    for (const edge of this.byStrength) {
      if (left <= 0) break;
      if (!visible.edge[edge] || drawn[edge]) continue;
      drawn[edge] = 1;
      left--;
    }
    this.drawsAll = left > 0;
    return drawn;
  }

  isDrawn(node: number): boolean {
    if (!this.app.visible.node[node]) return false;
    const { emphasis } = this.app;
    if (!this.view.far || node === this.chosen || (emphasis?.nodes.has(node) && !emphasis.onlyDims)) return true;
    return this.fewAlone && (this.app.model.data.nodes.group[node] ?? -1) < 0;
  }

  /** The colour of a type on the present paper. */
  typeColor(type: number): string {
    return this.colors[type] ?? this.view.palette.ink;
  }

  color(node: number): string {
    const type = this.app.model.data.nodes.type[node] ?? 0;
    const dim = this.app.emphasis !== null && !this.app.emphasis.nodes.has(node);
    return (dim ? this.dimColors[type] : this.colors[type]) ?? this.view.palette.ink;
  }

  radius(node: number): number {
    const { order } = this.app.model;
    const [least, more] = order > 3000 ? [3, 7] : order > 400 ? [4, 10] : [6, 14];
    const full = least + (more * (this.app.model.data.nodes.size[node] ?? 0)) / 100;
    return full * this.view.small;
  }

  node(node: number): Partial<MarkedNode> {
    const { model, emphasis } = this.app;
    const place = { x: model.x(node), y: model.y(node) };
    if (!this.isDrawn(node)) return { ...place, hidden: true };
    const dim = emphasis !== null && !emphasis.nodes.has(node);
    const [ring, ringColor] = this.ring(node);
    return {
      ...place,
      size: this.radius(node),
      color: this.color(node),
      shape: this.shapes[model.data.nodes.type[node] ?? 0]!,
      ring: dim ? "none" : ring,
      ringColor: this.view.palette[ringColor],
      zIndex: node === this.chosen ? 3 : dim ? 0 : ring === "none" ? 1 : 2,
    };
  }

  private ring(node: number): readonly [Ring, keyof Palette] {
    if (node === this.chosen) return ["solid", "accent"];
    const { model } = this.app;
    if (model.data.emphasis === "difference") return CHANGE_RING[model.change(node)];
    return LEVEL_RING[model.level(node)];
  }

  edge(edge: number): Partial<MarkedEdge> {
    const { model, emphasis } = this.app;
    const [from, to] = [model.from(edge), model.to(edge)];
    if (!this.drawnEdges[edge] || !this.isDrawn(from) || !this.isDrawn(to)) return NO_EDGE;
    const out = emphasis?.edges.has(edge) ?? false;
    if (this.view.far && !out) return NO_EDGE;
    const stated = model.stated(edge);
    const change = model.edgeChange(edge);
    if (out && change) {
      const pattern: Pattern = LINE_OF_CHANGE[change];
      return { size: 3.5 + 1.5 * model.strength(edge), color: this.view.palette[change], pattern, zIndex: 1 };
    }
    return {
      size: (out ? 1.6 : 0.8) + 2.2 * model.strength(edge),
      color: this.edgeColor(out, stated),
      pattern: stated ? "full" : "dashed",
      zIndex: out ? 1 : 0,
    };
  }

  private edgeColor(out: boolean, stated: boolean): string {
    const { palette } = this.view;
    if (out) return mix(palette.ink, palette.paper, stated ? 0.25 : 0.4);
    const way = this.app.emphasis && !this.app.emphasis.onlyDims ? 0.75 : stated ? 0.4 : 0.5;
    return mix(palette.edge, palette.paper, way);
  }
}
