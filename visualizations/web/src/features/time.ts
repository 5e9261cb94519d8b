// Only what happened in some months: two thumbs over how much happened, to play and to step.

import type { App } from "../app";
import { button, h } from "../dom";
import type { Model } from "../model/model";
import { PHONE } from "../state/initial";
import { type Range, same } from "../state/state";
import { begin, countsOf, happened, moved, monthName, spanName, wholeSpan } from "../time/months";
import type { Emphasis, Visible } from "../visible";
import { range } from "./range";

/** How long each month is shown while it plays, in milliseconds. */
const PACE = 1100;

export function time(app: App): void {
  const { model, store, regions } = app;
  const span = wholeSpan(model);
  if (!span) return;
  app.restrict(({ months }) => (months ? { edge: (edge) => happened(model, edge, months) } : null));
  app.emphasise(30, ({ months }) => (months ? withTies(model, app.visible) : null));
  const told = h("summary", {});
  const control = thumbs(app, span);
  const wide = regions.bar.clientWidth >= PHONE;
  regions.foot.append(
    h("details", { class: "time", open: wide }, told, h("div", { class: "time-row" }, steps(app, span), control)),
  );
  const show = (): void => {
    const { months } = store.get();
    told.textContent = months ? `Time: ${spanName(months)}` : `Time: all months, ${spanName(span)}`;
  };
  store.on(["months"], show);
  show();
}

/** Customers, and of the rest what has a tie in the months; what has none is dimmed. */
function withTies(model: Model, visible: Visible): Emphasis {
  const customer = model.data.types.findIndex((type) => type.name === "Customer");
  const nodes = new Set<number>();
  for (let node = 0; node < model.order; node++) if (model.data.nodes.type[node] === customer) nodes.add(node);
  for (let edge = 0; edge < model.size; edge++) {
    if (visible.edge[edge]) nodes.add(model.from(edge)).add(model.to(edge));
  }
  return { nodes, edges: new Set(), onlyDims: true };
}

/** The thumbs stand between months: a window of one month is one step wide. */
function thumbs({ model, store }: App, span: Range): HTMLElement {
  const [first, last] = span;
  const end = last - first + 1;
  const { element, put } = range({
    label: "Months",
    bars: countsOf(model, span),
    steps: end,
    apart: 1,
    say: (place, side) => monthName(first + (side === "from" ? Math.min(place, end - 1) : Math.max(place - 1, 0))),
    change: (low, high) => store.set({ months: low === 0 && high === end ? null : [first + low, first + high - 1] }),
  });
  const follow = (): void => {
    const [from, to] = store.get().months ?? span;
    put(from - first, to - first + 1);
  };
  store.on(["months"], follow);
  follow();
  return element;
}

/** Buttons that move the window. */
function steps(app: App, span: Range): HTMLElement {
  const { store, model } = app;
  const go = (months: Range): void => {
    store.set({ months });
    app.say(`${spanName(months)}: ${app.visible.edges.toLocaleString("en-US")} ties`);
  };
  const step = (by: number): void => go(store.get().months ? moved(store.get().months!, by, span) : begin(null, span));
  const all = button("All months", () => store.set({ months: null }), { title: "Show all months again" });
  const undated = Array.from({ length: model.size }, (_, edge) => edge).some((edge) => model.months(edge).length === 0);
  const follow = (): void => void (all.disabled = store.get().months === null);
  store.on(["months"], follow);
  follow();
  return h(
    "div",
    { class: "time-acts", role: "group", "aria-label": "Move through the months" },
    player(app, span),
    button("‹", () => step(-1), { "aria-label": "One month back" }),
    button("›", () => step(1), { "aria-label": "One month on" }),
    all,
    undated ? h("small", {}, "Ties without a date stay.") : null,
  );
}

/** Plays month after month; not there for those who want things to stand still, who have the steps. */
function player({ store }: App, span: Range): HTMLElement {
  let timer = 0;
  let expected: Range | null = null;
  const stop = (): void => {
    clearInterval(timer);
    timer = 0;
    made.textContent = "Play";
  };
  const show = (months: Range): void => {
    expected = months;
    store.set({ months });
  };
  const tick = (): void => {
    const next = moved(expected!, 1, span);
    if (same(next, expected)) stop();
    else show(next);
  };
  const made = button("Play", () => {
    if (timer) return stop();
    made.textContent = "Pause";
    timer = window.setInterval(tick, PACE);
    show(begin(store.get().months, span));
  }, { class: "play" });
  // Whoever moves the thumbs meanwhile has taken over.
  store.on(["months"], ({ months }) => {
    if (timer && !same(months, expected)) stop();
  });
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const follow = (): void => {
    made.hidden = still.matches;
    if (still.matches) stop();
  };
  still.addEventListener("change", follow);
  follow();
  return made;
}
