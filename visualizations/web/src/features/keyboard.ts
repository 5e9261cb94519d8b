// The map without a mouse: arrows go along ties, Enter opens, Escape goes back.

import type { App } from "../app";

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function keyboard(app: App): void {
  app.regions.stage.addEventListener("keydown", (event) => {
    const direction = ARROWS[event.key];
    if (direction) {
      event.preventDefault();
      const next = nextOf(app, direction);
      if (next >= 0) app.choose(next);
    } else if (event.key === "Enter") app.panels.open("details");
    else if (event.key === "+" || event.key === "=") void app.view.sigma.getCamera().animatedZoom();
    else if (event.key === "-") void app.view.sigma.getCamera().animatedUnzoom();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") app.back();
  });
}

/** The neighbour that lies most in a direction; the first of the map when none is chosen. */
export function nextOf(app: App, [right, down]: readonly [number, number]): number {
  const from = app.model.numberOf(app.store.get().chosen);
  if (from < 0) return firstOf(app);
  const here = app.view.at(from);
  let [best, least] = [-1, Infinity];
  for (const { other, edge } of app.model.tiesOf(from)) {
    if (!app.visible.edge[edge] || other === from) continue;
    const there = app.view.at(other);
    const [x, y] = [there.x - here.x, there.y - here.y];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    const far = ahead + 2 * aside;
    if (ahead > 0 && far < least) [best, least] = [other, far];
  }
  return best;
}

function firstOf(app: App): number {
  const { model, visible } = app;
  const told = model.data.findings.find((one) => visible.node[one.node]);
  return told?.node ?? visible.node.indexOf(1);
}
