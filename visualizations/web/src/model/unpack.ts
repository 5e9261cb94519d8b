// Small maps are plain JSON in the page; large ones are deflated, which halves them and more.

import type { PageData } from "./columns";

async function inflated(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** What a data element of the page holds. */
export async function unpack(element: Element): Promise<PageData> {
  const text = element.textContent ?? "";
  const packed = element.getAttribute("data-packed") === "deflate";
  return JSON.parse(packed ? await inflated(text.trim()) : text) as PageData;
}
