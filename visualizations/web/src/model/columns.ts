// What the page's JSON holds: columns rather than objects, texts that repeat only once.

export type Column = readonly number[];

export interface NodeColumns {
  readonly id: readonly string[];
  readonly name: readonly string[];
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Number of its type. */
  readonly type: Column;
  /** Number of its cluster, or -1. */
  readonly group: Column;
  /** Ten-thousandths. */
  readonly x: Column;
  readonly y: Column;
  /** Hundredths of the largest. */
  readonly size: Column;
  /** Place in `LEVELS`. */
  readonly level: Column;
  /** Place in `CHANGES`. */
  readonly change: Column;
  /** Text, number of the source (or -1), stated, day (or null). */
  readonly facts: readonly (readonly FactRow[])[];
}

export type FactRow = readonly [text: string, source: number, stated: 0 | 1, day: number | null];

export interface EdgeColumns {
  readonly source: Column;
  readonly target: Column;
  /** Number of its relation. */
  readonly relation: Column;
  /** Thousandths of the strongest. */
  readonly strength: Column;
  readonly stated: Column;
  /** Days since 1970, or null. */
  readonly first: readonly (number | null)[];
  readonly last: readonly (number | null)[];
  /** The first month, then how many months after the one before. */
  readonly months: readonly Column[];
  /** Numbers of the sources. */
  readonly rows: readonly Column[];
  readonly change: Column;
  readonly detail: readonly string[];
}

export interface MeasureColumn {
  readonly column: string;
  readonly label: string;
  readonly unit: string;
  readonly kind: "number" | "day";
  readonly values: readonly (number | null)[];
}

export interface FindingRow {
  readonly id: string;
  /** Number of its node, or -1 when the map does not show it. */
  readonly node: number;
  readonly kind: string;
  readonly level: string;
  readonly alarming: boolean;
  readonly statement: string;
  readonly advice: string;
  readonly why: readonly string[];
  readonly cypher: string;
  readonly before: string;
  readonly change: string;
}

export interface PageData {
  readonly title: string;
  readonly caption: string;
  readonly asOf: string;
  readonly emphasis: string;
  /** Number of a node, or -1. */
  readonly centre: number;
  readonly types: readonly { readonly name: string; readonly color: string }[];
  /** Names of types. */
  readonly hidden: readonly string[];
  readonly groups: readonly { readonly name: string; readonly told: string }[];
  readonly relations: readonly string[];
  readonly sources: readonly string[];
  readonly nodes: NodeColumns;
  readonly edges: EdgeColumns;
  readonly measures: readonly MeasureColumn[];
  readonly findings: readonly FindingRow[];
  /** Numbers of nodes. */
  readonly paths: readonly Column[];
  /** The page that the map belongs to; empty for a map alone. */
  readonly home: { readonly file: string; readonly title: string };
  /** The page about a node, by its number. */
  readonly pages: Readonly<Record<string, string>>;
}

export const LEVELS = ["", "alert", "watch"] as const;
export const CHANGES = ["", "new", "gone", "changed"] as const;
export type Level = (typeof LEVELS)[number];
export type Change = (typeof CHANGES)[number];
