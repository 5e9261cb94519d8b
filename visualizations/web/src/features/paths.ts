// How two nodes are tied: the shortest ways between them, in words and on the map.

import type { App } from "../app";
import { button, fill, h } from "../dom";
import { type Chain, chains } from "../paths/chains";
import { given, WAYS } from "../paths/given";
import { origin, sentence, told } from "../paths/words";
import { type PathAsked, same, toggled } from "../state/state";
import type { Visible } from "../visible";
import { picker } from "./picker";

const COUNTS = [1, 3, 5, 10];
const NOTHING: PathAsked = { from: "", to: "", upTo: WAYS, shown: 0, without: [] };
const ORDER = "Fewest steps first; of ways with as many steps, the one with the strongest ties. Only what the map shows now is gone through.";

export function paths(app: App): void {
  const answer = answers(app);
  const list = h("div", { class: "ways", "aria-live": "polite" });
  const body = h("div", { class: "paths" }, question(app), list);
  app.panels.add({ id: "paths", label: "Paths", body });
  app.offer("Path from here", (node) => ask(app, { from: app.model.id(node) }));
  app.offer("Path to here", (node) => ask(app, { to: app.model.id(node) }));
  app.emphasise(10, (state) => {
    const chain = answer()[state.path?.shown ?? 0];
    return chain ? { nodes: new Set(chain.nodes), edges: new Set(chain.edges) } : null;
  });
  app.onShown(() => fill(list, ...result(app, answer())));
  app.store.on(["path"], (state, before) => {
    if (state.path && !same({ ...state.path, without: [] }, { ...before.path, without: [] })) fly(app, answer());
  });
}

/** The chains that the present question has on what is shown; looked for once. */
function answers(app: App): () => Chain[] {
  let of: readonly [Visible, PathAsked] | undefined;
  let found: Chain[] = [];
  return () => {
    const asked = app.store.get().path;
    if (!asked) return [];
    if (of?.[0] !== app.visible || !same({ ...of[1], shown: 0 }, { ...asked, shown: 0 })) {
      of = [app.visible, asked];
      found = given(app.model, asked) ?? look(app, asked);
    }
    return found;
  };
}

function look({ model, visible }: App, { from, to, upTo, without }: PathAsked): Chain[] {
  const open = (edge: number): boolean => visible.edge[edge] === 1 && !without.includes(model.relation(edge));
  return chains(model, open, model.numberOf(from), model.numberOf(to), upTo);
}

function ask(app: App, changes: Partial<PathAsked>): void {
  const before = app.store.get().path ?? NOTHING;
  app.store.set({ path: { ...before, shown: 0, ...changes }, panel: "paths" });
}

function fly(app: App, found: readonly Chain[]): void {
  const chain = found[app.store.get().path?.shown ?? 0];
  if (chain) app.view.flyTo(chain.nodes);
}

/** The fields that ask. */
function question(app: App): HTMLElement {
  const { model, store } = app;
  const asked = (): PathAsked => store.get().path ?? NOTHING;
  const from = picker(model, { label: "From", id: "path-from", pick: (node) => ask(app, { from: model.id(node) }) });
  const to = picker(model, { label: "To", id: "path-to", pick: (node) => ask(app, { to: model.id(node) }) });
  const counts = COUNTS.map((count) => h("option", { value: count }, String(count)));
  const upTo = h("select", { "aria-label": "How many ways" }, ...counts);
  upTo.addEventListener("change", () => ask(app, { upTo: Number(upTo.value) }));
  const swap = button("Swap", () => ask(app, { from: asked().to, to: asked().from }), { title: "Look the other way" });
  const end = button("End", () => store.set({ path: null }), { title: "Show the whole map again" });
  const ties = h("div", { class: "chips", role: "group", "aria-label": "Ties to go along" });
  const show = (): void => {
    const now = asked();
    from.put(model.numberOf(now.from));
    to.put(model.numberOf(now.to));
    upTo.value = String(now.upTo);
    const at = [...ties.children].indexOf(document.activeElement!);
    fill(ties, ...model.data.relations.map((relation) => tieChip(app, relation, !now.without.includes(relation))));
    (ties.children[at] as HTMLElement | undefined)?.focus();
  };
  store.on(["path"], show);
  show();
  const row = h("div", { class: "path-row" }, swap, h("label", {}, "Up to ", upTo, " ways"), end);
  const along = h("details", {}, h("summary", {}, "Along which ties"), ties);
  return h("div", {}, from.element, to.element, row, along);
}

function tieChip(app: App, relation: string, used: boolean): HTMLElement {
  const act = (): void => ask(app, { without: toggled((app.store.get().path ?? NOTHING).without, relation) });
  return button(relation, act, { class: "chip", "aria-pressed": String(used) });
}

/** The ways in words; that which stands out also tie by tie. */
function result(app: App, found: readonly Chain[]): HTMLElement[] {
  const { model, store } = app;
  const asked = store.get().path;
  if (!asked || model.numberOf(asked.from) < 0 || model.numberOf(asked.to) < 0) {
    return [h("p", { class: "quiet" }, "Choose two, and see how they are tied to each other.")];
  }
  if (asked.from === asked.to) return [h("p", {}, "Both are the same. Choose another.")];
  if (found.length === 0) return [nothing(app, asked)];
  const isGiven = given(model, asked) !== null;
  const items = found.map((chain, place) => way(app, chain, place === asked.shown, place));
  const heading = `${found.length} ${found.length === 1 ? "way" : "ways"}`;
  return [
    h("h3", {}, heading),
    h("ol", {}, ...items),
    h("p", { class: "quiet" }, isGiven ? "In the order in which graphkit paths gave them, the likeliest first." : ORDER),
  ];
}

function way(app: App, chain: Chain, isShown: boolean, place: number): HTMLElement {
  const { model, store } = app;
  const act = (): void => {
    const { path } = store.get();
    if (path) store.set({ path: { ...path, shown: place } });
  };
  const line = button(told(model, chain), act, { class: "link", "aria-current": isShown ? "true" : null });
  if (!isShown) return h("li", {}, line);
  const steps = chain.edges.map((edge) =>
    h(
      "li",
      { class: model.stated(edge) ? "stated" : "inferred" },
      h("span", {}, sentence(model, edge)),
      h("small", { class: "origin" }, origin(model, edge)),
    ),
  );
  return h("li", { class: "shown" }, line, h("ul", { class: "ties" }, ...steps));
}

function nothing(app: App, { without }: PathAsked): HTMLElement {
  const { store } = app;
  const made = h("div", {}, h("p", {}, "Nothing that is shown now leads from one to the other."));
  const all = { hide: [], levels: [], groups: [], without: [], ranges: {}, months: null, around: [] };
  const isAll = same({ ...store.get(), ...all }, store.get());
  if (without.length) made.append(button("Go along all ties", () => ask(app, { without: [] })));
  if (!isAll) made.append(button("Show everything and look again", () => store.set(all)));
  return made;
}
