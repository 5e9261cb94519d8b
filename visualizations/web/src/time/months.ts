// Months as numbers (year * 12 + month - 1), and which ties fall into some of them.

import type { Model } from "../model/model";
import type { Range } from "../state/state";

const NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** Such as "March 2025". */
export function monthName(month: number): string {
  return `${NAMES[((month % 12) + 12) % 12]} ${Math.floor(month / 12)}`;
}

/** Such as "March 2025 to May 2025", or one month's name. */
export function spanName([first, last]: Range): string {
  return first === last ? monthName(first) : `${monthName(first)} to ${monthName(last)}`;
}

/** The first and the last month in which anything happened; null when fewer than two are known. */
export function wholeSpan(model: Model): Range | null {
  let [first, last] = [Infinity, -Infinity];
  for (let edge = 0; edge < model.size; edge++) {
    const months = model.months(edge);
    first = Math.min(first, months.at(0) ?? first);
    last = Math.max(last, months.at(-1) ?? last);
  }
  return first < last ? [first, last] : null;
}

/** How often ties happened in each month of a span. */
export function countsOf(model: Model, [first, last]: Range): number[] {
  const counts = new Array<number>(last - first + 1).fill(0);
  for (let edge = 0; edge < model.size; edge++) {
    for (const month of model.months(edge)) counts[month - first] = (counts[month - first] ?? 0) + 1;
  }
  return counts;
}

/** Whether a tie happened in some months; one without a date holds in all. */
export function happened(model: Model, edge: number, [first, last]: Range): boolean {
  const months = model.months(edge);
  return months.length === 0 || months.some((month) => month >= first && month <= last);
}

/** A window moved by some months, as far as a span goes. */
export function moved([from, to]: Range, by: number, [first, last]: Range): Range {
  const step = Math.max(first - from, Math.min(by, last - to));
  return [from + step, to + step];
}

/** Where playing begins: at the window, or at the first months when it is whole or at the end. */
export function begin(window: Range | null, span: Range): Range {
  const [first, last] = span;
  if (window && window[1] < last) return window;
  const length = window ? window[1] - window[0] : Math.min(Math.max(2, Math.round((last - first) / 12)), last - first - 1);
  return [first, first + length];
}
