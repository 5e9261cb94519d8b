// Where labels stand: never over one another, never cut at the edge.

export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Half its width and height of what it names. */
  readonly radius: number;
  readonly width: number;
  readonly height: number;
  /** Over the middle of what it names, rather than beside it. */
  readonly centred?: boolean;
  /** Number of the cluster that it names: one label names it. */
  readonly about?: number;
}

export interface Placed {
  readonly label: Label;
  readonly left: number;
  readonly top: number;
}

const GAP = 4;

function spots({ x, y, radius, width, height, centred }: Label): [number, number][] {
  if (centred) {
    return [0, -0.25, 0.25].map((heights) => [x - width / 2, y - height / 2 + heights * height]);
  }
  return [
    [x + radius + GAP, y - height / 2],
    [x - radius - GAP - width, y - height / 2],
    [x - width / 2, y - radius - GAP - height],
    [x - width / 2, y + radius + GAP],
  ];
}

/** Which labels have room, and where; the first ones choose first. */
export class Places {
  readonly taken: Placed[] = [];
  private readonly named = new Set<number>();

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** Puts a label where there is room. */
  put(label: Label): boolean {
    if (label.about !== undefined && this.named.has(label.about)) return false;
    for (const [wished, top] of spots(label)) {
      // What names a whole cluster moves inwards rather than being cut at the edge.
      const furthest = this.width - GAP - label.width;
      const left = label.centred && label.x >= 0 && label.x <= this.width ? Math.max(GAP, Math.min(wished, furthest)) : wished;
      const inside =
        left >= GAP &&
        top >= GAP &&
        left + label.width <= this.width - GAP &&
        top + label.height <= this.height - GAP;
      if (inside && this.isFree(left, top, label)) {
        this.taken.push({ label, left, top });
        if (label.about !== undefined) this.named.add(label.about);
        return true;
      }
    }
    return false;
  }

  private isFree(left: number, top: number, { width, height }: Label): boolean {
    return this.taken.every(
      (other) =>
        left + width + GAP <= other.left ||
        other.left + other.label.width + GAP <= left ||
        top + height + 1 <= other.top ||
        other.top + other.label.height + 1 <= top,
    );
  }
}
