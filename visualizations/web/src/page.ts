// The skeleton of the page: where features put what they show.

import { button, fill, h, pageLink } from "./dom";
import type { PageData } from "./model/columns";
import type { Store } from "./state/state";

export interface Regions {
  /** Title, search and buttons. */
  readonly bar: HTMLElement;
  /** The row below: what is shown, the way back, what resets. */
  readonly row: HTMLElement;
  /** The map. */
  readonly stage: HTMLElement;
  /** Below the map, above the legend: a place for the slider of time. */
  readonly foot: HTMLElement;
  /** Below the map: the legend. */
  readonly legend: HTMLElement;
  /** Beside the map, on a phone a sheet over it: one panel at a time. */
  readonly side: HTMLElement;
  /** Read out by screen readers when it changes. */
  readonly status: HTMLElement;
}

export interface Panel {
  readonly id: string;
  /** On its button and as its heading. */
  readonly label: string;
  readonly body: HTMLElement;
  /** Whether it has no button of its own. */
  readonly quiet?: boolean;
}

/** Makes the regions inside a root element. */
export function skeleton(root: HTMLElement, { title, home }: Pick<PageData, "title" | "home">): Regions {
  const regions: Regions = {
    bar: h("header", { class: "bar" }, pageLink(home.file, `← ${home.title}`), h("h1", {}, title)),
    row: h("section", { class: "row", "aria-label": "What is shown" }),
    stage: h("div", {
      class: "stage",
      tabindex: 0,
      role: "application",
      "aria-label": "Map. Arrow keys go along ties, Enter opens, Escape goes back.",
    }),
    foot: h("div", { class: "foot" }),
    legend: h("section", { class: "legend", "aria-label": "Legend" }),
    side: h("aside", { class: "side", "aria-label": "Panel" }),
    status: h("div", { class: "status", role: "status" }),
  };
  root.classList.add("graphkit-map");
  const main = h("main", { class: "main" }, regions.stage, regions.foot, regions.legend);
  fill(root, regions.bar, regions.row, h("div", { class: "columns" }, main, regions.side), regions.status);
  return regions;
}

/** The panels: one is open at a time, and the state says which. */
export class Panels {
  private readonly panels = new Map<string, Panel>();
  private readonly buttons = h("nav", { class: "buttons", "aria-label": "Panels" });

  constructor(
    private readonly regions: Regions,
    private readonly store: Store,
  ) {
    regions.bar.append(this.buttons);
    store.on(["panel"], () => this.show());
  }

  add(panel: Panel): void {
    this.panels.set(panel.id, panel);
    if (panel.quiet) return;
    this.buttons.append(
      button(panel.label, () => this.toggle(panel.id), { "data-panel": panel.id, "aria-expanded": "false" }),
    );
  }

  open(id: string): void {
    this.store.set({ panel: id });
  }

  close(): void {
    this.store.set({ panel: "" });
  }

  private toggle(id: string): void {
    this.store.set({ panel: this.store.get().panel === id ? "" : id });
  }

  /** Shows the panel that the state names. */
  show(): void {
    const { side } = this.regions;
    const panel = this.panels.get(this.store.get().panel);
    for (const one of this.buttons.children) {
      one.setAttribute("aria-expanded", String(one.getAttribute("data-panel") === panel?.id));
    }
    side.classList.toggle("open", panel !== undefined);
    if (!panel) return fill(side);
    const head = h("div", { class: "head" }, h("h2", {}, panel.label));
    head.append(button("×", () => this.close(), { class: "close", "aria-label": "Close panel" }));
    fill(side, head, panel.body);
    side.scrollTop = 0;
  }
}
