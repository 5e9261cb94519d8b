// The panel of one node: its facts with sources, what was found, and what it is tied to.

import type { App } from "../app";
import { button, fill, h, pageLink } from "../dom";
import type { FindingRow } from "../model/columns";
import type { Fact, Tie } from "../model/model";
import { reveal } from "./search";

const FIRST = 40;

export function details(app: App): void {
  const body = h("div", { class: "details" });
  app.panels.add({ id: "details", label: "Details", body, quiet: true });
  const show = (): void => {
    const node = app.model.numberOf(app.store.get().chosen);
    if (node < 0) return fill(body, h("p", { class: "quiet" }, "Choose something on the map."));
    fill(body, ...parts(app, node));
    app.say(`${app.model.name(node)}, ${app.model.type(node)}, ${app.model.degree(node)} ties`);
  };
  app.store.on(["chosen", "hide"], show);
  show();
}

function parts(app: App, node: number): HTMLElement[] {
  const { model } = app;
  const [group, aliases] = [model.group(node), model.aliases(node)];
  const findings = model.findings(node);
  const facts = model.facts(node);
  const told = [model.type(node), group && `cluster ${group}`].filter(Boolean).join(" · ");
  return [
    h("h3", { class: "name" }, model.name(node)),
    h("p", { class: "quiet" }, told),
    aliases.length ? h("p", { class: "quiet" }, `Also written: ${aliases.join(", ")}`) : null,
    pageLink(model.page(node), "All that is known of it, on a page"),
    h("div", { class: "offers" }, ...app.offers.map(({ label, act }) => button(label, () => act(node)))),
    findings.length ? section("What was found", ...findings.map((one) => findingCard(one))) : null,
    facts.length ? section("What is known", factList(facts)) : null,
    neighbours(app, node),
  ].filter((one) => one !== null);
}

function section(heading: string, ...children: HTMLElement[]): HTMLElement {
  return h("section", {}, h("h4", {}, heading), ...children);
}

function factList(facts: readonly Fact[]): HTMLElement {
  const items = facts.map((fact) => {
    const where = [fact.on, fact.source].filter(Boolean).join(", ");
    return h(
      "li",
      { class: fact.stated ? "stated" : "inferred" },
      h("span", {}, fact.text),
      h("small", { class: "origin" }, fact.stated ? "stated" : "inferred", where ? ` · ${where}` : null),
    );
  });
  return h("ul", { class: "facts" }, ...items);
}

/** A finding with its reasons, what to do, and its query to copy. */
export function findingCard(one: FindingRow): HTMLElement {
  const why = h("ul", {}, ...one.why.map((reason) => h("li", {}, reason)));
  const card = h(
    "article",
    { class: `finding ${one.level}` },
    h("p", {}, h("strong", { class: "level" }, one.level), " ", one.statement),
    one.before ? h("p", { class: "quiet" }, `Before: ${one.before}`) : null,
    one.advice ? h("p", { class: "advice" }, one.advice) : null,
    h("details", {}, h("summary", {}, "Why"), why, one.cypher ? cypher(one.cypher) : null),
  );
  return card;
}

function cypher(query: string): HTMLElement {
  const code = h("pre", { tabindex: 0, "aria-label": "Query for Neo4j Browser" }, query);
  const copy = button("Copy the query for Neo4j Browser", () => {
    void copied(code, query).then((done) => {
      copy.textContent = done ? "Copied" : "Selected: copy it with Ctrl+C";
    });
  });
  return h("div", { class: "cypher" }, code, copy);
}

/** Copies a text; where the browser does not allow it, the text is selected instead. */
async function copied(shown: HTMLElement, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(shown);
    return false;
  }
}

function neighbours(app: App, node: number): HTMLElement | null {
  const { model } = app;
  const ties = [...model.tiesOf(node)].sort(
    (one, other) =>
      model.strength(other.edge) - model.strength(one.edge) ||
      model.name(one.other).localeCompare(model.name(other.other)),
  );
  if (ties.length === 0) return null;
  const list = h("ul", { class: "ties" }, ...ties.slice(0, FIRST).map((tie) => tieLine(app, tie)));
  const made = section(`Tied to (${ties.length})`, list);
  if (ties.length > FIRST) {
    const more = button(`Show ${ties.length - FIRST} more`, () => {
      list.append(...ties.slice(FIRST).map((tie) => tieLine(app, tie)));
      more.remove();
    });
    made.append(more);
  }
  return made;
}

function tieLine(app: App, { edge, other, out }: Tie): HTMLElement {
  const { model } = app;
  const relation = model.relation(edge);
  const stated = model.stated(edge);
  return h(
    "li",
    { class: stated ? "stated" : "inferred" },
    out ? h("span", {}, `${relation} `) : null,
    button(model.name(other), () => reveal(app, other), { class: "link" }),
    out ? null : h("span", {}, ` ${relation} this`),
    h("small", { class: "origin" }, stated ? "stated" : "inferred", model.detail(edge) ? ` · ${model.detail(edge)}` : null),
  );
}
