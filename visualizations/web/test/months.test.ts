import { describe, expect, it } from "vitest";

import { begin, countsOf, happened, monthName, moved, spanName, wholeSpan } from "../src/time/months";
import { town } from "./town";

const model = town();

describe("months", () => {
  it("have names", () => {
    expect([monthName(2025 * 12), monthName(2024 * 12 + 11)]).toEqual(["January 2025", "December 2024"]);
    expect(spanName([24300, 24300])).toBe("January 2025");
    expect(spanName([24300, 24302])).toBe("January 2025 to March 2025");
  });

  it("are counted as often as something happened", () => {
    expect(wholeSpan(model)).toEqual([24300, 24302]);
    expect(countsOf(model, [24300, 24302])).toEqual([2, 0, 1]);
  });

  it("let a tie through that happened in them, and one without a date always", () => {
    expect(happened(model, 0, [24301, 24301])).toBe(false);
    expect(happened(model, 0, [24301, 24302])).toBe(true);
    expect(happened(model, 1, [24301, 24301])).toBe(true);
  });
});

describe("a window of months", () => {
  const span = [100, 120] as const;

  it("moves as far as there are months, and stays as wide", () => {
    expect(moved([100, 102], 1, span)).toEqual([101, 103]);
    expect(moved([118, 120], 1, span)).toEqual([118, 120]);
    expect(moved([101, 103], -5, span)).toEqual([100, 102]);
  });

  it("plays from where it is, and from the first months when it is at the end", () => {
    expect(begin([103, 105], span)).toEqual([103, 105]);
    expect(begin([118, 120], span)).toEqual([100, 102]);
    expect(begin(null, span)).toEqual([100, 102]);
    expect(begin(null, [100, 101])).toEqual([100, 100]);
  });
});
