// Clusters as areas: near, a hull around the nodes; far out, a bubble in their place.

import type { App } from "../app";
import type { Label } from "./place";
import { mix } from "./theme";
import type { View } from "./view";

type Point = readonly [number, number];

const TINTS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8a542", "#7f7f9f"];

/** The convex hull of points, in order around it. */
export function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  if (sorted.length < 3) return sorted;
  const half = (those: readonly Point[]): Point[] => {
    const kept: Point[] = [];
    for (const point of those) {
      while (kept.length >= 2 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop();
      kept.push(point);
    }
    kept.pop();
    return kept;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

export interface Area {
  readonly group: number;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  /** Corners of its hull. */
  readonly hull: readonly Point[];
}

/** The shown clusters of a map, and how strongly they are tied to one another. */
export function areas(app: App): { areas: Area[]; ties: Map<string, number> } {
  const { model, visible } = app;
  const found: Area[] = [];
  model.members.forEach((members, group) => {
    const shown = members.filter((node) => visible.node[node]);
    if (shown.length === 0) return;
    const mean = (of: (node: number) => number) => shown.reduce((sum, node) => sum + of(node), 0) / shown.length;
    const points = shown.map((node): Point => [model.x(node), model.y(node)]);
    const [x, y] = [mean((node) => model.x(node)), mean((node) => model.y(node))];
    found.push({ group, count: shown.length, x, y, hull: hull(points) });
  });
  return { areas: found, ties: tiesBetween(app) };
}

function tiesBetween({ model, visible }: App): Map<string, number> {
  const ties = new Map<string, number>();
  const group = model.data.nodes.group;
  for (let edge = 0; edge < model.size; edge++) {
    const [from, to] = [group[model.from(edge)] ?? -1, group[model.to(edge)] ?? -1];
    if (!visible.edge[edge] || from < 0 || to < 0 || from === to) continue;
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    ties.set(key, (ties.get(key) ?? 0) + 1);
  }
  return ties;
}

export class Clusters {
  private shown: readonly Area[] = [];
  private ties: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly app: App,
    private readonly view: View,
    private readonly context: CanvasRenderingContext2D,
  ) {}

  /** Looks again which clusters are shown. */
  recount(): void {
    ({ areas: this.shown, ties: this.ties } = areas(this.app));
  }

  get count(): number {
    return this.shown.length;
  }

  /** The cluster whose bubble is at a place of the canvas, or -1. */
  at(x: number, y: number): number {
    const found = this.shown.find((area) => {
      const centre = this.view.toCanvas(area.x, area.y);
      return Math.hypot(centre.x - x, centre.y - y) <= this.radius(area);
    });
    return found?.group ?? -1;
  }

  draw(): void {
    const { width, height } = this.view.size();
    this.context.clearRect(0, 0, width, height);
    if (this.view.far) this.bubbles();
    else for (const area of this.shown) this.outline(area);
  }

  /** Names and numbers of members, the largest clusters first. */
  labels(width: (text: string, bold: boolean) => number): Label[] {
    return [...this.shown]
      .sort((one, other) => other.count - one.count)
      .map((area) => {
        const lines = [named(this.app.model.data.groups[area.group]?.name ?? ""), String(area.count)];
        const text = this.view.far ? lines.join("\n") : lines.join(": ");
        const widest = Math.max(...text.split("\n").map((line) => width(line, true)));
        const centre = this.view.toCanvas(area.x, area.y);
        const top = Math.min(...area.hull.map(([x, y]) => this.view.toCanvas(x, y).y)) - 22;
        const height = 16 * text.split("\n").length;
        return { text, ...centre, y: this.view.far ? centre.y : top, radius: 0, width: widest, height, centred: true };
      });
  }

  private tint(group: number, way: number): string {
    return mix(TINTS[group % TINTS.length]!, this.view.palette.paper, way);
  }

  private radius(area: Area): number {
    const { width, height } = this.view.size();
    const largest = Math.max(...this.shown.map((one) => one.count), 1);
    return (8 + (Math.min(width, height) / 12) * Math.sqrt(area.count / largest)) / Math.sqrt(this.view.ratio());
  }

  private bubbles(): void {
    const { context } = this;
    const most = Math.max(...this.ties.values(), 1);
    const places = new Map(this.shown.map((area) => [area.group, this.view.toCanvas(area.x, area.y)]));
    context.strokeStyle = mix(this.view.palette.edge, this.view.palette.paper, 0.4);
    for (const [key, count] of this.ties) {
      const [from, to] = key.split(" ").map((group) => places.get(Number(group)));
      if (!from || !to || count < most / 40) continue;
      context.lineWidth = 0.5 + 7 * (count / most);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
    for (const area of this.shown) {
      const place = places.get(area.group)!;
      context.beginPath();
      context.arc(place.x, place.y, this.radius(area), 0, 2 * Math.PI);
      context.fillStyle = this.tint(area.group, 0.55);
      context.fill();
      context.lineWidth = 1.5;
      context.strokeStyle = this.tint(area.group, 0.15);
      context.stroke();
    }
  }

  private outline(area: Area): void {
    const { context } = this;
    const corners = area.hull.map(([x, y]) => this.view.toCanvas(x, y));
    context.beginPath();
    for (const { x, y } of corners) context.lineTo(x, y);
    context.closePath();
    context.lineJoin = "round";
    context.lineCap = "round";
    context.lineWidth = 34;
    context.strokeStyle = this.tint(area.group, 0.88);
    context.stroke();
    context.fillStyle = this.tint(area.group, 0.88);
    context.fill();
  }
}

function named(name: string): string {
  const characters = [...name];
  return characters.length <= 40 ? name : `${characters.slice(0, 39).join("")}…`;
}
