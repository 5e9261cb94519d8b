// Clusters as areas: near, a hull around the nodes; far out, a bubble in their place.

import type { App } from "../app";
import type { Label } from "./place";
import type { Pen } from "./pen";
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
  /** Half the way to the nearest other cluster. */
  readonly room: number;
}

export interface ClusterTie {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** More ties between clusters than this a cluster tell nothing. */
const TIES_A_CLUSTER = 2;
/** More of them at once are a grey area and no ties. */
const MOST_TIES = 150;
/** So many have room to be as wide as they are strong; of more each is thinner. */
const WIDE_TIES = 40;

/** The shown clusters of a map. */
export function areas({ model, visible }: App): Area[] {
  const found: Omit<Area, "room">[] = [];
  model.members.forEach((members, group) => {
    const shown = members.filter((node) => visible.node[node]);
    if (shown.length === 0) return;
    const mean = (of: (node: number) => number) => shown.reduce((sum, node) => sum + of(node), 0) / shown.length;
    const points = shown.map((node): Point => [model.x(node), model.y(node)]);
    const [x, y] = [mean((node) => model.x(node)), mean((node) => model.y(node))];
    found.push({ group, count: shown.length, x, y, hull: hull(points) });
  });
  return found.map((area) => ({ ...area, room: roomOf(area, found) }));
}

function roomOf(area: Omit<Area, "room">, all: readonly Omit<Area, "room">[]): number {
  const away = all.map((other) => (other === area ? Infinity : Math.hypot(other.x - area.x, other.y - area.y)));
  return Math.min(...away) / 2;
}

/** How many ties between so many clusters can be told apart. */
export function tiesWorthDrawing(clusters: number): number {
  return Math.min(TIES_A_CLUSTER * clusters, MOST_TIES);
}

/** The strongest ties between clusters, the weakest of them first. */
export function tiesBetween({ model, visible }: App): ClusterTie[] {
  const counts = new Map<number, number>();
  const { group } = model.data.nodes;
  const groups = model.data.groups.length;
  for (let edge = 0; edge < model.size; edge++) {
    const [one, other] = [group[model.from(edge)] ?? -1, group[model.to(edge)] ?? -1];
    if (!visible.edge[edge] || one < 0 || other < 0 || one === other) continue;
    const key = Math.min(one, other) * groups + Math.max(one, other);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([key, count]) => ({ from: Math.floor(key / groups), to: key % groups, count }))
    .sort((one, other) => one.count - other.count)
    .slice(-tiesWorthDrawing(groups));
}

export class Clusters {
  private shown: readonly Area[] = [];
  private ties: readonly ClusterTie[] = [];

  constructor(
    private readonly app: App,
    private readonly view: View,
    private readonly context: Pen,
  ) {}

  /** Looks again which clusters are shown. */
  recount(): void {
    this.shown = areas(this.app);
    this.ties = tiesBetween(this.app);
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

  /**
   * Names and numbers of members, the largest clusters first; then, for bubbles whose name has no
   * room, the number alone.
   */
  labels(width: (text: string, bold: boolean) => number): Label[] {
    const first = this.view.hoveredCluster;
    const rank = (area: Area): number => (area.group === first ? Infinity : area.count);
    const sorted = [...this.shown].sort((one, other) => rank(other) - rank(one) || one.group - other.group);
    const name = (area: Area): string => this.app.model.data.groups[area.group]?.name ?? "";
    if (!this.view.far) return sorted.map((area) => this.label(area, [`${cut(name(area), 40)}: ${area.count}`], width));
    return [
      ...sorted.map((area) => this.label(area, [...wrapped(name(area)), String(area.count)], width)),
      ...sorted.map((area) => this.label(area, [String(area.count)], width)),
    ];
  }

  private label(area: Area, lines: readonly string[], width: (text: string, bold: boolean) => number): Label {
    const { x, y } = this.view.toCanvas(area.x, area.y);
    const top = Math.min(...area.hull.map((corner) => this.view.toCanvas(...corner).y)) - 22;
    return {
      text: lines.join("\n"),
      x,
      y: this.view.far ? y : top,
      radius: 0,
      width: Math.max(...lines.map((line) => width(line, true))),
      height: 16 * lines.length,
      centred: true,
      about: area.group,
    };
  }

  private tint(group: number, way: number): string {
    return mix(TINTS[group % TINTS.length]!, this.view.palette.paper, way);
  }

  private radius(area: Area): number {
    const { width, height } = this.view.size();
    const largest = Math.max(...this.shown.map((one) => one.count), 1);
    const wanted = 8 + (Math.min(width, height) / 12) * Math.sqrt(area.count / largest);
    const room = 0.94 * area.room * this.view.scale();
    return Math.max(5, Math.min(wanted / Math.sqrt(this.view.ratio()), room));
  }

  private bubbles(): void {
    const { context } = this;
    const most = this.ties.at(-1)?.count ?? 1;
    const widest = 7 * Math.min(1, WIDE_TIES / Math.max(this.ties.length, 1));
    const places = new Map(this.shown.map((area) => [area.group, this.view.toCanvas(area.x, area.y)]));
    context.strokeStyle = mix(this.view.palette.edge, this.view.palette.paper, 0.4);
    for (const tie of this.ties) {
      const [from, to] = [places.get(tie.from), places.get(tie.to)];
      if (!from || !to) continue;
      context.lineWidth = 0.5 + widest * (tie.count / most);
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

function cut(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("").trimEnd()}…`;
}

/** A name in up to three short lines. */
export function wrapped(name: string): string[] {
  const lines: string[] = [];
  for (const word of cut(name, 42).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && (last.length + word.length < 16 || lines.length === 3)) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
