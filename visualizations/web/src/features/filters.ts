// The panel of filters: chips for what things are, ranges for how much and when.

import type { App } from "../app";
import { button, fill, h } from "../dom";
import type { MeasureColumn } from "../model/columns";
import { isoDay } from "../model/model";
import { toggled } from "../state/state";
import { filtered, histogram, scaleOf } from "./filtering";
import { range } from "./range";

const STEPS = 200;
const BARS = 40;

type Listed = "hide" | "levels" | "groups" | "without";

interface Chips {
  readonly heading: string;
  readonly field: Listed;
  readonly names: readonly string[];
  /** Whether the field lists what is left out, rather than what is kept. */
  readonly leavesOut: boolean;
}

export function filters(app: App): void {
  const { model } = app;
  const body = h("div", { class: "filters" });
  const levels = ["alert", "watch"].filter((level) => model.data.findings.some((one) => one.level === level));
  const groups: Chips[] = [
    { heading: "Types", field: "hide", names: model.data.types.map((one) => one.name), leavesOut: true },
    { heading: "Only with", field: "levels", names: levels, leavesOut: false },
    { heading: "Only clusters", field: "groups", names: model.data.groups.map((one) => one.name), leavesOut: false },
    { heading: "Ties", field: "without", names: model.data.relations, leavesOut: true },
  ];
  for (const one of groups) if (one.names.length) body.append(chips(app, one));
  for (const measure of model.data.measures) {
    const made = slider(app, measure);
    if (made) body.append(made);
  }
  app.panels.add({ id: "filters", label: "Filter", body });
  app.restrict(filtered);
}

function chips(app: App, { heading, field, names, leavesOut }: Chips): HTMLElement {
  const { store } = app;
  const list = h("div", { class: "chips", role: "group", "aria-label": heading });
  const show = (): void => {
    const listed = store.get()[field];
    const made = names.map((name) =>
      button(name, () => store.set({ [field]: toggled(store.get()[field], name) }), {
        class: "chip",
        "aria-pressed": String(listed.includes(name) !== leavesOut),
      }),
    );
    const at = [...list.children].indexOf(document.activeElement!);
    fill(list, ...made);
    made[at]?.focus();
  };
  store.on([field], show);
  show();
  return h("section", {}, h("h3", {}, heading), list);
}

function slider(app: App, measure: MeasureColumn): HTMLElement | null {
  const scale = scaleOf(measure);
  if (!scale) return null;
  const { store } = app;
  const value = (place: number): number => scale.value(place / STEPS);
  const { element, put } = range({
    label: measure.label,
    bars: histogram(measure, scale, BARS),
    steps: STEPS,
    say: (place) => said(value(place), measure),
    change: (low, high) => {
      const { [measure.column]: _, ...others } = store.get().ranges;
      const all = low === 0 && high === STEPS;
      store.set({ ranges: all ? others : { ...others, [measure.column]: [value(low), value(high)] } });
    },
  });
  const follow = (): void => {
    const [low, high] = store.get().ranges[measure.column] ?? [scale.low, scale.high];
    put(Math.round(scale.place(low) * STEPS), Math.round(scale.place(high) * STEPS));
  };
  store.on(["ranges"], follow);
  follow();
  return element;
}

/** A figure with its unit, or a day. */
export function said(value: number, measure: MeasureColumn): string {
  if (measure.kind === "day") return isoDay(Math.round(value));
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits)).toLocaleString("en-US")} ${measure.unit}`.trim();
}
