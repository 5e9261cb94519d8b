// The legend: what each shape is, how many there are; a click hides, with shift shows only that.

import type { App } from "../app";
import { button, fill, h } from "../dom";
import type { Model } from "../model/model";
import { icon, shapeOf } from "../render/shapes";
import { toggled } from "../state/state";
import { ringMarks, tieMarks } from "./marks";

export function legend(app: App): void {
  const { model, store, regions } = app;
  const types = model.data.types.map((type) => type.name);
  const counts = types.map((_, number) => model.data.nodes.type.filter((one) => one === number).length);
  const buttons = h("div", { class: "types", role: "group", "aria-label": "Types of nodes" });
  const only = (type: string): void => {
    const others = types.filter((one) => one !== type);
    const alone = others.every((one) => store.get().hide.includes(one));
    store.set({ hide: alone ? store.initial.hide : others });
  };
  const show = (): void => {
    const { hide } = store.get();
    fill(
      buttons,
      ...types.map((type, number) => {
        const act = (event: MouseEvent): void =>
          event.shiftKey ? only(type) : store.set({ hide: toggled(store.get().hide, type) });
        const made = button("", act, {
          "aria-pressed": String(!hide.includes(type)),
          title: `${type}: click hides or shows, shift-click shows only this`,
          "data-type": type,
        });
        made.append(
          icon(shapeOf(type, number), app.view.style.typeColor(number)),
          h("span", {}, type),
          h("small", {}, counts[number]?.toLocaleString("en-US")),
        );
        return made;
      }),
    );
  };
  app.restrict((state) => {
    const hidden = types.map((type) => state.hide.includes(type));
    if (!hidden.includes(true)) return null;
    const { type } = model.data.nodes;
    const kept = model.data.centre;
    return { node: (node) => node === kept || !hidden[type[node] ?? -1] };
  });
  app.onShown(show);
  regions.legend.append(buttons, marks(model));
}

function marks(model: Model): HTMLElement {
  const lines: readonly (readonly [string, string])[] = [
    ["Shape and colour", "the type"],
    ["Size", "orders of twelve months, the more the larger"],
    ...ringMarks(model).map(({ mark, meaning }) => [mark, meaning] as const),
    ["Width of a line", "how often or how strongly tied"],
    ...tieMarks(model).map(({ mark, meaning }) => [mark, meaning] as const),
    ["Tinted area", "a cluster; far out, a bubble with how many are in it"],
  ];
  const list = h("dl", {}, ...lines.flatMap(([mark, meaning]) => [h("dt", {}, mark), h("dd", {}, meaning)]));
  return h("details", { class: "marks" }, h("summary", {}, "Key"), list);
}
