// Rings around nodes as lines, for pictures that no shader draws; as node-program.ts has them.

import type { Ring } from "./node-program";

export interface RingLine {
  /** From the edge of the node to the middle of the line. */
  readonly gap: number;
  readonly width: number;
  /** How many dashes go around, and which part of each is drawn; a full line has none. */
  readonly dashes?: readonly [count: number, part: number];
}

export const RING_LINES: Readonly<Record<Ring, readonly RingLine[]>> = {
  none: [],
  solid: [{ gap: 4.5, width: 3 }],
  dashed: [{ gap: 4.25, width: 2.5, dashes: [8, 0.6] }],
  double: [
    { gap: 2.75, width: 1.5 },
    { gap: 5.75, width: 1.5 },
  ],
  dotted: [{ gap: 3.75, width: 2.5, dashes: [14, 0.4] }],
};

/** Attributes of the SVG circles that draw a ring around a node. */
export function ringCircles(ring: Ring, radius: number, color: string): Record<string, string | number>[] {
  return RING_LINES[ring].map(({ gap, width, dashes }) => {
    const around = 2 * Math.PI * (radius + gap);
    const made = { r: radius + gap, fill: "none", stroke: color, "stroke-width": width };
    if (!dashes) return made;
    const [count, part] = dashes;
    const long = (around / count) * part;
    return { ...made, "stroke-dasharray": `${long.toFixed(2)} ${(around / count - long).toFixed(2)}` };
  });
}
