import { describe, expect, it } from "vitest";

import { changed, counted, wasBefore } from "../src/features/changed";
import { town, TOWN } from "./town";

const data = {
  ...TOWN,
  nodes: {
    ...TOWN.nodes,
    change: [3, 1, 0, 2, 1],
    size: [10, 20, 0, 0, 90],
    facts: [[["On 2025-06-30 a watch, now an alert", -1, 1, null], ["Orders fell", 1, 1, 20361]], [], [], [["Gone", -1, 1, null]], []],
  },
  edges: { ...TOWN.edges, change: [1, 0, 2, 1] },
  findings: [{ ...TOWN.findings[0]!, change: "changed" }],
} as typeof TOWN;

describe("what changed", () => {
  const model = town(data);
  const [fresh, gone, other] = changed(model);

  it("is listed by what became of it, the largest nodes and strongest ties first", () => {
    expect([fresh?.nodes, fresh?.edges]).toEqual([[4, 1], [0, 3]]);
    expect([gone?.nodes, gone?.edges]).toEqual([[3], [2]]);
    expect([other?.nodes, other?.findings.map((one) => one.id)]).toEqual([[0], ["f1"]]);
  });

  it("is counted", () => {
    expect(counted(fresh!)).toBe("2 nodes, 2 ties");
    expect(counted(other!)).toBe("1 node, 1 finding");
    expect(counted({ kind: "new", nodes: [], edges: [], findings: [] })).toBe("nothing");
  });

  it("says what a node was before, which no file states", () => {
    expect(wasBefore(model, 0)).toEqual(["On 2025-06-30 a watch, now an alert"]);
    expect(wasBefore(model, 3)).toEqual(["Gone"]);
    expect(wasBefore(model, 1)).toEqual([]);
  });
});
