// Draws edges as lines of some width and pattern.

import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { EdgeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

/** Full where an export states the tie, dashed where none does; the others tell what became of it. */
export const PATTERNS = { full: 0, dashed: 1, dotted: 2, double: 3, dashdot: 4 } as const;
export type Pattern = keyof typeof PATTERNS;

/** What the reducer of edges gives besides what sigma knows. */
export interface MarkedEdge extends EdgeDisplayData {
  readonly pattern: Pattern;
}

const VERTEX = /* glsl */ `
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute float a_width;
attribute float a_pattern;
attribute vec2 a_corner;

uniform mat3 u_matrix;
uniform float u_correctionRatio;

varying vec4 v_color;
varying vec2 v_at;
varying float v_half;
varying float v_pattern;

const float bias = 255.0 / 254.0;

void main() {
  float pixel = u_correctionRatio * 2.0;
  vec2 along = a_end - a_start;
  float distance = max(length(along), 1e-9);
  vec2 normal = vec2(-along.y, along.x) / distance;
  v_half = a_width / 2.0;
  float reach = v_half + 0.5;
  vec2 at = a_start + along * a_corner.x + normal * a_corner.y * reach * pixel;
  gl_Position = vec4((u_matrix * vec3(at, 1)).xy, 0, 1);
  v_at = vec2(a_corner.x * distance / pixel, a_corner.y * reach);
  v_pattern = a_pattern;
  v_color = a_color;
  v_color.a *= bias;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;

varying vec4 v_color;
varying vec2 v_at;
varying float v_half;
varying float v_pattern;

void main(void) {
  float along = v_at.x;
  if (v_pattern > 3.5) { if (mod(along, 17.0) > 9.0 && abs(mod(along, 17.0) - 13.0) > 1.5) discard; }
  else if (v_pattern > 2.5) { if (abs(v_at.y) < v_half * 0.4) discard; }
  else if (v_pattern > 1.5) { if (mod(along, 6.0) > 2.5) discard; }
  else if (v_pattern > 0.5 && mod(along, 10.0) > 6.0) discard;
  gl_FragColor = v_color * (1.0 - smoothstep(v_half - 0.5, v_half + 0.5, abs(v_at.y)));
}
`;

const { UNSIGNED_BYTE, FLOAT, TRIANGLES } = WebGLRenderingContext;
const UNIFORMS = ["u_correctionRatio", "u_matrix"] as const;

export class EdgeLineProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  override getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_start", size: 2, type: FLOAT },
        { name: "a_end", size: 2, type: FLOAT },
        { name: "a_width", size: 1, type: FLOAT },
        { name: "a_pattern", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]],
    };
  }

  override processVisibleItem(
    _id: number,
    start: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    const { array } = this;
    let at = start;
    for (const value of [source.x, source.y, target.x, target.y, data.size]) array[at++] = value;
    array[at++] = PATTERNS[(data as MarkedEdge).pattern];
    array[at] = floatColor(data.color);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: Parameters<EdgeProgram["setUniforms"]>[1]) {
    gl.uniform1f(uniformLocations["u_correctionRatio"] ?? null, params.correctionRatio);
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
  }
}
