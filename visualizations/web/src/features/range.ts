// A range with two thumbs over a histogram.

import { fill, h, s } from "../dom";

export type End = "from" | "to";

export interface RangeOptions {
  readonly label: string;
  /** The height of each bar. */
  readonly bars: readonly number[];
  /** Thumbs stand on whole numbers from 0 to this. */
  readonly steps: number;
  /** How many steps the thumbs keep between them; none when it is left out. */
  readonly apart?: number;
  /** What the place of the one or the other thumb is called. */
  readonly say: (place: number, end: End) => string;
  /** Told while a thumb moves. */
  readonly change: (low: number, high: number) => void;
}

export interface RangeControl {
  readonly element: HTMLElement;
  /** Puts the thumbs somewhere without telling. */
  readonly put: (low: number, high: number) => void;
}

/** Makes the control; both thumbs start at the ends. */
export function range({ label, bars, steps, apart = 0, say, change }: RangeOptions): RangeControl {
  const thumb = (end: End): HTMLInputElement =>
    h("input", { type: "range", min: 0, max: steps, step: 1, "aria-label": `${label}, ${end}` });
  const [low, high] = [thumb("from"), thumb("to")];
  const told = h("output", {});
  const plot = s("svg", { viewBox: `0 0 ${bars.length} 100`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const show = (): void => {
    const [from, to] = [Number(low.value), Number(high.value)];
    const [first, last] = [say(from, "from"), say(to, "to")];
    told.textContent = first === last ? first : `${first} to ${last}`;
    low.setAttribute("aria-valuetext", first);
    high.setAttribute("aria-valuetext", last);
    fill(plot, ...columns(bars, (from / steps) * bars.length, (to / steps) * bars.length));
  };
  const put = (from: number, to: number): void => {
    low.value = String(from);
    high.value = String(to);
    show();
  };
  const move = (moved: HTMLInputElement): void => {
    if (Number(high.value) - Number(low.value) < apart) {
      moved.value = String(moved === low ? Number(high.value) - apart : Number(low.value) + apart);
    }
    show();
    change(Number(low.value), Number(high.value));
  };
  low.addEventListener("input", () => move(low));
  high.addEventListener("input", () => move(high));
  put(0, steps);
  const head = h("div", { class: "range-head" }, h("span", {}, label), told);
  const element = h("div", { class: "range", role: "group", "aria-label": label }, head, plot);
  element.append(h("div", { class: "thumbs" }, low, high));
  return { element, put };
}

function columns(bars: readonly number[], from: number, to: number): SVGElement[] {
  const most = Math.max(...bars, 1);
  return bars.map((count, at) => {
    const height = count ? Math.max(4, (100 * count) / most) : 0;
    const inside = at + 1 > from && at < to;
    const bar = { x: at + 0.1, y: 100 - height, width: 0.8, height, class: inside ? "in" : "out" };
    return s("rect", bar);
  });
}
