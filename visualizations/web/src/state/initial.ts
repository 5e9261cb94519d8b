// What a reader sees first.

import type { PageData } from "../model/columns";
import type { State } from "./state";

/** Narrower than this, panels are sheets over the map and closed at first. */
export const PHONE = 720;

export function initialState(data: PageData, width: number): State {
  return Object.freeze({
    chosen: "",
    hide: data.hidden,
    levels: [],
    groups: [],
    without: [],
    ranges: {},
    months: null,
    around: [],
    hops: 1,
    path: null,
    theme: "",
    at: null,
    panel: width < PHONE ? "" : "overview",
  });
}
