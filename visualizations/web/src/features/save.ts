// Saves what the map shows: as a picture, for a spreadsheet, for Gephi.

import type { App } from "../app";
import { button, h } from "../dom";
import { edgesCsv, nodesCsv } from "../save/csv";
import { gexf } from "../save/gexf";
import { png } from "../save/png";
import { svg } from "../save/svg";
import { shownOf } from "../table/columns";

interface Kind {
  readonly label: string;
  readonly told: string;
  /** How its file's name ends. */
  readonly end: string;
  readonly make: (app: App) => Blob | Promise<Blob>;
}

const file = (text: string, type: string): Blob => new Blob([text], { type: `${type};charset=utf-8` });

const KINDS: readonly Kind[] = [
  {
    label: "Picture (PNG)",
    told: "The map as you see it now, with title and legend, at twice the size.",
    end: ".png",
    make: (app) => png(svg(app)),
  },
  {
    label: "Drawing (SVG)",
    told: "The same, sharp at any size, and to be changed in a drawing program.",
    end: ".svg",
    make: (app) => file(svg(app), "image/svg+xml"),
  },
  {
    label: "Table of what is shown (CSV)",
    told: "One line for each thing on the map, for a spreadsheet.",
    end: ".csv",
    make: ({ model, visible }) => file(nodesCsv(model, shownOf(visible.node)), "text/csv"),
  },
  {
    label: "Table of ties (CSV)",
    told: "One line for each tie: who, how, since when, and which rows say so.",
    end: " ties.csv",
    make: ({ model, visible }) => file(edgesCsv(model, shownOf(visible.edge)), "text/csv"),
  },
  {
    label: "Graph for Gephi (GEXF)",
    told: "What is shown with places, colours and every figure.",
    end: ".gexf",
    make: ({ model, visible, view }) => {
      const look = { color: (node: number) => view.style.color(node), radius: (node: number) => view.radius(node) };
      return file(gexf(model, shownOf(visible.node), shownOf(visible.edge), look), "application/gexf+xml");
    },
  },
];

export function save(app: App): void {
  const result = h("p", { class: "quiet", role: "status" });
  const items = KINDS.map((kind) => {
    const act = async (): Promise<void> => {
      const name = fileName(app, kind.end);
      try {
        download(await kind.make(app), name);
        result.textContent = `Saved as ${name}`;
      } catch (error) {
        result.textContent = `Not saved: ${error instanceof Error ? error.message : String(error)}`;
        throw error;
      }
    };
    return h("li", {}, button(kind.label, () => void act(), { "data-save": kind.end.trim() }), h("small", {}, kind.told));
  });
  app.panels.add({ id: "save", label: "Save", body: h("div", { class: "save" }, h("ul", {}, ...items), result) });
}

/** The title and the day, without what file systems do not hold. */
function fileName({ model }: App, end: string): string {
  const title = model.data.title.replace(/[^\p{L}\p{N} -]+/gu, " ").replace(/\s+/g, " ").trim();
  return `${[...title].slice(0, 60).join("") || "map"} ${model.data.asOf}${end}`;
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser reads it after the click
}
