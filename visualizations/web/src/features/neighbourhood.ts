// Only what is some steps from a node: a slider says how many, crumbs lead back.

import type { App } from "../app";
import { button, fill, h } from "../dom";
import type { Model } from "../model/model";

const MOST_HOPS = 3;

/** The nodes within some steps of one. */
export function within(model: Model, from: number, hops: number): Set<number> {
  const reached = new Set([from]);
  let edge: number[] = [from];
  for (let hop = 0; hop < hops; hop++) {
    const next: number[] = [];
    for (const node of edge) {
      for (const { other } of model.tiesOf(node)) {
        if (reached.has(other)) continue;
        reached.add(other);
        next.push(other);
      }
    }
    edge = next;
  }
  return reached;
}

export function neighbourhood(app: App): void {
  const { store, model, regions } = app;
  const crumbs = h("nav", { class: "crumbs", "aria-label": "Way back" });
  const show = (): void => {
    const { around, hops } = store.get();
    crumbs.hidden = around.length === 0;
    const slider = h("input", { type: "range", min: 1, max: MOST_HOPS, value: hops, "aria-label": "Steps shown" });
    slider.addEventListener("input", () => store.set({ hops: Number(slider.value) }));
    fill(
      crumbs,
      button("All", () => store.set({ around: [] }), { class: "link" }),
      ...around.flatMap((id, place) => [
        " › ",
        button(model.name(model.numberOf(id)), () => store.set({ around: around.slice(0, place + 1) }), {
          class: "link",
          "aria-current": place === around.length - 1 ? "true" : null,
        }),
      ]),
      h("label", {}, `${hops} ${hops === 1 ? "step" : "steps"}`, slider),
    );
  };
  app.restrict((state) => {
    const node = model.numberOf(state.around.at(-1) ?? "");
    if (node < 0) return null;
    const reached = within(model, node, state.hops);
    return { node: (one) => reached.has(one) };
  });
  store.on(["around", "hops"], show);
  show();
  regions.row.append(crumbs);
}
