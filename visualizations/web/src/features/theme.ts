// Light or dark as the system says, or as the reader chose.

import type { App } from "../app";
import { button } from "../dom";

export function theme(app: App): void {
  const { store, regions } = app;
  const root = regions.bar.parentElement!;
  const toggle = button("", () => store.set({ theme: app.view.isDark ? "light" : "dark" }), { class: "theme" });
  const paint = (): void => {
    const { palette, isDark } = app.view;
    for (const [name, color] of Object.entries(palette)) root.style.setProperty(`--${name}`, color);
    root.style.colorScheme = isDark ? "dark" : "light";
    toggle.textContent = isDark ? "Light" : "Dark";
  };
  app.onShown(paint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => app.redraw());
  regions.bar.append(toggle);
}
