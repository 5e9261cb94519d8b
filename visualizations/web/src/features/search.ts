// Finds nodes by name, other name or id; a typo still finds.

import MiniSearch from "minisearch";

import type { App } from "../app";
import { fill, h } from "../dom";
import type { Model } from "../model/model";
import { icon, shapeOf } from "../render/shapes";

const MOST = 8;

export interface Index {
  find(asked: string): number[];
}

/** How many letters of a word may be wrong; of a number none, since every number is near another. */
const typos = (most: number) => (term: string): number | false => (term.length > 3 && !/\d/.test(term) ? most : false);

/** An index over name, other names and id. */
export function indexOf(model: Model): Index {
  const engine = new MiniSearch<{ id: number; name: string; aliases: string; key: string }>({
    fields: ["name", "aliases", "key"],
    searchOptions: {
      boost: { name: 3, aliases: 2 },
      prefix: true,
      fuzzy: typos(1),
      combineWith: "AND",
    },
  });
  engine.addAll(
    Array.from({ length: model.order }, (_, id) => ({
      id,
      name: model.name(id),
      aliases: model.aliases(id).join(" "),
      key: model.id(id),
    })),
  );
  // Two letters in each other's place are two edits: asked for only where one edit finds nothing.
  const all = (asked: string) => {
    const near = engine.search(asked);
    return near.length ? near : engine.search(asked, { fuzzy: typos(2) });
  };
  return { find: (asked) => all(asked).slice(0, MOST).map((one) => Number(one.id)) };
}

export function search(app: App): void {
  const list = h("ul", { class: "found", id: "graphkit-found", role: "listbox", "aria-label": "Found" });
  const input = h("input", {
    type: "search",
    class: "find",
    placeholder: "Search  ( / )",
    "aria-label": "Search by name, other name or id",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "graphkit-found",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
  });
  let index: Index | undefined;
  let found: number[] = [];
  let at = 0;

  const show = (): void => {
    const asked = input.value.trim();
    index ??= indexOf(app.model);
    found = asked === "" ? [] : index.find(asked);
    at = 0;
    render(asked);
  };
  const render = (asked: string): void => {
    input.setAttribute("aria-expanded", String(asked !== ""));
    list.hidden = asked === "";
    const nothing = h("li", { class: "none" }, `Nothing is called “${asked}” here.`);
    fill(list, ...(found.length ? found.map((node, place) => option(app, node, place === at, go)) : [nothing]));
    if (found.length) input.setAttribute("aria-activedescendant", `graphkit-found-${found[at]}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = (): void => {
    input.value = "";
    found = [];
    render("");
  };
  const go = (node: number): void => {
    close();
    reveal(app, node);
    app.regions.stage.focus();
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && found.length) {
      at = (at + step + found.length) % found.length;
      render(input.value.trim());
      event.preventDefault();
    } else if (event.key === "Enter" && found[at] !== undefined) go(found[at]!);
    else if (event.key === "Escape") {
      close();
      app.regions.stage.focus();
      event.stopPropagation();
    }
  });
  list.hidden = true;
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as HTMLElement).matches("input, textarea, select");
    if (event.key !== "/" || typing) return;
    event.preventDefault();
    input.focus();
  });
  app.regions.bar.append(h("div", { class: "search", role: "search" }, input, list));
}

/** Chooses a node even if filters leave it out: what hides it is taken back. */
export function reveal(app: App, node: number): void {
  const { store, model } = app;
  if (!app.visible.node[node]) {
    const { initial } = store;
    store.set({
      hide: store.get().hide.filter((type) => type !== model.type(node)),
      levels: initial.levels,
      groups: initial.groups,
      ranges: initial.ranges,
      around: initial.around,
    });
  }
  app.choose(node);
}

function option(app: App, node: number, active: boolean, go: (node: number) => void): HTMLElement {
  const { model } = app;
  const type = model.data.nodes.type[node] ?? 0;
  const aliases = model.aliases(node);
  const made = h(
    "li",
    { role: "option", id: `graphkit-found-${node}`, "aria-selected": String(active) },
    icon(shapeOf(model.type(node), type), model.data.types[type]?.color ?? ""),
    h("span", {}, model.name(node)),
    h("small", {}, [model.type(node), ...aliases.slice(0, 2)].join(" · ")),
  );
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // before the field loses the focus
    go(node);
  });
  return made;
}
