// What the mouse and fingers do on the map.

import type { App } from "../app";
import type { View } from "../render/view";

export function pointer(app: App): void {
  app.onDrawn((view) => listen(app, view));
}

function listen(app: App, view: View): void {
  const { store } = app;
  const { stage } = app.regions;
  view.sigma.on("enterNode", ({ node }) => view.hover(Number(node)));
  view.sigma.on("leaveNode", () => view.hover(-1));
  view.sigma.on("moveBody", ({ event }) => {
    const group = view.far ? view.clusters.at(event.x, event.y) : -1;
    view.hoverCluster(group);
    stage.classList.toggle("over", group >= 0 || view.hovered >= 0);
  });
  view.sigma.on("clickNode", ({ node }) => app.choose(Number(node), { fly: false }));
  view.sigma.on("clickStage", ({ event }) => {
    const group = view.far ? view.clusters.at(event.x, event.y) : -1;
    if (group >= 0) view.flyTo(app.model.members[group] ?? []);
    else store.set({ chosen: "" });
  });
  view.sigma.on("doubleClickNode", (payload) => {
    payload.preventSigmaDefault();
    const id = app.model.id(Number(payload.node));
    const { around } = store.get();
    store.set({ around: [...around.filter((one) => one !== id), id], hops: 1, chosen: id });
    view.flyTo(shown(app));
  });
}

function shown(app: App): number[] {
  return Array.from(app.visible.node.keys()).filter((node) => app.visible.node[node]);
}
