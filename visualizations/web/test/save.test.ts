import { describe, expect, it } from "vitest";

import { cell, edgesCsv, nodesCsv } from "../src/save/csv";
import { gexf } from "../src/save/gexf";
import { SvgPen } from "../src/save/svg-pen";
import { escaped, x } from "../src/save/xml";
import { nodeColumns, shownOf, sorted } from "../src/table/columns";
import { town, TOWN } from "./town";

const model = town();

describe("CSV", () => {
  it.each(["=1+1", "+1", "-1", "@sum", "\ttab"])("lets %s run as no formula", (text) => {
    expect(cell(text)).toBe(`'${text}`);
  });

  it("quotes what would end a cell, and leaves numbers be", () => {
    expect(cell('a "b", c\nd')).toBe('"a ""b"", c\nd"');
    expect(cell("\r=x")).toBe('"\'\r=x"');
    expect([cell(-3.5), cell(null)]).toEqual(["-3.5", ""]);
  });

  it("has one line for each node and tie that is shown", () => {
    expect(nodesCsv(model, [0]).split("\n")).toEqual([
      "\ufeffId,Name,Type,Cluster,Level,Ties,Ordered (USD),Last order,Other names",
      "c1,Acme Valve,Customer,Valves,alert,3,100,2025-09-30,ACME VALVE CO; Acme",
      "",
    ]);
    expect(edgesCsv(model, [0]).split("\n")[1]).toBe(
      "c1,s1,Acme Valve,was at,IMTS 2024,inferred,2024-10-04,2025-09-30,1,in 2024,notes.csv row 4",
    );
  });
});

describe("XML", () => {
  it("holds what the data says as text, and nothing that it cannot hold", () => {
    expect(x("a", { b: '"<&' }, escaped("</a>\u0000\ud800 \u{1f600}"))).toBe(
      '<a b="&quot;&lt;&amp;">&lt;/a&gt;\ufffd\ufffd \u{1f600}</a>',
    );
  });

  it("leaves attributes without a value out", () => {
    expect(x("a", { b: null, c: 1 / 3 })).toBe('<a c="0.333"/>');
  });
});

describe("GEXF", () => {
  it("has places, colours and values of what is shown", () => {
    const nodes = { ...TOWN.nodes, name: ["<Acme & Co>", ...TOWN.nodes.name.slice(1)] };
    const text = gexf(town({ ...TOWN, nodes }), [0, 1], [1], { color: () => "#0072b2", radius: () => 7 });
    expect(text).toContain('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">');
    expect(text).toContain('<node id="c1" label="&lt;Acme &amp; Co&gt;">');
    expect(text).toContain('<viz:color r="0" g="114" b="178"/>');
    expect(text).toContain('<edge id="1" source="c1" target="c2" label="supplies" weight="0.5">');
    expect(text.match(/<node /g)).toHaveLength(2);
  });
});

describe("the pen", () => {
  it("draws circles and lines as paths and names as text", () => {
    const canvas = { font: "", measureText: () => ({ width: 1 }) } as unknown as CanvasRenderingContext2D;
    const pen = new SvgPen(canvas);
    pen.beginPath();
    pen.lineTo(1, 2);
    pen.lineTo(3, 4);
    pen.closePath();
    pen.stroke();
    pen.font = "600 13px sans-serif";
    pen.fillText("<b>", 1, 2);
    expect(pen.written).toContain('d="M1 2L3 4Z"');
    expect(pen.written).toContain('font-weight="600"');
    expect(pen.written).toContain("&lt;b&gt;</text>");
    pen.clearRect();
    expect(pen.written).toBe("");
  });
});

describe("the table", () => {
  const column = (heading: string) => nodeColumns(model).find((one) => one.heading === heading)!;

  it("is sorted either way, with what has no value last", () => {
    const all = [0, 1, 2, 3, 4];
    expect(sorted(all, column("Ordered (USD)"), true)).toEqual([0, 1, 2, 3, 4]);
    expect(sorted(all, column("Ordered (USD)"), false)).toEqual([1, 0, 2, 3, 4]);
    expect(sorted(all, column("Name"), false)).toEqual([0, 3, 1, 2, 4]);
    expect(sorted(all, column("Last order"), true)).toEqual([0, 1, 2, 3, 4]);
  });

  it("has what is shown", () => {
    expect(shownOf(Uint8Array.from([1, 0, 1]))).toEqual([0, 2]);
  });
});
