// The shape of each type of node: told apart without colour, the same on the map and in the legend.

import { s } from "../dom";

/** A regular polygon, stretched: corners (0 for round), turn, inner radius, width, all of a unit. */
export interface Shape {
  readonly name: string;
  readonly corners: number;
  readonly turn: number;
  readonly inner: number;
  readonly width: number;
}

const QUARTER = Math.PI / 4;
const shape = (name: string, corners: number, turn: number, inner: number, width = 1): Shape => ({
  name,
  corners,
  turn,
  inner,
  width,
});

const CIRCLE = shape("circle", 0, 0, 1);
const BY_TYPE: Readonly<Record<string, Shape>> = {
  Customer: CIRCLE,
  "End customer": shape("square", 4, 0, 0.88),
  "Trade show": shape("triangle", 3, Math.PI, 0.64),
  Method: shape("diamond", 4, QUARTER, 0.9),
  Topic: shape("hexagon", 6, 0, 0.92),
  Industry: shape("pentagon", 5, Math.PI, 0.86),
  Employee: shape("triangle upside down", 3, 0, 0.64),
  Person: shape("ellipse", 0, 0, 0.85, 1.45),
  Process: shape("wide bar", 4, 0, 0.6, 2),
  Material: shape("tall bar", 4, 0, 0.95, 0.5),
  Finish: shape("tall diamond", 4, QUARTER, 0.95, 0.55),
};
const OTHERS = Object.values(BY_TYPE).slice(1);

/** The shape of a type; types that we do not know take turns. */
export function shapeOf(type: string, number: number): Shape {
  return BY_TYPE[type] ?? OTHERS[number % OTHERS.length] ?? CIRCLE;
}

/** Corners around 0, 0 with y downwards, for canvas and SVG; none for what is round. */
export function corners(one: Shape, radius: number): [number, number][] {
  const outer = (one.inner / Math.cos(Math.PI / Math.max(one.corners, 3))) * radius;
  return Array.from({ length: one.corners }, (_, corner) => {
    const angle = ((corner + 0.5) * 2 * Math.PI) / one.corners - one.turn;
    return [Math.sin(angle) * outer * one.width, -Math.cos(angle) * outer];
  });
}

/** The shape as a small picture for legends. */
export function icon(one: Shape, color: string): SVGSVGElement {
  const mark =
    one.corners === 0
      ? s("ellipse", { rx: 6 * one.inner * one.width, ry: 6 * one.inner, fill: color })
      : s("polygon", { points: corners(one, 6).join(" "), fill: color });
  return s("svg", { viewBox: "-10 -10 20 20", width: 20, height: 20, "aria-hidden": "true" }, mark);
}
