// What the map shows in a sentence, what was found, and the clusters.

import type { App } from "../app";
import { button, h } from "../dom";
import { findingCard } from "./details";
import { reveal } from "./search";

const FIRST = 30;

export function overview(app: App): void {
  const { model } = app;
  const body = h("div", { class: "overview" }, h("p", {}, model.data.caption));
  if (model.data.findings.length) body.append(h("h3", {}, "What was found"), findings(app));
  if (model.data.groups.length) body.append(h("h3", {}, "Clusters"), clusters(app));
  app.panels.add({ id: "overview", label: "Overview", body });
  app.emphasise(50, (state, one) => {
    if (one.data.emphasis !== "findings" || state.path) return null;
    const nodes = new Set(one.data.findings.filter((each) => each.alarming).map((each) => each.node));
    return nodes.size ? { nodes, edges: new Set() } : null;
  });
}

function findings(app: App): HTMLElement {
  const { model } = app;
  const all = model.data.findings;
  const made = all.slice(0, FIRST).map((one) => {
    const card = findingCard(one);
    if (one.node >= 0) card.prepend(button(model.name(one.node), () => reveal(app, one.node), { class: "link" }));
    return card;
  });
  if (all.length > FIRST) {
    made.push(h("article", { class: "quiet" }, `${all.length - FIRST} more: choose a node to see what was found about it.`));
  }
  return h("div", {}, ...made);
}

function clusters(app: App): HTMLElement {
  const { model } = app;
  const items = model.data.groups.map((group, number) => {
    const members = model.members[number] ?? [];
    return h(
      "li",
      {},
      button(`${group.name}: ${members.length}`, () => app.view.flyTo(members), { class: "link" }),
      group.told ? h("small", {}, group.told) : null,
    );
  });
  return h("ul", { class: "clusters" }, ...items);
}
