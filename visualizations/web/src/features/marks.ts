// What the marks on the map mean; the legend and saved pictures say it.

import type { Model } from "../model/model";
import type { Pattern } from "../render/edge-program";
import type { Ring } from "../render/node-program";
import type { Palette } from "../render/theme";

export interface RingMark {
  readonly ring: Ring;
  readonly color: keyof Palette;
  readonly mark: string;
  readonly meaning: string;
}

const LEVELS: readonly RingMark[] = [
  { ring: "solid", color: "alert", mark: "Solid ring", meaning: "alert: act on it" },
  { ring: "dashed", color: "watch", mark: "Dashed ring", meaning: "watch: keep an eye on it" },
];
const CHANGES: readonly RingMark[] = [
  { ring: "double", color: "new", mark: "Double ring", meaning: "new" },
  { ring: "dotted", color: "gone", mark: "Dotted ring", meaning: "gone" },
  { ring: "dashed", color: "changed", mark: "Dashed ring", meaning: "changed" },
];

/** The rings that a map draws. */
export function ringMarks({ data }: Model): readonly RingMark[] {
  return data.emphasis === "difference" ? CHANGES : LEVELS;
}

export interface TieMark {
  readonly pattern: Pattern;
  readonly color: keyof Palette;
  readonly mark: string;
  readonly meaning: string;
}

const TIES: readonly TieMark[] = [
  { pattern: "full", color: "ink", mark: "Full line", meaning: "stated in an export" },
  { pattern: "dashed", color: "ink", mark: "Dashed line", meaning: "read from a text or inferred" },
];
const TIE_CHANGES: readonly TieMark[] = [
  { pattern: "double", color: "new", mark: "Double line", meaning: "a new tie" },
  { pattern: "dotted", color: "gone", mark: "Dotted line", meaning: "a tie that is gone" },
  { pattern: "dashdot", color: "changed", mark: "Line of dashes and dots", meaning: "a tie twice or half as strong" },
];

/** The lines that a map draws. */
export function tieMarks({ data }: Model): readonly TieMark[] {
  return data.emphasis === "difference" ? [...TIE_CHANGES, ...TIES] : TIES;
}
