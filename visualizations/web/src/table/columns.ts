// What is known of nodes and ties in columns: for the table, for CSV and for Gephi.

import { type MeasureColumn } from "../model/columns";
import { isoDay, type Model } from "../model/model";

export type Value = string | number | null;

export interface DataColumn {
  readonly heading: string;
  readonly isNumber: boolean;
  readonly of: (item: number) => Value;
}

const text = (heading: string, of: (item: number) => string): DataColumn => ({ heading, isNumber: false, of });
const number = (heading: string, of: (item: number) => number | null): DataColumn => ({ heading, isNumber: true, of });

/** The columns of nodes, without their ids. */
export function nodeColumns(model: Model): DataColumn[] {
  const { groups, findings, emphasis, measures } = model.data;
  return [
    text("Name", (node) => model.name(node)),
    text("Type", (node) => model.type(node)),
    ...(groups.length ? [text("Cluster", (node) => model.group(node))] : []),
    ...(findings.length ? [text("Level", (node) => model.level(node))] : []),
    ...(emphasis === "difference" ? [text("Change", (node) => model.change(node))] : []),
    number("Ties", (node) => model.degree(node)),
    ...measures.map(measured),
  ];
}

function measured(measure: MeasureColumn): DataColumn {
  const heading = measure.unit ? `${measure.label} (${measure.unit})` : measure.label;
  const value = (node: number): number | null => measure.values[node] ?? null;
  return measure.kind === "day" ? text(heading, (node) => isoDay(value(node))) : number(heading, value);
}

/** The columns of ties, without the ids of their ends. */
export function edgeColumns(model: Model): DataColumn[] {
  return [
    text("From", (edge) => model.name(model.from(edge))),
    text("Relation", (edge) => model.relation(edge)),
    text("To", (edge) => model.name(model.to(edge))),
    text("Known from", (edge) => (model.stated(edge) ? "stated" : "inferred")),
    text("First", (edge) => model.days(edge)[0]),
    text("Last", (edge) => model.days(edge)[1]),
    number("Strength", (edge) => model.strength(edge)),
    ...(model.data.emphasis === "difference" ? [text("Change", (edge) => model.edgeChange(edge))] : []),
    text("Detail", (edge) => model.detail(edge)),
    text("Rows", (edge) => model.rows(edge).join("; ")),
  ];
}

/** Items in the order of a column; what has no value comes last either way. */
export function sorted(items: readonly number[], column: DataColumn, descending: boolean): number[] {
  const values = new Map(items.map((item) => [item, column.of(item)]));
  const way = descending ? -1 : 1;
  const collator = new Intl.Collator("en", { numeric: true });
  return [...items].sort((one, other) => {
    const [a, b] = [values.get(one)!, values.get(other)!];
    const [noA, noB] = [a === null || a === "", b === null || b === ""];
    if (noA || noB) return Number(noA) - Number(noB) || one - other;
    const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
    return way * order || one - other;
  });
}

/** The numbers of what is marked as shown. */
export function shownOf(marks: Uint8Array): number[] {
  return Array.from(marks.keys()).filter((item) => marks[item] === 1);
}
