// How much is shown, and one button that shows everything again.

import type { App } from "../app";
import { button, h } from "../dom";

export function summary(app: App): void {
  const { store, model, regions } = app;
  const count = h("p", { class: "count" });
  const reset = button("Reset", () => {
    const { theme, panel } = store.get();
    store.set({ ...store.initial, theme, panel });
    app.view.whole();
  }, { class: "reset" });
  app.onShown(() => {
    const { nodes, edges } = app.visible;
    const all = model.order.toLocaleString("en-US");
    const which = app.view.style.drawsAll ? "" : ", the strongest of them drawn";
    count.textContent = `${nodes.toLocaleString("en-US")} of ${all} shown, ${edges.toLocaleString("en-US")} ties${which}`;
  });
  regions.row.append(count, reset);
}
