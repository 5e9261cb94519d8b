// The map as one picture, all its layers together.

import type { View } from "./view";

/** What is on the map now, on its paper; at the size of the canvas times the screen's pixel ratio. */
export function picture(view: View): HTMLCanvasElement {
  view.sigma.refresh({ skipIndexation: true }); // WebGL keeps no picture beyond the task that drew it
  const layers = [...view.sigma.getContainer().querySelectorAll("canvas")];
  const whole = document.createElement("canvas");
  whole.width = Math.max(...layers.map((one) => one.width));
  whole.height = Math.max(...layers.map((one) => one.height));
  const context = whole.getContext("2d");
  if (!context) throw new Error("this browser draws no canvas");
  context.fillStyle = view.palette.paper;
  context.fillRect(0, 0, whole.width, whole.height);
  for (const layer of layers) if (layer.width && layer.height) context.drawImage(layer, 0, 0, whole.width, whole.height);
  return whole;
}
