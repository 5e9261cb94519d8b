// A field in which one node is chosen among those that its text finds.

import { fill, h } from "../dom";
import type { Model } from "../model/model";
import { type Index, indexOf } from "./search";

const indexes = new WeakMap<Model, Index>();

function found(model: Model, asked: string): number[] {
  if (asked.trim() === "") return [];
  const index = indexes.get(model) ?? indexOf(model);
  indexes.set(model, index);
  return index.find(asked.trim());
}

export interface PickerOptions {
  readonly label: string;
  /** A word without spaces that no other picker has. */
  readonly id: string;
  /** Told when a node was chosen. */
  readonly pick: (node: number) => void;
}

export interface Picker {
  readonly element: HTMLElement;
  /** Shows a node, or nothing (-1), without telling. */
  readonly put: (node: number) => void;
}

/** Makes the field. */
export function picker(model: Model, { label, id, pick }: PickerOptions): Picker {
  const listId = `graphkit-${id}`;
  const list = h("ul", { class: "found", id: listId, role: "listbox", "aria-label": `${label}: found`, hidden: true });
  const input = h("input", {
    type: "search",
    role: "combobox",
    "aria-label": label,
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "Type a name",
  });
  let chosen = -1;
  let nodes: number[] = [];
  let at = 0;

  const render = (): void => {
    input.setAttribute("aria-expanded", String(nodes.length > 0));
    list.hidden = nodes.length === 0;
    fill(list, ...nodes.map((node, place) => option(node, place)));
    if (nodes.length) input.setAttribute("aria-activedescendant", `${listId}-${nodes[at]}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const option = (node: number, place: number): HTMLElement => {
    const attributes = { role: "option", id: `${listId}-${node}`, "aria-selected": String(place === at) };
    const made = h("li", attributes, h("span", {}, model.name(node)), h("small", {}, model.type(node)));
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // before the field loses the focus
      take(node);
    });
    return made;
  };
  const put = (node: number): void => {
    chosen = node;
    input.value = model.name(node);
    nodes = [];
    render();
  };
  const take = (node: number): void => {
    put(node);
    pick(node);
  };
  input.addEventListener("input", () => {
    nodes = found(model, input.value);
    at = 0;
    render();
    if (input.value === "" && chosen >= 0) take(-1);
  });
  input.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && nodes.length) at = (at + step + nodes.length) % nodes.length;
    else if (event.key === "Enter" && nodes[at] !== undefined) return take(nodes[at]!);
    else if (event.key === "Escape") {
      event.stopPropagation();
      return put(chosen);
    } else return;
    event.preventDefault();
    render();
  });
  input.addEventListener("blur", () => put(chosen));
  return { element: h("div", { class: "picker" }, h("label", {}, h("span", {}, label), input), list), put };
}
