// What became of the network between two days: marked on the map, counted and listed.

import type { App } from "../app";
import { button, fill, h, s } from "../dom";
import { RING_OF_CHANGE } from "../render/style";
import { ringCircles } from "../render/rings";
import { origin, sentence } from "../paths/words";
import { type Changed, changed, counted, type Kind, wasBefore } from "./changed";
import { findingCard } from "./details";
import { reveal } from "./search";

const FIRST = 30;

export function difference(app: App): void {
  const { model } = app;
  if (model.data.emphasis !== "difference") return;
  const all = changed(model);
  const nodes = new Set(all.flatMap((one) => one.nodes));
  const edges = new Set(all.flatMap((one) => one.edges));
  for (const edge of edges) nodes.add(model.from(edge)).add(model.to(edge));
  app.emphasise(40, () => (nodes.size ? { nodes, edges } : null));
  const body = h("div", { class: "changes" }, h("p", {}, model.data.caption));
  app.panels.add({ id: "changes", label: "Changes", body });
  const parts = all.map((one) => [signOf(one.kind), ...listed(app, one)]);
  // Colours come from the view, which is there only later, and differ in the dark.
  app.onShown(() => {
    for (const [at, one] of all.entries()) fill(parts[at]![0]!, ring(app, one.kind));
  });
  body.append(...all.map((one, at) => section(one, parts[at]!)));
}

function signOf(kind: Kind): HTMLElement {
  return h("span", { class: "sign", title: `How ${kind} looks on the map` });
}

function section(one: Changed, [sign, ...lists]: readonly HTMLElement[]): HTMLElement {
  const heading = h("h3", {}, sign, ` ${one.kind[0]!.toUpperCase()}${one.kind.slice(1)}: ${counted(one)}`);
  return h("section", { class: `change ${one.kind}` }, heading, ...lists);
}

/** A node with the ring of a change. */
function ring(app: App, kind: Kind): SVGSVGElement {
  const { palette } = app.view;
  const [name, color] = RING_OF_CHANGE[kind];
  const rings = ringCircles(name, 4, palette[color]).map((one) => s("circle", one));
  const dot = s("circle", { r: 4, fill: palette.quiet });
  return s("svg", { viewBox: "-12 -12 24 24", width: 24, height: 24, "aria-hidden": "true" }, dot, ...rings);
}

function listed(app: App, one: Changed): HTMLElement[] {
  const { model } = app;
  const nodes = one.nodes.map((node) => () => nodeLine(app, node));
  const findings = one.findings.map((finding) => () => {
    const card = findingCard(finding);
    if (finding.node >= 0) card.prepend(link(app, finding.node));
    return h("li", {}, card);
  });
  const edges = one.edges.map((edge) => () =>
    h(
      "li",
      { class: model.stated(edge) ? "stated" : "inferred" },
      button(sentence(model, edge), () => visit(app, edge), { class: "link" }),
      h("small", { class: "origin" }, origin(model, edge)),
    ),
  );
  return [
    some(nodes),
    findings.length ? folded(`Findings (${findings.length})`, some(findings)) : null,
    edges.length ? folded(`Ties (${edges.length})`, some(edges)) : null,
  ].filter((part) => part !== null);
}

function folded(heading: string, list: HTMLElement): HTMLElement {
  return h("details", {}, h("summary", {}, heading), list);
}

/** The first lines of a list, and a button for the rest: a list of thousands is made only when asked for. */
function some(lines: readonly (() => HTMLElement)[]): HTMLElement {
  const list = h("ul", { class: "ties" }, ...lines.slice(0, FIRST).map((make) => make()));
  const rest = lines.slice(FIRST);
  if (rest.length === 0) return list;
  const more = button(`Show ${rest.length.toLocaleString("en-US")} more`, () => {
    list.append(...rest.map((make) => make()));
    more.remove();
  });
  return h("div", {}, list, more);
}

function nodeLine(app: App, node: number): HTMLElement {
  const { model } = app;
  const told = [model.type(node), ...wasBefore(model, node)].join(" · ");
  return h("li", {}, link(app, node), h("small", { class: "origin" }, told));
}

function link(app: App, node: number): HTMLElement {
  return button(app.model.name(node), () => reveal(app, node), { class: "link" });
}

/** Shows both ends of a tie, and keeps the list open. */
function visit(app: App, edge: number): void {
  const ends = [app.model.from(edge), app.model.to(edge)];
  for (const end of ends) if (!app.visible.node[end]) return reveal(app, end);
  app.view.flyTo(ends);
}
