// Leaves out what does not interest now: by type, finding, cluster, relation and figures.

import type { App } from "../app";
import { h } from "../dom";

export function filters(app: App): void {
  const body = h("div", { class: "filters" });
  app.panels.add({ id: "filters", label: "Filter", body });
}
