import { describe, expect, it } from "vitest";

import { initialState } from "../src/state/initial";
import { untied, visible } from "../src/visible";
import { town, TOWN } from "./town";

describe("the model", () => {
  it("knows every tie of a node from both ends", () => {
    const model = town();
    expect([...model.tiesOf(0)].map(({ other, out }) => [other, out])).toEqual([
      [2, true],
      [1, true],
      [3, false],
    ]);
    expect([...model.tiesOf(2)]).toEqual([{ edge: 0, other: 0, out: false }]);
  });

  it("reads months, days, sources and facts back from their columns", () => {
    const model = town();
    expect(model.months(0)).toEqual([24300, 24300, 24302]);
    expect(model.days(0)).toEqual(["2024-10-04", "2025-09-30"]);
    expect(model.rows(0)).toEqual(["notes.csv row 4"]);
    expect(model.facts(0)[0]).toEqual({
      text: "Orders fell",
      source: "orders.csv row 3-7",
      stated: true,
      on: "2025-09-30",
    });
  });
});

describe("what is shown", () => {
  it("leaves out what only hidden things tie until these are shown", () => {
    const model = town();
    const state = initialState(TOWN, 1280);
    expect([...visible(model, state, [untied]).node]).toEqual([1, 1, 1, 1, 0]);
    expect([...visible(model, { ...state, hide: [] }, [untied]).node]).toEqual([1, 1, 1, 1, 1]);
  });

  it("has an edge only where both its ends are shown", () => {
    const hideShow = () => ({ node: (node: number) => node !== 2 });
    const shown = visible(town(), initialState(TOWN, 1280), [hideShow]);
    expect([...shown.edge]).toEqual([0, 1, 1, 1]);
    expect([shown.nodes, shown.edges]).toEqual([4, 3]);
  });
});
