import { describe, expect, it } from "vitest";

import { type Model } from "../src/model/model";
import { chains } from "../src/paths/chains";
import { askedFirst, given } from "../src/paths/given";
import { origin, sentence, told } from "../src/paths/words";
import { fromHash, toHash } from "../src/state/hash";
import { initialState } from "../src/state/initial";
import { network, town, TOWN } from "./town";

/** Two ways of two steps (the upper with weak ties), one of three. */
const ROADS: readonly (readonly [number, number, number])[] = [
  [0, 1, 0.1],
  [1, 5, 0.1],
  [2, 0, 0.9],
  [5, 2, 0.9],
  [0, 3, 1],
  [3, 4, 1],
  [4, 5, 1],
  [0, 3, 0.2],
];
const all = (): boolean => true;
const ways = (model: Model, upTo: number, open: (edge: number) => boolean = all) => chains(model, open, 0, 5, upTo).map((one) => one.nodes);

describe("chains", () => {
  it("come with fewest steps first, and of equally long ones the strongest first", () => {
    expect(ways(network(7, ROADS), 5)).toEqual([
      [0, 2, 5],
      [0, 1, 5],
      [0, 3, 4, 5],
    ]);
  });

  it("are no more than asked for", () => {
    expect(ways(network(7, ROADS), 2)).toHaveLength(2);
  });

  it("use the strongest of several ties, and none that is closed", () => {
    const model = network(7, ROADS);
    expect(chains(model, all, 0, 4, 1)[0]?.edges).toEqual([4, 5]);
    expect(chains(model, (edge) => edge !== 4, 0, 4, 1)[0]?.edges).toEqual([7, 5]);
    expect(ways(model, 5, (edge) => edge !== 2)).toEqual([
      [0, 1, 5],
      [0, 3, 4, 5],
    ]);
  });

  it("never pass a node twice, and are all that there are", () => {
    const model = network(6, complete(6));
    const found = ways(model, 1000);
    expect(found).toHaveLength(1 + 4 + 12 + 24 + 24);
    expect(new Set(found.map(String)).size).toBe(found.length);
    expect(found.every((nodes) => new Set(nodes).size === nodes.length)).toBe(true);
    expect(found.map((nodes) => nodes.length)).toEqual(found.map((nodes) => nodes.length).sort());
  });

  it("are none where nothing leads, and none from a node to itself", () => {
    const model = network(7, ROADS);
    expect(chains(model, all, 0, 6, 3)).toEqual([]);
    expect(chains(model, all, 0, 0, 3)).toEqual([]);
    expect(chains(model, all, -1, 0, 3)).toEqual([]);
  });

  it("of a large map are found soon", () => {
    const model = network(5000, Array.from({ length: 15_000 }, (_, at) => edge(at)));
    const start = performance.now();
    expect(chains(model, all, 0, 2500, 5)).toHaveLength(5);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

function complete(order: number): [number, number, number][] {
  const nodes = [...Array(order).keys()];
  return nodes.flatMap((one) => nodes.filter((other) => other > one).map((other): [number, number, number] => [one, other, 1]));
}

function edge(at: number): [number, number, number] {
  const from = at % 5000;
  return [from, (from + 1 + ((at * 7919) % 97)) % 5000, (at % 10) / 10];
}

describe("a chain in words", () => {
  const model = town();

  it("names what it goes through", () => {
    expect(told(model, { nodes: [1, 0, 2], edges: [1, 0] })).toBe("Bolt Pumps, through Acme Valve, to IMTS 2024");
    expect(told(model, { nodes: [1, 0], edges: [1] })).toBe("Bolt Pumps, directly to Acme Valve");
    expect(told(model, { nodes: [1, 0, 3, 4], edges: [1, 2, 3] })).toContain("through Acme Valve and Ann Smith, to");
  });

  it("says each tie in the direction in which it holds, with its days or its own sentence", () => {
    expect(sentence(model, 1)).toBe("Acme Valve supplies Bolt Pumps");
    expect(origin(model, 0)).toBe("inferred · in 2024");
    expect(origin(model, 1)).toBe("stated");
  });
});

describe("paths that the page was made for", () => {
  const data = { ...TOWN, emphasis: "path", paths: [[1, 0, 2], [1, 0, 3]] };

  it("answer the first question and no other", () => {
    const model = town(data);
    const asked = askedFirst(data)!;
    expect([asked.from, asked.to]).toEqual(["c2", "s1"]);
    expect(given(model, { ...asked, shown: 1 })?.map((one) => one.edges)).toEqual([[1, 0], [1, 2]]);
    expect(given(model, { ...asked, without: ["supplies"] })).toBeNull();
    expect(given(model, { ...asked, from: asked.to, to: asked.from })).toBeNull();
  });

  it("are asked for in an address also while only one end is chosen", () => {
    const initial = initialState(TOWN, 1280);
    const path = { from: "", to: "c2", upTo: 3, shown: 0, without: [] };
    expect(fromHash(toHash({ ...initial, path }, initial), initial).path).toEqual(path);
  });

  it("are not asked for where the page is about something else", () => {
    expect(askedFirst({ ...data, emphasis: "" })).toBeNull();
    expect(askedFirst({ ...data, paths: [] })).toBeNull();
  });
});
