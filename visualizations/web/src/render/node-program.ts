// Draws nodes as shapes with a ring where there is something to mind.

import type { NodeDisplayData, RenderParams } from "sigma/types";
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

import type { Shape } from "./shapes";

export const RINGS = { none: 0, solid: 1, dashed: 2, double: 3, dotted: 4 } as const;
export type Ring = keyof typeof RINGS;

/** What the reducer of nodes gives besides what sigma knows. */
export interface MarkedNode extends NodeDisplayData {
  readonly shape: Shape;
  readonly ring: Ring;
  readonly ringColor: string;
}

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_ringColor;
attribute vec2 a_position;
attribute float a_size;
attribute vec4 a_shape;
attribute float a_ring;
attribute float a_angle;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;

varying vec4 v_color;
varying vec4 v_ringColor;
varying vec4 v_shape;
varying vec2 v_at;
varying float v_radius;
varying float v_ring;

const float bias = 255.0 / 254.0;

void main() {
  float pixel = u_correctionRatio * 2.0;
  v_radius = a_size / u_sizeRatio;
  // The triangle around a circle that holds the widest shape and its ring.
  vec2 corner = (v_radius * 1.5 + 9.0) * 2.0 * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + corner * pixel, 1)).xy, 0, 1);
  v_at = corner;
  v_shape = a_shape;
  v_ring = a_ring;
  v_ringColor = a_ringColor;
  v_ringColor.a *= bias;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;

varying vec4 v_color;
varying vec4 v_ringColor;
varying vec4 v_shape;
varying vec2 v_at;
varying float v_radius;
varying float v_ring;

const vec4 nothing = vec4(0.0);
const float turn = 6.28318530718;

// Pixels outside the shape, negative inside.
float outside(vec2 at) {
  at.x /= v_shape.w;
  float away = length(at);
  if (v_shape.x < 3.0) return away - v_shape.z * v_radius;
  float part = turn / v_shape.x;
  float angle = atan(at.x, at.y) + v_shape.y;
  return cos(floor(0.5 + angle / part) * part - angle) * away - v_shape.z * v_radius;
}

float band(float away, float from, float to) {
  return smoothstep(from - 0.5, from + 0.5, away) * (1.0 - smoothstep(to - 0.5, to + 0.5, away));
}

float ring() {
  if (v_ring < 0.5) return 0.0;
  float away = length(v_at) - v_radius * max(1.0, v_shape.w) ;
  float along = fract(atan(v_at.x, v_at.y) / turn * (v_ring > 3.5 ? 14.0 : 8.0));
  if (v_ring < 1.5) return band(away, 3.0, 6.0);
  if (v_ring < 2.5) return band(away, 3.0, 5.5) * step(along, 0.6);
  if (v_ring < 3.5) return band(away, 2.0, 3.5) + band(away, 5.0, 6.5);
  return band(away, 2.5, 5.0) * step(along, 0.4);
}

void main(void) {
  float away = outside(v_at);
  #ifdef PICKING_MODE
  gl_FragColor = away > 3.0 ? nothing : v_color;
  #else
  vec4 body = mix(v_color, nothing, smoothstep(-0.7, 0.7, away));
  gl_FragColor = mix(body, v_ringColor, ring());
  #endif
}
`;

const { UNSIGNED_BYTE, FLOAT, TRIANGLES } = WebGLRenderingContext;
const UNIFORMS = ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const;

export class NodeShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  override getDefinition() {
    const color = { size: 4, type: UNSIGNED_BYTE, normalized: true };
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 4, type: FLOAT },
        { name: "a_ring", size: 1, type: FLOAT },
        { name: "a_color", ...color },
        { name: "a_ringColor", ...color },
        { name: "a_id", ...color },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
    };
  }

  override processVisibleItem(id: number, start: number, data: NodeDisplayData): void {
    const { shape, ring, ringColor } = data as MarkedNode;
    const { array } = this;
    let at = start;
    for (const value of [data.x, data.y, data.size]) array[at++] = value;
    for (const value of [shape.corners, shape.turn, shape.inner, shape.width]) array[at++] = value;
    array[at++] = RINGS[ring];
    array[at++] = floatColor(data.color);
    array[at++] = floatColor(ringColor);
    array[at] = id;
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: Parameters<NodeProgram["setUniforms"]>[1]) {
    gl.uniform1f(uniformLocations["u_correctionRatio"] ?? null, params.correctionRatio);
    gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, params.sizeRatio);
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
  }
}
