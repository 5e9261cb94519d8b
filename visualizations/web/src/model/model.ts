// The network as the page works with it: nodes and edges are numbers, the rest is looked up.

import Graph from "graphology";

import { CHANGES, type Change, type FindingRow, LEVELS, type Level, type PageData } from "./columns";

export interface Fact {
  readonly text: string;
  readonly source: string;
  readonly stated: boolean;
  /** Such as 2025-03-31, or empty. */
  readonly on: string;
}

export interface Tie {
  readonly edge: number;
  /** The node at its other end. */
  readonly other: number;
  /** Whether the edge begins here. */
  readonly out: boolean;
}

/** A day since 1970 as 2025-03-31; empty for none. */
export function isoDay(day: number | null | undefined): string {
  return day === null || day === undefined ? "" : new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export class Model {
  readonly graph: Graph;
  readonly order: number;
  readonly size: number;
  /** The nodes of each cluster. */
  readonly members: readonly (readonly number[])[];
  private readonly begin: Uint32Array;
  private readonly ties: Uint32Array;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly findingsOf = new Map<number, FindingRow[]>();

  constructor(readonly data: PageData) {
    this.order = data.nodes.id.length;
    this.size = data.edges.source.length;
    this.numbers = new Map(data.nodes.id.map((id, node) => [id, node]));
    [this.begin, this.ties] = adjacency(this.order, data.edges.source, data.edges.target);
    const members: number[][] = data.groups.map(() => []);
    data.nodes.group.forEach((group, node) => members[group]?.push(node));
    this.members = members;
    for (const one of data.findings) {
      const those = this.findingsOf.get(one.node);
      if (those) those.push(one);
      else this.findingsOf.set(one.node, [one]);
    }
    this.graph = drawn(data);
  }

  /** The number of the node with this id, or -1. */
  numberOf(id: string): number {
    return this.numbers.get(id) ?? -1;
  }

  id(node: number): string {
    return this.data.nodes.id[node] ?? "";
  }

  name(node: number): string {
    return this.data.nodes.name[node] ?? "";
  }

  aliases(node: number): readonly string[] {
    return this.data.nodes.aliases[String(node)] ?? [];
  }

  /** The file of the page about it, or empty. */
  page(node: number): string {
    return this.data.pages[String(node)] ?? "";
  }

  type(node: number): string {
    return this.data.types[this.data.nodes.type[node] ?? -1]?.name ?? "";
  }

  /** The name of its cluster, or empty. */
  group(node: number): string {
    return this.data.groups[this.data.nodes.group[node] ?? -1]?.name ?? "";
  }

  level(node: number): Level {
    return LEVELS[this.data.nodes.level[node] ?? 0] ?? "";
  }

  change(node: number): Change {
    return CHANGES[this.data.nodes.change[node] ?? 0] ?? "";
  }

  x(node: number): number {
    return (this.data.nodes.x[node] ?? 0) / 10_000;
  }

  y(node: number): number {
    return (this.data.nodes.y[node] ?? 0) / 10_000;
  }

  facts(node: number): readonly Fact[] {
    return (this.data.nodes.facts[node] ?? []).map(([text, source, stated, day]) => ({
      text,
      source: this.data.sources[source] ?? "",
      stated: stated === 1,
      on: isoDay(day),
    }));
  }

  findings(node: number): readonly FindingRow[] {
    return this.findingsOf.get(node) ?? [];
  }

  from(edge: number): number {
    return this.data.edges.source[edge] ?? -1;
  }

  to(edge: number): number {
    return this.data.edges.target[edge] ?? -1;
  }

  relation(edge: number): string {
    return this.data.relations[this.data.edges.relation[edge] ?? -1] ?? "";
  }

  /** 0 to 1, the strongest of the map. */
  strength(edge: number): number {
    return (this.data.edges.strength[edge] ?? 0) / 1000;
  }

  stated(edge: number): boolean {
    return this.data.edges.stated[edge] === 1;
  }

  edgeChange(edge: number): Change {
    return CHANGES[this.data.edges.change[edge] ?? 0] ?? "";
  }

  detail(edge: number): string {
    return this.data.edges.detail[edge] ?? "";
  }

  /** First and last day as 2025-03-31; empty where unknown. */
  days(edge: number): readonly [string, string] {
    return [isoDay(this.data.edges.first[edge]), isoDay(this.data.edges.last[edge])];
  }

  /** The months (year * 12 + month - 1) in which it happened, once a time, ascending. */
  months(edge: number): readonly number[] {
    let month = 0;
    return (this.data.edges.months[edge] ?? []).map((step) => (month += step));
  }

  /** Where it was read, such as "orders.csv row 3-7". */
  rows(edge: number): readonly string[] {
    return (this.data.edges.rows[edge] ?? []).map((source) => this.data.sources[source] ?? "");
  }

  degree(node: number): number {
    return (this.begin[node + 1] ?? 0) - (this.begin[node] ?? 0);
  }

  /** Every edge at a node. */
  *tiesOf(node: number): Generator<Tie> {
    const end = this.begin[node + 1] ?? 0;
    for (let at = this.begin[node] ?? 0; at < end; at++) {
      const edge = this.ties[at] ?? 0;
      const out = this.from(edge) === node;
      yield { edge, out, other: out ? this.to(edge) : this.from(edge) };
    }
  }
}

/** The edges at each node one after the other, and where those of each node begin. */
function adjacency(
  order: number,
  source: readonly number[],
  target: readonly number[],
): [Uint32Array, Uint32Array] {
  const begin = new Uint32Array(order + 1);
  const ends = (edge: number): number[] => {
    const [from, to] = [source[edge] ?? 0, target[edge] ?? 0];
    return from === to ? [from] : [from, to];
  };
  for (let edge = 0; edge < source.length; edge++) {
    for (const node of ends(edge)) begin[node + 1] = (begin[node + 1] ?? 0) + 1;
  }
  for (let node = 0; node < order; node++) {
    begin[node + 1] = (begin[node + 1] ?? 0) + (begin[node] ?? 0);
  }
  const next = begin.slice();
  const ties = new Uint32Array(begin[order] ?? 0);
  for (let edge = 0; edge < source.length; edge++) {
    for (const node of ends(edge)) ties[next[node]!++] = edge;
  }
  return [begin, ties];
}

/** What sigma draws: keys are the numbers as text. */
function drawn(data: PageData): Graph {
  const graph = new Graph({ multi: true, type: "directed", allowSelfLoops: true });
  data.nodes.id.forEach((_, node) => {
    graph.addNode(String(node), {
      x: (data.nodes.x[node] ?? 0) / 10_000,
      y: (data.nodes.y[node] ?? 0) / 10_000,
    });
  });
  data.edges.source.forEach((source, edge) => {
    graph.addDirectedEdgeWithKey(String(edge), String(source), String(data.edges.target[edge]));
  });
  return graph;
}
