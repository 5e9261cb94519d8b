import { describe, expect, it } from "vitest";

import { filtered, histogram, scaleOf } from "../src/features/filtering";
import { initialState } from "../src/state/initial";
import type { State } from "../src/state/state";
import { visible } from "../src/visible";
import { town, TOWN } from "./town";

const start = initialState(TOWN, 1280);
const shown = (changes: Partial<State>): string[] => {
  const model = town();
  const { node } = visible(model, { ...start, ...changes }, [filtered]);
  return TOWN.nodes.name.filter((_, one) => node[one]);
};

describe("filters", () => {
  it("keep who lies in the range, and of other types what is tied to one of those", () => {
    expect(shown({ ranges: { ordered: [50, 100] } })).toEqual(["Acme Valve", "IMTS 2024", "Ann Smith"]);
    expect(shown({ ranges: { ordered: [0, 50] } })).toEqual(["Bolt Pumps"]);
  });

  it("combine: all have to be met", () => {
    expect(shown({ ranges: { ordered: [0, 50] }, levels: ["alert"] })).toEqual([]);
    expect(shown({ levels: ["alert"], groups: ["Valves"] })).toEqual(["Acme Valve", "IMTS 2024", "Ann Smith"]);
  });

  it("keep no node for a tie that is left out", () => {
    expect(shown({ levels: ["alert"], without: ["was at"] })).toEqual(["Acme Valve", "Ann Smith"]);
  });

  it("do nothing where nothing was chosen", () => {
    expect(filtered(start, town())).toBeNull();
  });
});

describe("the scale of a measure", () => {
  const measure = (values: (number | null)[]) => ({ column: "a", label: "A", unit: "", kind: "number" as const, values });

  it("gives the ends exactly, so that the largest is never left out", () => {
    const scale = scaleOf(measure([0.1, 7, null, 123456.789]))!;
    expect([scale.value(0), scale.value(1)]).toEqual([0.1, 123456.789]);
    expect(scale.place(scale.value(0.3))).toBeCloseTo(0.3);
  });

  it("is none where all are the same or there are none", () => {
    expect(scaleOf(measure([5, 5, null]))).toBeNull();
    expect(scaleOf(measure([null]))).toBeNull();
  });

  it("counts every value in one bar", () => {
    const one = measure([0, 1, 2, 3, null, 3]);
    expect(histogram(one, scaleOf(one)!, 3)).toEqual([1, 1, 3]);
  });
});
