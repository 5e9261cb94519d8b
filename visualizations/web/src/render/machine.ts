// What the machine can do, and what its owner asked of it.

/** Whether WebGL can be had at all. */
export function hasWebGL(): boolean {
  return gl() !== null;
}

/** Whether pixels are computed by the processor, which takes long for many edges. */
export function isSoftware(): boolean {
  const context = gl();
  const info = context?.getExtension("WEBGL_debug_renderer_info");
  const name = String(context?.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER) ?? "");
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}

let asked: WebGLRenderingContext | null | undefined;

function gl(): WebGLRenderingContext | null {
  asked ??= document.createElement("canvas").getContext("webgl");
  return asked;
}

/** Whether the reader wants things to stand still. */
export function reducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
