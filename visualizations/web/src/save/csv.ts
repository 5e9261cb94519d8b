// What is shown as CSV for a spreadsheet, in which nothing runs as a formula.

import type { Model } from "../model/model";
import { type DataColumn, edgeColumns, nodeColumns, type Value } from "../table/columns";

/** A cell as graphkit's own CSV has it: text that would run as a formula gets a leading apostrophe. */
export function cell(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csv(columns: readonly DataColumn[], items: readonly number[]): string {
  const lines = [columns.map((one) => cell(one.heading)), ...items.map((item) => columns.map((one) => cell(one.of(item))))];
  // The mark at its start tells spreadsheets that it is UTF-8.
  return `\ufeff${lines.map((line) => `${line.join(",")}\n`).join("")}`;
}

const id = (heading: string, of: (item: number) => string): DataColumn => ({ heading, isNumber: false, of });

/** Nodes, one a line. */
export function nodesCsv(model: Model, nodes: readonly number[]): string {
  const others = id("Other names", (node) => model.aliases(node).join("; "));
  return csv([id("Id", (node) => model.id(node)), ...nodeColumns(model), others], nodes);
}

/** Ties, one a line. */
export function edgesCsv(model: Model, edges: readonly number[]): string {
  const from = id("From id", (edge) => model.id(model.from(edge)));
  const to = id("To id", (edge) => model.id(model.to(edge)));
  return csv([from, to, ...edgeColumns(model)], edges);
}
