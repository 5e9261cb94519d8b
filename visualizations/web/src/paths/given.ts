// The paths that the page was made for.

import type { PageData } from "../model/columns";
import type { Model } from "../model/model";
import { type PathAsked, same } from "../state/state";
import { type Chain, edgesAlong } from "./chains";

/** How many ways are looked for unless somebody asks for more. */
export const WAYS = 5;

/** The question that the paths in the data answer; null when they are not what the page is about. */
export function askedFirst(data: PageData): PathAsked | null {
  const [from, to] = [data.paths[0]?.at(0), data.paths[0]?.at(-1)];
  if (data.emphasis !== "path" || from === undefined || to === undefined) return null;
  const { id } = data.nodes;
  return { from: id[from] ?? "", to: id[to] ?? "", upTo: WAYS, shown: 0, without: [] };
}

/** The paths in the data, when they answer what is asked. */
export function given(model: Model, asked: PathAsked): Chain[] | null {
  const first = askedFirst(model.data);
  if (!first || !same({ ...asked, shown: 0 }, first)) return null;
  return model.data.paths.map((nodes) => ({ nodes, edges: edgesAlong(model, nodes) }));
}
