import { describe, expect, it } from "vitest";

import { COLORS } from "./colors";
import { hull, tiesWorthDrawing, wrapped } from "../src/render/clusters";
import { Places } from "../src/render/place";
import { corners, shapeOf } from "../src/render/shapes";
import { contrast, DARK, dimmed, legible, LIGHT, mix } from "../src/render/theme";

const label = (x: number, y: number, centred = false) => ({ text: "a", x, y, radius: 5, width: 60, height: 16, centred });

describe("labels", () => {
  it("never overlap, and give way to those before them", () => {
    const places = new Places(400, 300);
    for (let at = 0; at < 60; at++) places.put(label(100 + (at % 8) * 20, 100 + Math.floor(at / 8) * 9));
    for (const one of places.taken) {
      for (const other of places.taken) {
        const apart =
          one === other ||
          one.left + 60 <= other.left ||
          other.left + 60 <= one.left ||
          one.top + 16 <= other.top ||
          other.top + 16 <= one.top;
        expect(apart).toBe(true);
      }
    }
    expect(places.taken.length).toBeGreaterThan(8);
  });

  it("are not cut at any edge", () => {
    const places = new Places(200, 120);
    for (const [x, y] of [[0, 0], [199, 60], [100, 119], [3, 119]] as const) {
      places.put(label(x, y));
      places.put(label(x, y, true));
    }
    for (const { left, top } of places.taken) {
      expect(left >= 0 && top >= 0 && left + 60 <= 200 && top + 16 <= 120).toBe(true);
    }
  });

  it("of clusters fill few short lines, whatever the name", () => {
    expect(wrapped("Aerospace, 5-axis and turning")).toEqual(["Aerospace,", "5-axis and", "turning"]);
    expect(wrapped("x".repeat(300))).toHaveLength(1);
    expect(wrapped("a b c d e f g h ".repeat(30)).length).toBeLessThanOrEqual(3);
  });
});

describe("a hull", () => {
  it("holds all points in its corners, also of one, two and points in a row", () => {
    expect(hull([[0, 0], [4, 0], [4, 4], [0, 4], [2, 2], [1, 3]])).toHaveLength(4);
    expect(hull([[1, 1]])).toEqual([[1, 1]]);
    expect(hull([[0, 0], [1, 1], [2, 2], [3, 3]]).length).toBeGreaterThanOrEqual(2);
  });
});

it("draws two ties a cluster, and of many clusters no grey area of ties", () => {
  expect(tiesWorthDrawing(8)).toBe(16);
  expect(tiesWorthDrawing(400)).toBeLessThan(200);
});

describe("shapes", () => {
  it("tell every type of ours apart without colour", () => {
    const drawn = Object.keys(COLORS).map((type, at) => JSON.stringify({ ...shapeOf(type, at), name: "" }));
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it("are about as large as each other", () => {
    for (const [at, type] of Object.keys(COLORS).entries()) {
      for (const [x, y] of corners(shapeOf(type, at), 10)) expect(Math.hypot(x, y)).toBeLessThan(17);
    }
  });
});

describe.each([["light", LIGHT], ["dark", DARK]])("the %s theme", (_, palette) => {
  it("writes with a contrast that everybody can read", () => {
    for (const ink of [palette.ink, palette.quiet, palette.accent, palette.alert, palette.watch]) {
      expect(contrast(ink, palette.card)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink, palette.paper)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("shows every type on its paper, and dimmed ones still", () => {
    for (const color of Object.values(COLORS)) {
      expect(contrast(legible(color, palette), palette.paper)).toBeGreaterThanOrEqual(3);
      expect(contrast(dimmed(legible(color, palette), palette), palette.paper)).toBeGreaterThan(1.1);
    }
  });
});

it("mixes colours from one end to the other", () => {
  expect([mix("#000000", "#ffffff", 0), mix("#000000", "#ffffff", 1)]).toEqual(["#000000", "#ffffff"]);
});
