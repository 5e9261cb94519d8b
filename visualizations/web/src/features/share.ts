// The address holds the state: a link shows others the same, and a reload shows it again.

import type { App } from "../app";
import type { View } from "../render/view";
import { fromHash, toHash } from "../state/hash";

export function share(app: App): void {
  const { store } = app;
  let written = location.hash.slice(1);
  store.on([], (state) => {
    written = toHash(state, store.initial);
    history.replaceState(null, "", `#${written}`);
  });
  // Of the event, not of the page: the camera may have written its place before the event came.
  window.addEventListener("hashchange", ({ newURL }) => {
    const { hash } = new URL(newURL);
    if (hash.slice(1) !== written) store.set(fromHash(hash, store.initial));
  });
  app.onDrawn((view) => followCamera(app, view));
}

function followCamera(app: App, view: View): void {
  const camera = view.sigma.getCamera();
  const { at } = app.store.get();
  if (at) camera.setState(at);
  let waiting = 0;
  camera.on("updated", ({ x, y, ratio }) => {
    clearTimeout(waiting);
    const at = { x: rounded(x), y: rounded(y), ratio: rounded(ratio) };
    waiting = window.setTimeout(() => app.store.set({ at }), 250);
  });
  app.store.on(["at"], ({ at: place }) => {
    if (place && (place.x !== rounded(camera.x) || place.y !== rounded(camera.y))) camera.setState(place);
  });
}

/** As the address writes it. */
function rounded(value: number): number {
  return Number(value.toFixed(4));
}
