// What the reader chose. One value that is never changed, only replaced; the address holds all of it.

export type Range = readonly [low: number, high: number];

export interface CameraPlace {
  readonly x: number;
  readonly y: number;
  readonly ratio: number;
}

/** Two nodes between which paths are shown, by id. */
export interface PathAsked {
  readonly from: string;
  readonly to: string;
  /** How many to look for. */
  readonly upTo: number;
  /** Which of them stands out. */
  readonly shown: number;
  /** Relations that no path may use. */
  readonly without: readonly string[];
}

export interface State {
  /** Id of the chosen node, or empty. */
  readonly chosen: string;
  /** Types that are left out. */
  readonly hide: readonly string[];
  /** Only nodes with one of these levels; all when empty. */
  readonly levels: readonly string[];
  /** Only nodes of these clusters; all when empty. */
  readonly groups: readonly string[];
  /** Relations that are left out. */
  readonly without: readonly string[];
  /** Only nodes whose measure lies between, by column. */
  readonly ranges: Readonly<Record<string, Range>>;
  /** Only edges of these months (year * 12 + month - 1), or all. */
  readonly months: Range | null;
  /** Ids of the nodes whose neighbourhood is shown, the latest last. */
  readonly around: readonly string[];
  readonly hops: number;
  readonly path: PathAsked | null;
  /** Empty for what the system asks for. */
  readonly theme: "" | "light" | "dark";
  readonly at: CameraPlace | null;
  /** The open panel, or empty. */
  readonly panel: string;
}

export type Listener = (state: State, before: State) => void;

/** Holds the state and tells who listens when it was replaced. */
export class Store {
  private readonly listeners = new Set<Listener>();

  constructor(
    private current: State,
    readonly initial: State,
  ) {}

  get(): State {
    return this.current;
  }

  /** Replaces some of it; nobody is told when nothing is different. */
  set(changes: Partial<State>): void {
    const before = this.current;
    const differs = Object.entries(changes).some(
      ([field, value]) => !same(before[field as keyof State], value),
    );
    if (!differs) return;
    this.current = Object.freeze({ ...before, ...changes });
    for (const listener of [...this.listeners]) listener(this.current, before);
  }

  /** Calls when one of some fields was replaced, any when none is named; returns what ends it. */
  on(fields: readonly (keyof State)[], listener: Listener): () => void {
    const call: Listener = (state, before) => {
      if (fields.length === 0 || fields.some((field) => state[field] !== before[field])) {
        listener(state, before);
      }
    };
    this.listeners.add(call);
    return () => this.listeners.delete(call);
  }
}

/** Whether two values of a field are the same. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A list with a member taken out or put in. */
export function toggled(list: readonly string[], member: string): readonly string[] {
  return list.includes(member) ? list.filter((one) => one !== member) : [...list, member];
}
