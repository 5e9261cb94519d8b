// Which nodes and ties the filters let through.

import type { MeasureColumn } from "../model/columns";
import type { Model } from "../model/model";
import type { Range, State } from "../state/state";
import type { Restriction } from "../visible";

/** Where a value stands on a slider, and back: large figures are spread by their logarithm. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly place: (value: number) => number;
  readonly value: (place: number) => number;
}

/** The scale of a measure's values; nothing where fewer than two differ. */
export function scaleOf(measure: MeasureColumn): Scale | null {
  const values = measure.values.filter((one) => one !== null);
  const low = values.reduce((one, other) => Math.min(one, other), Infinity);
  const high = values.reduce((one, other) => Math.max(one, other), -Infinity);
  if (!(low < high)) return null;
  const skewed = measure.kind === "number" && low >= 0 && high > 10 * median(values);
  const wide = measure.kind === "number" && low > 0 && high / low > 500;
  const [to, from] = skewed || wide ? [Math.log1p, Math.expm1] : [same, same];
  const [start, end] = [to(low), to(high)];
  return {
    low,
    high,
    place: (value) => (to(value) - start) / (end - start),
    value: (place) => (place <= 0 ? low : place >= 1 ? high : from(start + place * (end - start))),
  };
}

const same = (value: number): number => value;

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** How many values fall into each of some equal parts of a scale. */
export function histogram(measure: MeasureColumn, scale: Scale, bars: number): number[] {
  const counts = new Array<number>(bars).fill(0);
  for (const value of measure.values) {
    if (value === null) continue;
    const bar = Math.min(bars - 1, Math.floor(scale.place(value) * bars));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts;
}

type Test = (node: number) => boolean;

/** A filter, and the types that it is about: an order volume says nothing about trade shows. */
interface Filter {
  readonly types: ReadonlySet<number>;
  readonly test: Test;
}

function filter(model: Model, has: Test, test: Test): Filter {
  const types = new Set<number>();
  for (let node = 0; node < model.order; node++) {
    if (has(node)) types.add(model.data.nodes.type[node] ?? -1);
  }
  return { types, test };
}

function filtersOf(model: Model, state: State): Filter[] {
  const made: Filter[] = [];
  const { levels, groups, ranges } = state;
  if (levels.length) {
    made.push(filter(model, (node) => model.level(node) !== "", (node) => levels.includes(model.level(node))));
  }
  if (groups.length) {
    const kept = model.data.groups.map((group) => groups.includes(group.name));
    const of = model.data.nodes.group;
    made.push(filter(model, (node) => of[node] !== -1, (node) => kept[of[node] ?? -1] === true));
  }
  for (const measure of model.data.measures) {
    const range = ranges[measure.column];
    if (range) made.push(filter(model, (node) => has(measure, node), (node) => lies(measure, node, range)));
  }
  return made;
}

function has(measure: MeasureColumn, node: number): boolean {
  return measure.values[node] !== null && measure.values[node] !== undefined;
}

function lies(measure: MeasureColumn, node: number, [low, high]: Range): boolean {
  const value = measure.values[node];
  return value !== null && value !== undefined && value >= low && value <= high;
}

/**
 * What all filters together leave: nodes that they are about and that pass, and of the other types
 * what is tied to one of these.
 */
export function filtered(state: State, model: Model): Restriction | null {
  const without = new Set(state.without);
  const edge = (one: number): boolean => !without.has(model.relation(one));
  const all = filtersOf(model, state);
  if (all.length === 0) return without.size ? { edge } : null;
  const { type } = model.data.nodes;
  const passes = (node: number): boolean => all.every((one) => !one.types.has(type[node] ?? -1) || one.test(node));
  const isMeant = (node: number): boolean => all.some((one) => one.types.has(type[node] ?? -1));
  const kept = new Uint8Array(model.order);
  for (let node = 0; node < model.order; node++) {
    if (!isMeant(node) || !passes(node)) continue;
    kept[node] = 1;
    for (const tie of model.tiesOf(node)) {
      if (edge(tie.edge) && !isMeant(tie.other)) kept[tie.other] = 1;
    }
  }
  return { node: (node) => kept[node] === 1, edge };
}
