// What is shown as GEXF 1.3, which Gephi opens: places, sizes and colours as on the map.

import type { Model } from "../model/model";
import { type DataColumn, edgeColumns, nodeColumns, type Value } from "../table/columns";
import { escaped, x } from "./xml";

/** Gephi's units for 1 of ours. */
const SCALE = 1000;

export interface Look {
  /** Such as #0072b2. */
  readonly color: (node: number) => string;
  readonly radius: (node: number) => number;
}

/** The document. */
export function gexf(model: Model, nodes: readonly number[], edges: readonly number[], look: Look): string {
  const { title, caption, asOf } = model.data;
  const ofNodes = nodeColumns(model);
  const ofEdges = edgeColumns(model).filter((one) => one.heading !== "From" && one.heading !== "To");
  const meta = x(
    "meta",
    { lastmodifieddate: asOf },
    x("creator", {}, "graphkit"),
    x("title", {}, escaped(title)),
    x("description", {}, escaped(caption)),
  );
  const graph = x(
    "graph",
    { defaultedgetype: "directed", mode: "static" },
    declared("node", ofNodes),
    declared("edge", ofEdges),
    x("nodes", { count: nodes.length }, ...nodes.map((node) => nodeXml(model, node, ofNodes, look))),
    x("edges", { count: edges.length }, ...edges.map((edge) => edgeXml(model, edge, ofEdges))),
  );
  const spaces = { xmlns: "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", version: "1.3" };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${x("gexf", spaces, meta, graph)}\n`;
}

function declared(of: string, columns: readonly DataColumn[]): string {
  const attributes = columns.map((column, id) =>
    x("attribute", { id, title: column.heading, type: column.isNumber ? "double" : "string" }),
  );
  return x("attributes", { class: of }, ...attributes);
}

function values(item: number, columns: readonly DataColumn[]): string {
  const filled = columns
    .map((column, id): [number, Value] => [id, column.of(item)])
    .filter(([, value]) => value !== null && value !== "");
  return x("attvalues", {}, ...filled.map(([id, value]) => x("attvalue", { for: id, value })));
}

function nodeXml(model: Model, node: number, columns: readonly DataColumn[], look: Look): string {
  const channel = (at: number): number => Number.parseInt(look.color(node).slice(at, at + 2), 16);
  return x(
    "node",
    { id: model.id(node), label: model.name(node) },
    values(node, columns),
    x("viz:size", { value: look.radius(node) }),
    x("viz:position", { x: model.x(node) * SCALE, y: model.y(node) * SCALE, z: 0 }),
    x("viz:color", { r: channel(1), g: channel(3), b: channel(5) }),
  );
}

function edgeXml(model: Model, edge: number, columns: readonly DataColumn[]): string {
  const ends = { source: model.id(model.from(edge)), target: model.id(model.to(edge)) };
  // Gephi draws nothing for a weight of 0.
  const weight = Math.max(model.strength(edge), 0.001);
  return x("edge", { id: edge, ...ends, label: model.relation(edge), weight }, values(edge, columns));
}
