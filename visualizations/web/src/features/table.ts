// What the map shows as a table: for those who cannot see it, and those who would rather read.

import type { App } from "../app";
import { button, fill, h } from "../dom";
import { type DataColumn, nodeColumns, shownOf, sorted, type Value } from "../table/columns";

const PAGE = 50;

export function table(app: App): void {
  const columns = nodeColumns(app.model);
  const body = h("div", { class: "table" });
  app.panels.add({ id: "table", label: "Table", body });
  // The first figure, largest first, which is what customers ordered; the names where there is none.
  const first = columns.findIndex((column) => column.heading === "Ties") + 1;
  let [by, descending, page] = columns[first]?.isNumber ? [first, true, 0] : [0, false, 0];
  let rows: number[] = [];
  const count = h("p", { class: "quiet", role: "status" });
  const head = h("tr", {});
  const lines = h("tbody", {});
  const pages = h("nav", { class: "pages", "aria-label": "Pages of the table" });
  const whole = h("table", {}, h("caption", {}, "What the map shows"), h("thead", {}, head), lines);
  body.append(count, pages, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table" }, whole));

  const order = (column: number): void => {
    descending = column === by ? !descending : columns[column]!.isNumber;
    [by, page] = [column, 0];
    show();
    (head.children[column]?.firstElementChild as HTMLElement | null)?.focus();
  };
  const turn = (to: number): void => {
    page = to;
    write();
  };
  const show = (): void => {
    rows = sorted(shownOf(app.visible.node), columns[by]!, descending);
    fill(head, ...columns.map((column, at) => heading(column, at === by ? (descending ? "descending" : "ascending") : "none", () => order(at))));
    write();
  };
  const write = (): void => {
    const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
    page = Math.min(page, last);
    const some = rows.slice(page * PAGE, (page + 1) * PAGE);
    fill(lines, ...some.map((node) => line(app, columns, node)));
    const [from, all] = [page * PAGE + 1, rows.length.toLocaleString("en-US")];
    count.textContent = rows.length ? `${from} to ${from + some.length - 1} of ${all} shown on the map` : "The map shows nothing now.";
    pages.hidden = last === 0;
    const step = (label: string, to: number): HTMLElement =>
      button(label, () => turn(to), { disabled: to < 0 || to > last, "aria-label": `${label} page` });
    const at = [...pages.children].indexOf(document.activeElement!);
    fill(pages, step("First", page ? 0 : -1), step("Previous", page - 1), step("Next", page + 1), step("Last", page < last ? last : -1));
    (pages.children[at] as HTMLElement | undefined)?.focus();
  };
  // Rows are made only while somebody looks at them.
  const isOpen = (): boolean => app.store.get().panel === "table";
  let of: unknown;
  app.onShown(() => {
    if (isOpen() && of !== app.visible) renew();
  });
  const renew = (): void => {
    of = app.visible;
    show();
  };
  app.store.on(["panel"], () => {
    if (isOpen() && of !== app.visible) renew();
  });
}

function heading(column: DataColumn, sort: string, act: () => void): HTMLElement {
  const sign = sort === "ascending" ? " ▲" : sort === "descending" ? " ▼" : "";
  const made = button(column.heading, act, { class: "link" });
  made.append(h("span", { "aria-hidden": "true" }, sign));
  const classes = [column.isNumber ? "number" : "", column.heading.length > 15 ? "wide" : ""].filter(Boolean).join(" ");
  return h("th", { scope: "col", "aria-sort": sort, class: classes || null }, made);
}

function line(app: App, columns: readonly DataColumn[], node: number): HTMLElement {
  const [name, ...others] = columns;
  const go = (): void => {
    app.store.set({ chosen: app.model.id(node) });
    app.view.flyTo([node]);
  };
  const first = h("th", { scope: "row" }, button(String(name!.of(node)), go, { class: "link" }));
  const cells = others.map((column) => {
    const text = written(column.of(node));
    return h("td", { class: column.isNumber ? "number" : /^\d{4}-\d\d-\d\d$/.test(text) ? "day" : null }, text);
  });
  return h("tr", {}, first, ...cells);
}

function written(value: Value): string {
  return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) >= 1000 ? 0 : 2 }) : (value ?? "");
}
