// Which nodes and edges are on the map, and which of them stand out.

import type { Model } from "./model/model";
import type { State } from "./state/state";

/** What a feature leaves out: only what every restriction lets through is shown. */
export interface Restriction {
  readonly node?: (node: number) => boolean;
  readonly edge?: (edge: number) => boolean;
}

/** Asked again for every state; null while it restricts nothing. */
export type Restrict = (state: State, model: Model) => Restriction | null;

/** What stands out; the rest of the map is dimmed. */
export interface Emphasis {
  readonly nodes: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
  /** Whether it only dims the rest: ties, and what is a bubble far out, look as ever. */
  readonly onlyDims?: boolean;
}

/** Null while it has nothing to say. */
export type Emphasise = (state: State, model: Model) => Emphasis | null;

export interface Visible {
  readonly node: Uint8Array;
  readonly edge: Uint8Array;
  readonly nodes: number;
  readonly edges: number;
}

/** The nodes and edges that a state shows. */
export function visible(model: Model, state: State, restricts: readonly Restrict[]): Visible {
  const all = restricts.map((one) => one(state, model)).filter((one) => one !== null);
  const nodeTests = all.flatMap((one) => one.node ?? []);
  const edgeTests = all.flatMap((one) => one.edge ?? []);
  const node = new Uint8Array(model.order);
  for (let one = 0; one < model.order; one++) {
    node[one] = nodeTests.every((test) => test(one)) ? 1 : 0;
  }
  const edge = new Uint8Array(model.size);
  let edges = 0;
  for (let one = 0; one < model.size; one++) {
    const drawn = node[model.from(one)] && node[model.to(one)] && edgeTests.every((test) => test(one));
    edge[one] = drawn ? 1 : 0;
    edges += edge[one]!;
  }
  return { node, edge, edges, nodes: node.reduce((sum, one) => sum + one, 0) };
}

/**
 * Leaves out what only types tie that are hidden from the start and still are, such as employees
 * that only people know: loose dots would tell nothing.
 */
export const untied: Restrict = (state, model) => {
  const hidden = new Set(model.data.hidden.filter((type) => state.hide.includes(type)));
  if (hidden.size === 0) return null;
  const isHidden = model.data.types.map((type) => hidden.has(type.name));
  const types = model.data.nodes.type;
  const customer = model.data.types.findIndex((type) => type.name === "Customer");
  return {
    node: (node) => {
      if (node === model.data.centre || model.degree(node) === 0) return true;
      if (types[node] === customer) return true;
      for (const { other } of model.tiesOf(node)) {
        if (!isHidden[types[other] ?? -1]) return true;
      }
      return false;
    },
  };
};
