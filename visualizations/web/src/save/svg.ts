// The map as it is shown now, as SVG with title and legend.

import type { App } from "../app";
import { ringMarks, tieMarks } from "../features/marks";
import { Clusters } from "../render/clusters";
import type { MarkedEdge, Pattern } from "../render/edge-program";
import { Labels } from "../render/labels";
import type { MarkedNode } from "../render/node-program";
import { ringCircles } from "../render/rings";
import { corners, type Shape, shapeOf } from "../render/shapes";
import { SvgPen } from "./svg-pen";
import { escaped, x } from "./xml";

const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const MARGIN = 16;
const HEAD = 62;
const ROW = 26;

/** The picture, as large as the map on the screen with title and legend added. */
export function svg(app: App): string {
  const { palette } = app.view;
  const { width, height } = app.view.size();
  const entries = legend(app);
  const [key, rows] = arranged(entries, width);
  const whole = HEAD + height + MARGIN + ROW * rows;
  const { title, caption } = app.model.data;
  return x(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height: whole, viewBox: `0 0 ${width} ${whole}`, "font-family": FONT },
    x("title", {}, escaped(title)),
    x("desc", {}, escaped(caption)),
    x("defs", {}, x("clipPath", { id: "map" }, x("rect", { width, height }))),
    x("rect", { width, height: whole, fill: palette.paper }),
    x("text", { x: MARGIN, y: 28, "font-size": 19, "font-weight": 600, fill: palette.ink }, escaped(fitted(title, width, 19))),
    x("text", { x: MARGIN, y: 50, "font-size": 13, fill: palette.quiet }, escaped(fitted(caption, width, 13))),
    x("g", { transform: `translate(0 ${HEAD})`, "clip-path": "url(#map)" }, ...layers(app)),
    x("g", { transform: `translate(0 ${HEAD + height})`, "font-size": 13, fill: palette.ink }, ...key),
  );
}

/** As many characters as a line holds, roughly. */
function fitted(text: string, width: number, size: number): string {
  const most = Math.floor((width - 2 * MARGIN) / (size * 0.52));
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** Clusters, ties, nodes and names, drawn as the view draws them. */
function layers(app: App): string[] {
  const { view } = app;
  const canvas = document.createElement("canvas").getContext("2d");
  if (!canvas) throw new Error("this browser draws no canvas");
  const [behind, before] = [new SvgPen(canvas), new SvgPen(canvas)];
  const clusters = new Clusters(app, view, behind);
  clusters.recount();
  clusters.draw();
  const labels = new Labels(app, view, before);
  labels.rank();
  labels.draw(clusters.labels((text, bold) => labels.width(text, bold)));
  return [behind.written, x("g", { fill: "none" }, ...edges(app)), ...nodes(app), before.written];
}

function edges({ model, view }: App): string[] {
  const drawn: [number, string][] = [];
  for (let edge = 0; edge < model.size; edge++) {
    const look: Partial<MarkedEdge> = view.style.edge(edge);
    if (look.hidden) continue;
    const [from, to] = [view.at(model.from(edge)), view.at(model.to(edge))];
    const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
    drawn.push([look.zIndex ?? 0, lines(ends, look.pattern ?? "full", look.color ?? "", look.size ?? 1)]);
  }
  return inOrder(drawn);
}

const DASHES: Readonly<Record<Pattern, string | null>> = {
  full: null,
  dashed: "6 4",
  dotted: "2.5 3.5",
  double: null,
  dashdot: "9 2.5 3 2.5",
};

interface Ends {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A line; a double one is two. */
function lines({ x1, y1, x2, y2 }: Ends, pattern: Pattern, stroke: string, width: number): string {
  const line = (side: number, wide: number): string => {
    const long = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [aside, down] = [(-(y2 - y1) / long) * side, ((x2 - x1) / long) * side];
    const ends = { x1: x1 + aside, y1: y1 + down, x2: x2 + aside, y2: y2 + down };
    return x("line", { ...ends, stroke, "stroke-width": wide, "stroke-dasharray": DASHES[pattern] });
  };
  return pattern === "double" ? line(width * 0.35, width * 0.3) + line(-width * 0.35, width * 0.3) : line(0, width);
}

function nodes({ model, view }: App): string[] {
  const { width, height } = view.size();
  const drawn: [number, string][] = [];
  for (let node = 0; node < model.order; node++) {
    const look: Partial<MarkedNode> = view.style.node(node);
    if (look.hidden || !look.shape) continue;
    const place = view.at(node);
    const radius = view.radius(node);
    const far = 2 * radius + 10;
    if (place.x < -far || place.y < -far || place.x > width + far || place.y > height + far) continue;
    const at = x("title", {}, escaped(model.name(node)));
    const rings = ringCircles(look.ring ?? "none", radius * Math.max(1, look.shape.width), look.ringColor ?? "").map((one) => x("circle", one));
    const move = `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`;
    drawn.push([look.zIndex ?? 0, x("g", { transform: move }, at, body(look.shape, radius, look.color ?? ""), ...rings)]);
  }
  return inOrder(drawn);
}

function inOrder(drawn: readonly (readonly [number, string])[]): string[] {
  return [...drawn].sort(([one], [other]) => one - other).map(([, written]) => written);
}

function body(shape: Shape, radius: number, fill: string): string {
  if (shape.corners > 0) {
    const points = corners(shape, radius).map((point) => point.map((one) => one.toFixed(2)).join());
    return x("polygon", { points: points.join(" "), fill });
  }
  return x("ellipse", { rx: radius * shape.inner * shape.width, ry: radius * shape.inner, fill });
}

interface Entry {
  readonly sign: string;
  readonly text: string;
  readonly width: number;
}

/** What the picture shows: types with how many of each, rings and lines. */
function legend({ model, view, visible }: App): Entry[] {
  const { palette, style } = view;
  const entry = (sign: string, text: string): Entry => ({ sign, text, width: view.labels.width(text) + 40 });
  const types = model.data.types.flatMap(({ name }, type) => {
    const count = model.data.nodes.type.filter((one, node) => one === type && visible.node[node]).length;
    const sign = body(shapeOf(name, type), 6, style.typeColor(type));
    return count ? [entry(sign, `${name} (${count.toLocaleString("en-US")})`)] : [];
  });
  const rings = ringMarks(model).map(({ ring, color, meaning }) =>
    entry([body(shapeOf("Customer", 0), 4, palette.quiet), ...ringCircles(ring, 4, palette[color]).map((one) => x("circle", one))].join(""), meaning),
  );
  const sample = { x1: -10, y1: 0, x2: 10, y2: 0 };
  const ties = tieMarks(model).map(({ pattern, color, meaning }) =>
    entry(lines(sample, pattern, palette[color], pattern === "double" ? 4 : 2), meaning),
  );
  return [...types, ...rings, ...ties];
}

/** The entries in rows, none wider than the picture, and how many rows. */
function arranged(entries: readonly Entry[], width: number): [string[], number] {
  let [left, row] = [MARGIN, 0];
  const written = entries.map((one) => {
    if (left > MARGIN && left + one.width > width) [left, row] = [MARGIN, row + 1];
    const move = `translate(${left + 10} ${row * ROW + ROW / 2 + 4})`;
    left += one.width;
    return x("g", { transform: move }, one.sign, x("text", { x: 16, y: 4.5 }, escaped(one.text)));
  });
  return [written, row + 1];
}
