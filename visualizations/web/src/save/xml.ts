// XML as text. What the data says is escaped, and what XML cannot hold becomes visible.

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu; // with u, halves of a pair only when alone

/** A text for an element or an attribute. */
export function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, "\ufffd")
    .replace(/[&<>"]/g, (character) => ESCAPES[character]!)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

type Attributes = Readonly<Record<string, string | number | null>>;

/** An element; its children are XML already. */
export function x(tag: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escaped(typeof value === "number" ? figure(value) : value!)}"`);
  const begin = `<${tag}${written.join("")}`;
  return children.length ? `${begin}>${children.join("")}</${tag}>` : `${begin}/>`;
}

/** A number without digits that nobody sees. */
export function figure(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
