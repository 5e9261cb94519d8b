// Colours of the page and the map, light and dark; dimming and labels come from here too.

export interface Palette {
  readonly paper: string;
  readonly card: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly accent: string;
  readonly edge: string;
  readonly alert: string;
  readonly watch: string;
  readonly new: string;
  readonly gone: string;
  readonly changed: string;
}

export const LIGHT: Palette = {
  paper: "#fbfaf7",
  card: "#ffffff",
  ink: "#1b2430",
  quiet: "#55606d",
  line: "#d5d9de",
  accent: "#005a9c",
  edge: "#8c98a6",
  alert: "#c2410c",
  watch: "#8a6100",
  new: "#00735a",
  gone: "#8f2f6b",
  changed: "#005a9c",
};

export const DARK: Palette = {
  paper: "#12171d",
  card: "#1b222b",
  ink: "#eef1f4",
  quiet: "#a9b4c0",
  line: "#36414d",
  accent: "#7cc4ff",
  edge: "#66727f",
  alert: "#ff8a5c",
  watch: "#f2c14e",
  new: "#4fd1ac",
  gone: "#e29ac6",
  changed: "#7cc4ff",
};

type Channels = readonly [number, number, number];

function channels(color: string): Channels {
  const value = Number.parseInt(color.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hex(parts: readonly number[]): string {
  return `#${parts.map((one) => Math.round(one).toString(16).padStart(2, "0")).join("")}`;
}

/** A colour some way from another: 0 is the first, 1 the second. */
export function mix(from: string, to: string, way: number): string {
  const [one, other] = [channels(from), channels(to)];
  return hex(one.map((value, at) => value + ((other[at] ?? 0) - value) * way));
}

/** Relative luminance as WCAG defines it. */
export function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast as WCAG defines it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** A colour moved towards the ink until it stands out from the paper as graphics must (3 to 1). */
export function legible(color: string, palette: Palette): string {
  for (let way = 0; way < 1; way += 0.1) {
    const tried = mix(color, palette.ink, way);
    if (contrast(tried, palette.paper) >= 3) return tried;
  }
  return palette.ink;
}

/** A colour that has stepped back into the paper, yet can be seen. */
export function dimmed(color: string, palette: Palette): string {
  return mix(color, palette.paper, 0.78);
}
