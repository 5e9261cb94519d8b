// What every feature works with: the network, the state, what is shown, and where to put things.

import type { Model } from "./model/model";
import { Panels, type Regions } from "./page";
import type { Store } from "./state/state";
import { type Emphasis, type Emphasise, type Restrict, visible, type Visible } from "./visible";
import type { View } from "./render/view";

/** A feature: one module that puts itself into the page. */
export type Mount = (app: App) => void;

/** Something to do with a node that its panel offers. */
export interface Offer {
  readonly label: string;
  readonly act: (node: number) => void;
}

export class App {
  readonly panels: Panels;
  readonly offers: Offer[] = [];
  /** What is on the map now. */
  visible: Visible;
  /** What stands out of it now; null when nothing does. */
  emphasis: Emphasis | null = null;
  private readonly restricts: Restrict[] = [];
  private readonly emphasises: { readonly rank: number; readonly ask: Emphasise }[] = [];
  private readonly watchers: (() => void)[] = [];
  private readonly waiting: ((view: View) => void)[] = [];
  private drawnBy: View | undefined;

  constructor(
    readonly model: Model,
    readonly store: Store,
    readonly regions: Regions,
  ) {
    this.panels = new Panels(regions, store);
    this.visible = visible(model, store.get(), []);
  }

  /** The drawing itself; there only after `start`. */
  get view(): View {
    if (!this.drawnBy) throw new Error("the map is not drawn yet: wait for it with app.onDrawn");
    return this.drawnBy;
  }

  /** Leaves out some of the map; asked again whenever the state changes. */
  restrict(ask: Restrict): void {
    this.restricts.push(ask);
  }

  /** Lets some of the map stand out; of those that have something to say the lowest rank wins. */
  emphasise(rank: number, ask: Emphasise): void {
    this.emphasises.push({ rank, ask });
    this.emphasises.sort((one, other) => one.rank - other.rank);
  }

  /** Puts a button into the panel of every node. */
  offer(label: string, act: (node: number) => void): void {
    this.offers.push({ label, act });
  }

  /** Calls whenever what is shown, or what stands out, may be different. */
  onShown(watcher: () => void): void {
    this.watchers.push(watcher);
  }

  /** Calls once, when the drawing is there. */
  onDrawn(call: (view: View) => void): void {
    this.waiting.push(call);
  }

  /** Draws for the first time and from then on whenever the state changes. */
  start(view: View): void {
    this.drawnBy = view;
    this.store.on([], (state, before) => {
      const only = (Object.keys(state) as (keyof typeof state)[]).filter((key) => state[key] !== before[key]);
      if (only.some((key) => key !== "at" && key !== "panel")) this.update();
    });
    this.panels.show();
    this.update();
    for (const call of this.waiting) call(view);
  }

  private update(): void {
    const state = this.store.get();
    this.visible = visible(this.model, state, this.restricts);
    this.emphasis = null;
    for (const { ask } of this.emphasises) {
      this.emphasis ??= ask(state, this.model);
    }
    this.redraw();
  }

  /** Draws the same anew, as when the system turns dark. */
  redraw(): void {
    this.view.prepare();
    for (const watcher of this.watchers) watcher();
    this.view.draw(); // after the page around it has its size
  }

  /** Chooses a node, opens what is known of it and brings it into view. */
  choose(node: number, { fly = true }: { fly?: boolean } = {}): void {
    this.store.set({ chosen: this.model.id(node), panel: "details" });
    if (fly) this.view.flyTo([node]);
  }

  /** Goes back one step: closes what is open, then takes the choice back. */
  back(): void {
    this.store.set({ chosen: "", panel: "", path: null });
  }

  /** Tells readers who cannot see the map. */
  say(text: string): void {
    this.regions.status.textContent = text;
  }
}
