// A small network in which everything is known.

import type { PageData } from "../src/model/columns";
import { Model } from "../src/model/model";

/** Acme (0) is in Valves with Bolt (1); IMTS (2) and Ann (3) are in no cluster. */
export const TOWN: PageData = {
  title: "A town",
  home: { file: "", title: "" },
  pages: {},
  caption: "As of a day",
  asOf: "2025-09-30",
  emphasis: "",
  centre: -1,
  types: [
    { name: "Customer", color: "#0072b2" },
    { name: "Trade show", color: "#e69f00" },
    { name: "Person", color: "#9aa5b1" },
    { name: "Employee", color: "#3e4c59" },
  ],
  hidden: ["Person"],
  groups: [{ name: "Valves", told: "They order valves." }],
  relations: ["was at", "supplies", "works at", "talked to"],
  sources: ["notes.csv row 4", "orders.csv row 3-7"],
  nodes: {
    id: ["c1", "c2", "s1", "p1", "e1"],
    name: ["Acme Valve", "Bolt Pumps", "IMTS 2024", "Ann Smith", "Our Joe"],
    aliases: { "0": ["ACME VALVE CO", "Acme"] },
    type: [0, 0, 1, 2, 3],
    group: [0, 0, -1, -1, -1],
    x: [-10000, 0, 10000, 5000, 6000],
    y: [0, 10000, -10000, 5000, 5000],
    size: [100, 20, 0, 0, 0],
    level: [1, 0, 0, 0, 0],
    change: [0, 1, 0, 0, 0],
    facts: [
      [
        ["Orders fell", 1, 1, 20361],
        ["May buy titanium", 0, 0, null],
      ],
      [],
      [],
      [],
      [],
    ],
  },
  edges: {
    source: [0, 0, 3, 4],
    target: [2, 1, 0, 3],
    relation: [0, 1, 2, 3],
    strength: [1000, 500, 100, 100],
    stated: [0, 1, 1, 0],
    first: [20000, null, null, null],
    last: [20361, null, null, null],
    months: [[24300, 0, 2], [], [], []],
    rows: [[0], [1], [], []],
    change: [0, 0, 0, 0],
    detail: ["in 2024", "", "", ""],
  },
  measures: [
    { column: "ordered", label: "Ordered", unit: "USD", kind: "number", values: [100, 20, null, null, null] },
    { column: "last", label: "Last order", unit: "", kind: "day", values: [20361, 20000, null, null, null] },
  ],
  findings: [
    {
      id: "f1",
      node: 0,
      kind: "slowing-customer",
      level: "alert",
      alarming: true,
      statement: "Acme Valve orders less.",
      advice: "Call.",
      why: ["orders a month: 1 (orders.csv row 3-7)"],
      cypher: "MATCH (n) RETURN n",
      before: "",
      change: "",
    },
  ],
  paths: [],
};

export const town = (data: PageData = TOWN): Model => new Model(data);

/** A network of customers with nothing but ties: from, to, strength. */
export function network(order: number, ties: readonly (readonly [number, number, number])[]): Model {
  const none = new Array<number>(order).fill(0);
  const no = ties.map(() => 0);
  const names = none.map((_, node) => `Node ${node}`);
  return new Model({
    ...TOWN,
    groups: [],
    findings: [],
    measures: [],
    relations: ["knows"],
    nodes: {
      id: names,
      name: names,
      aliases: {},
      type: none,
      group: none.map(() => -1),
      x: none,
      y: none,
      size: none,
      level: none,
      change: none,
      facts: none.map(() => []),
    },
    edges: {
      source: ties.map(([from]) => from),
      target: ties.map(([, to]) => to),
      relation: no,
      strength: ties.map(([, , strength]) => strength * 1000),
      stated: no,
      first: ties.map(() => null),
      last: ties.map(() => null),
      months: ties.map(() => []),
      rows: ties.map(() => []),
      change: no,
      detail: ties.map(() => ""),
    },
  });
}
