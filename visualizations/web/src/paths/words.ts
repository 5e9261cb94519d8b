// A chain of ties in words.

import type { Model } from "../model/model";
import type { Chain } from "./chains";

/** Such as "Acme, through FABTECH 2025 and Bolt, to Cedar". */
export function told(model: Model, { nodes }: Chain): string {
  const names = nodes.map((node) => model.name(node));
  const [from, to] = [names.at(0), names.at(-1)];
  const between = listed(names.slice(1, -1));
  return between === "" ? `${from}, directly to ${to}` : `${from}, through ${between}, to ${to}`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** A tie as a sentence in the direction in which it holds: "Acme was at FABTECH 2025". */
export function sentence(model: Model, edge: number): string {
  return `${model.name(model.from(edge))} ${model.relation(edge)} ${model.name(model.to(edge))}`;
}

/** How far a tie is to be believed, when it was and where it was read. */
export function origin(model: Model, edge: number): string {
  const detail = model.detail(edge);
  const when = detail === "" ? span(model, edge) : "";
  return [model.stated(edge) ? "stated" : "inferred", when, detail].filter(Boolean).join(" · ");
}

/** The days of a tie; empty when none is known. */
export function span(model: Model, edge: number): string {
  const [first, last] = model.days(edge);
  return first === last || last === "" ? first : first === "" ? last : `${first} to ${last}`;
}
