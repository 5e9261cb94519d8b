// On paper the map is a picture, with the legend and what the open panel says.

import type { App } from "../app";
import { h } from "../dom";
import { picture } from "../render/picture";

export function print(app: App): void {
  const shown = h("img", { class: "printed", alt: app.model.data.caption });
  window.addEventListener("beforeprint", () => {
    shown.src = picture(app.view).toDataURL("image/png");
    app.regions.stage.append(shown);
  });
  window.addEventListener("afterprint", () => shown.remove());
}
