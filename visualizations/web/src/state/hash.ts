// The state as the part of the address after #, and back. Only what differs from the start is written.

import { type PathAsked, type Range, same, type State } from "./state";

interface Field<T> {
  readonly write: (value: T) => string;
  /** Nothing for what no page of ours wrote. */
  readonly read: (text: string) => T | undefined;
}

const text: Field<string> = { write: (value) => value, read: (value) => value };

const list: Field<readonly string[]> = {
  write: (value) => value.map(encodeURIComponent).join(","),
  read: (value) => (value === "" ? [] : value.split(",").map(decodeURIComponent)),
};

const count: Field<number> = { write: String, read: (value) => numbers(value, 1)?.[0] };

function numbers(value: string, length: number): number[] | undefined {
  const found = value === "" ? [] : value.split("_").map(Number);
  return found.length === length && found.every(Number.isFinite) ? found : undefined;
}

const range: Field<Range | null> = {
  write: (value) => (value ? value.join("_") : ""),
  read: (value) => {
    const found = numbers(value, 2);
    return found ? [found[0]!, found[1]!] : value === "" ? null : undefined;
  },
};

const ranges: Field<State["ranges"]> = {
  write: (value) =>
    Object.entries(value)
      .map(([column, one]) => `${encodeURIComponent(column)}:${range.write(one)}`)
      .join(","),
  read: (value) => {
    const found: Record<string, Range> = {};
    for (const part of value === "" ? [] : value.split(",")) {
      const [column, bounds] = part.split(":");
      const one = range.read(bounds ?? "");
      if (!column || !one) return undefined;
      found[decodeURIComponent(column)] = one;
    }
    return found;
  },
};

const path: Field<PathAsked | null> = {
  write: (value) =>
    value
      ? list.write([value.from, value.to, String(value.upTo), String(value.shown), ...value.without])
      : "",
  read: (value) => {
    if (value === "") return null;
    const [from, to, upTo, shown, ...without] = list.read(value) ?? [];
    const counts = numbers(`${upTo ?? ""}_${shown ?? ""}`, 2);
    if (from === undefined || to === undefined || !counts) return undefined;
    return { from, to, upTo: counts[0]!, shown: counts[1]!, without };
  },
};

const place: Field<State["at"]> = {
  write: (value) => (value ? [value.x, value.y, value.ratio].map((one) => one.toFixed(4)).join("_") : ""),
  read: (value) => {
    const found = numbers(value, 3);
    return found ? { x: found[0]!, y: found[1]!, ratio: found[2]! } : value === "" ? null : undefined;
  },
};

const theme: Field<State["theme"]> = {
  write: (value) => value,
  read: (value) => (value === "light" || value === "dark" || value === "" ? value : undefined),
};

const FIELDS: { readonly [K in keyof State]: Field<State[K]> } = {
  chosen: text,
  hide: list,
  levels: list,
  groups: list,
  without: list,
  ranges,
  months: range,
  around: list,
  hops: count,
  path,
  theme,
  at: place,
  panel: text,
};

function written<K extends keyof State>(state: State, initial: State, key: K): string {
  return same(state[key], initial[key]) ? "" : `${key}=${encodeURIComponent(FIELDS[key].write(state[key]))}`;
}

/** What follows # in the address. */
export function toHash(state: State, initial: State): string {
  const keys = Object.keys(FIELDS) as (keyof State)[];
  return keys
    .map((key) => written(state, initial, key))
    .filter((one) => one !== "")
    .join("&");
}

function read<K extends keyof State>(key: K, value: string): Partial<State> {
  const found = FIELDS[key].read(value);
  return found === undefined ? {} : ({ [key]: found } as Partial<State>);
}

/** The state that an address describes; what it does not name, or names wrongly, is as at the start. */
export function fromHash(hash: string, initial: State): State {
  let state = initial;
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [key, value] = part.split("=", 2);
    if (key === undefined || value === undefined || !Object.hasOwn(FIELDS, key)) continue;
    try {
      state = { ...state, ...read(key as keyof State, decodeURIComponent(value)) };
    } catch (error) {
      if (!(error instanceof URIError)) throw error; // an address cut short in a mail
    }
  }
  return Object.freeze(state);
}
