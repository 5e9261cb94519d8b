// What a reader sees first.

import type { PageData } from "../model/columns";
import { askedFirst } from "../paths/given";
import type { State } from "./state";

/** Narrower than this, panels are sheets over the map and closed at first. */
export const PHONE = 720;

/** The panel that says what a page is about. */
const ABOUT: Readonly<Record<string, string>> = { path: "paths", difference: "changes" };

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
    path: askedFirst(data),
    theme: "",
    at: null,
    panel: width < PHONE ? "" : (ABOUT[data.emphasis] ?? "overview"),
  });
}
