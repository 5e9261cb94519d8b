import { describe, expect, it } from "vitest";

import { fromHash, toHash } from "../src/state/hash";
import { initialState } from "../src/state/initial";
import { type State, Store, toggled } from "../src/state/state";
import { TOWN } from "./town";

const initial = initialState(TOWN, 1280);
const everything: State = {
  chosen: "Company <script>&=#,_%",
  hide: ["Trade show", "a,b"],
  levels: ["alert"],
  groups: ["Aerospace, 5-axis"],
  without: ["was at"],
  ranges: { ordered: [1.5, 2e9], last: [-3, 20000] },
  months: [24000, 24311],
  around: ["c1", "c2"],
  hops: 3,
  path: { from: "c1", to: "s:1,2", upTo: 5, shown: 2, without: ["is in"] },
  theme: "dark",
  at: { x: 0.25, y: 0.5, ratio: 0.125 },
  panel: "filters",
};

describe("the address", () => {
  it("gives back every field of the state", () => {
    expect(fromHash(`#${toHash(everything, initial)}`, initial)).toEqual(everything);
  });

  it("is empty at the start, and names only what differs", () => {
    expect(toHash(initial, initial)).toBe("");
    expect(toHash({ ...initial, hops: 2 }, initial)).toBe("hops=2");
  });

  it("can say that nothing is hidden though something is at the start", () => {
    expect(fromHash(toHash({ ...initial, hide: [] }, initial), initial).hide).toEqual([]);
  });

  it.each(["#hops=many", "#ranges=ordered", "#path=a", "#nothing=1", "#chosen=%E0%A4%A", "#&&==&", "#at=1_2_x"])(
    "of %s, which no page of ours wrote, is the start",
    (hash) => expect(fromHash(hash, initial)).toEqual(initial),
  );
});

describe("the state", () => {
  it("tells only those who listen to what was replaced", () => {
    const store = new Store(initial, initial);
    const told: string[] = [];
    store.on(["hops"], () => told.push("hops"));
    const end = store.on(["chosen"], (state, before) => told.push(`${before.chosen} > ${state.chosen}`));
    store.set({ chosen: "c1" });
    store.set({ chosen: "c1" });
    end();
    store.set({ chosen: "c2" });
    expect(told).toEqual([" > c1"]);
  });

  it("tells nobody of an equal value", () => {
    const store = new Store(initial, initial);
    store.on([], () => expect.fail("nothing is different"));
    store.set({ hide: [...initial.hide] });
  });

  it("puts a member into a list and takes it out again", () => {
    expect(toggled(toggled(["a"], "b"), "a")).toEqual(["b"]);
  });
});
