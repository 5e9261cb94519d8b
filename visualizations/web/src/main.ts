// Opens the map that the page holds.

import "./style.css";
import "./tools.css";

import { type Mount, App } from "./app";
import { h } from "./dom";
import { chosen } from "./features/chosen";
import { details } from "./features/details";
import { difference } from "./features/difference";
import { filters } from "./features/filters";
import { keyboard } from "./features/keyboard";
import { legend } from "./features/legend";
import { neighbourhood } from "./features/neighbourhood";
import { overview } from "./features/overview";
import { paths } from "./features/paths";
import { pointer } from "./features/pointer";
import { print } from "./features/print";
import { save } from "./features/save";
import { search } from "./features/search";
import { share } from "./features/share";
import { summary } from "./features/summary";
import { table } from "./features/table";
import { theme } from "./features/theme";
import { time } from "./features/time";
import type { PageData } from "./model/columns";
import { Model } from "./model/model";
import { unpack } from "./model/unpack";
import { skeleton } from "./page";
import { isSoftware, renderer } from "./render/machine";
import { View } from "./render/view";
import { fromHash } from "./state/hash";
import { initialState } from "./state/initial";
import { Store } from "./state/state";

/** In the order in which their buttons and panels appear. */
const FEATURES: readonly Mount[] = [
  search,
  overview,
  difference,
  details,
  filters,
  paths,
  table,
  save,
  time,
  legend,
  summary,
  neighbourhood,
  chosen,
  pointer,
  keyboard,
  theme,
  share,
  print,
];

function open(root: HTMLElement, data: PageData): App {
  const regions = skeleton(root, data);
  const initial = initialState(data, root.clientWidth);
  const store = new Store(fromHash(location.hash, initial), initial);
  const app = new App(new Model(data), store, regions);
  for (const mount of FEATURES) mount(app);
  const drawnBy = renderer();
  if (drawnBy === null) {
    const told = "This browser draws no WebGL. Switch on hardware acceleration, or use: graphkit map --engine pyvis";
    regions.stage.append(h("p", { class: "empty" }, told));
    throw new Error(told);
  }
  app.start(new View(app, isSoftware(drawnBy)));
  return app;
}

async function begin(): Promise<void> {
  const data = document.getElementById("graphkit-data");
  const root = document.getElementById("graphkit-map");
  if (!data || !root) throw new Error("the page holds no map");
  const app = open(root, await unpack(data));
  Object.assign(window, { graphkitMap: app });
  document.documentElement.dataset["ready"] = "yes";
}

void begin();
