// The shortest chains between two nodes, none of which passes a node twice (Yen 1971).

import type { Model } from "../model/model";
import { Heap } from "./heap";

export interface Chain {
  readonly nodes: readonly number[];
  /** Between each node and the next. */
  readonly edges: readonly number[];
}

type Open = (edge: number) => boolean;

/** Fewest steps first; the parts of a step that weak ties add never make up a whole one. */
function costOf(model: Model, edge: number): number {
  return 1 + (1 - model.strength(edge)) / (model.order + 1);
}

/**
 * Up to some chains between two nodes along open ties, whichever way these point: fewest steps
 * first, of equally long ones that with the strongest ties.
 */
export function chains(model: Model, open: Open, from: number, to: number, upTo: number): Chain[] {
  if (from < 0 || to < 0 || from === to) return [];
  const search = new Search(model, open, to);
  const first = search.onwards([from], new Set());
  const found = first ? [first] : [];
  const candidates = new Map<string, number[]>();
  while (found.length > 0 && found.length < upTo) {
    for (const nodes of branches(search, found)) candidates.set(nodes.join(" "), nodes);
    const known = new Set(found.map((one) => one.join(" ")));
    const next = least(search, candidates, known);
    if (!next) break;
    candidates.delete(next.join(" "));
    found.push(next);
  }
  return found.map((nodes) => ({ nodes, edges: search.edgesOf(nodes) }));
}

/** What leaves the last chain found somewhere and goes on as no chain found does. */
function* branches(search: Search, found: readonly number[][]): Generator<number[]> {
  const last = found.at(-1)!;
  for (let at = 0; at < last.length - 1; at++) {
    const root = last.slice(0, at + 1);
    const sameRoot = found.filter((one) => root.every((node, place) => one[place] === node));
    const nodes = search.onwards(root, new Set(sameRoot.map((one) => one[at + 1]!)));
    if (nodes) yield nodes;
  }
}

function least(search: Search, candidates: Map<string, number[]>, known: Set<string>): number[] | undefined {
  let [best, lowest] = [undefined as number[] | undefined, Infinity];
  for (const [key, nodes] of candidates) {
    const cost = known.has(key) ? Infinity : search.cost(nodes);
    if (cost < lowest) [best, lowest] = [nodes, cost];
  }
  return best;
}

/** Searches towards one node; what is left to it at least, from every node, is computed once. */
class Search {
  private readonly left: Float64Array;

  constructor(
    private readonly model: Model,
    private readonly open: Open,
    private readonly to: number,
  ) {
    this.left = this.distances();
  }

  private distances(): Float64Array {
    const left = new Float64Array(this.model.order).fill(Infinity);
    left[this.to] = 0;
    const heap = new Heap();
    heap.push(0, this.to);
    for (let entry = heap.pop(); entry; entry = heap.pop()) {
      if (entry.rank > left[entry.node]!) continue;
      for (const { edge, other } of this.model.tiesOf(entry.node)) {
        const cost = entry.rank + costOf(this.model, edge);
        if (!this.open(edge) || cost >= left[other]!) continue;
        left[other] = cost;
        heap.push(cost, other);
      }
    }
    return left;
  }

  /** The cheapest chain that begins with some nodes and does not go on to any of others. */
  onwards(root: readonly number[], not: ReadonlySet<number>): number[] | null {
    const start = root.at(-1)!;
    const spent = new Map([[start, 0]]);
    const cameFrom = new Map<number, number>();
    const closed = new Set(root.slice(0, -1));
    const heap = new Heap();
    heap.push(this.left[start]!, start);
    for (let entry = heap.pop(); entry; entry = heap.pop()) {
      const { node } = entry;
      if (node === this.to) return [...root.slice(0, -1), ...trace(cameFrom, node)];
      if (closed.has(node)) continue;
      closed.add(node);
      for (const { edge, other } of this.model.tiesOf(node)) {
        if (!this.open(edge) || closed.has(other) || (node === start && not.has(other))) continue;
        const cost = spent.get(node)! + costOf(this.model, edge);
        if (this.left[other] === Infinity || cost >= (spent.get(other) ?? Infinity)) continue;
        spent.set(other, cost);
        cameFrom.set(other, node);
        heap.push(cost + this.left[other]!, other);
      }
    }
    return null;
  }

  cost(nodes: readonly number[]): number {
    return this.edgesOf(nodes).reduce((sum, edge) => sum + costOf(this.model, edge), 0);
  }

  edgesOf(nodes: readonly number[]): number[] {
    return edgesAlong(this.model, nodes, this.open);
  }
}

function trace(cameFrom: ReadonlyMap<number, number>, end: number): number[] {
  const nodes = [end];
  for (let at = cameFrom.get(end); at !== undefined; at = cameFrom.get(at)) nodes.unshift(at);
  return nodes;
}

/** The strongest open tie between each node and the next; none where two are not tied. */
export function edgesAlong(model: Model, nodes: readonly number[], open: Open = () => true): number[] {
  const edges: number[] = [];
  for (let at = 0; at + 1 < nodes.length; at++) {
    let best = -1;
    for (const { edge, other } of model.tiesOf(nodes[at]!)) {
      if (other !== nodes[at + 1] || !open(edge)) continue;
      if (best < 0 || model.strength(edge) > model.strength(best)) best = edge;
    }
    if (best >= 0) edges.push(best);
  }
  return edges;
}
