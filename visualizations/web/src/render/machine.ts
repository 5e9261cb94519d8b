// What the machine can do, and what its owner asked of it.

/** What draws WebGL here, such as the name of a graphics card; null where nothing does. */
export function renderer(): string | null {
  const context = document.createElement("canvas").getContext("webgl");
  if (!context) return null;
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name = String(context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  context.getExtension("WEBGL_lose_context")?.loseContext(); // a browser has only so many
  return name;
}

/** Whether pixels are computed by the processor, which takes long for many edges. */
export function isSoftware(name: string): boolean {
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}

/** Whether the reader wants things to stand still. */
export function reducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
