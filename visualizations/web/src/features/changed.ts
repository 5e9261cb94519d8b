// What is new, gone and changed between two days.

import type { Change, FindingRow } from "../model/columns";
import type { Model } from "../model/model";

export type Kind = Exclude<Change, "">;
export const KINDS: readonly Kind[] = ["new", "gone", "changed"];

export interface Changed {
  readonly kind: Kind;
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly findings: readonly FindingRow[];
}

/** What became of nodes, ties and findings, by what became of them. */
export function changed(model: Model): Changed[] {
  const all = (count: number, of: (item: number) => Change, kind: Kind): number[] =>
    Array.from({ length: count }, (_, item) => item).filter((item) => of(item) === kind);
  return KINDS.map((kind) => ({
    kind,
    nodes: all(model.order, (node) => model.change(node), kind).sort((one, other) => byWeight(model, one, other)),
    edges: all(model.size, (edge) => model.edgeChange(edge), kind).sort((one, other) => model.strength(other) - model.strength(one)),
    findings: model.data.findings.filter((one) => one.change === kind),
  }));
}

/** What is shown from the start first, then the largest; those of one size by name. */
function byWeight(model: Model, one: number, other: number): number {
  const { size } = model.data.nodes;
  const hidden = (node: number): number => Number(model.data.hidden.includes(model.type(node)));
  return hidden(one) - hidden(other) || (size[other] ?? 0) - (size[one] ?? 0) || model.name(one).localeCompare(model.name(other));
}

/** Such as "3 nodes, 12 ties, 1 finding". */
export function counted({ nodes, edges, findings }: Changed): string {
  const parts: readonly (readonly [number, string])[] = [
    [nodes.length, "node"],
    [edges.length, "tie"],
    [findings.length, "finding"],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, one]) => `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`);
  return told.join(", ") || "nothing";
}

/** What the map says that a node was before: its first facts, which no row of a file states. */
export function wasBefore(model: Model, node: number): string[] {
  const facts = model.facts(node);
  const end = facts.findIndex((fact) => fact.source !== "" || fact.on !== "");
  return facts.slice(0, end < 0 ? facts.length : end).map((fact) => fact.text);
}
