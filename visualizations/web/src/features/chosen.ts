// The chosen node and what it is tied to stand out.

import type { App } from "../app";
import type { Emphasis } from "../visible";

/** A node, its shown neighbours and the ties between. */
export function aroundNode(app: App, node: number): Emphasis {
  const nodes = new Set([node]);
  const edges = new Set<number>();
  for (const { edge, other } of app.model.tiesOf(node)) {
    if (!app.visible.edge[edge]) continue;
    nodes.add(other);
    edges.add(edge);
  }
  return { nodes, edges };
}

export function chosen(app: App): void {
  app.emphasise(20, (state, model) => {
    const node = model.numberOf(state.chosen);
    return node < 0 ? null : aroundNode(app, node);
  });
}
