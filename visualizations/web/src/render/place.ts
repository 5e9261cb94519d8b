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
}

export interface Placed {
  readonly label: Label;
  readonly left: number;
  readonly top: number;
}

const GAP = 4;

function spots({ x, y, radius, width, height, centred }: Label): [number, number][] {
  if (centred) {
    return [0, -1, 1, -2, 2].map((lines) => [x - width / 2, y - height / 2 + lines * (height + GAP)]);
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

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** Puts a label where there is room. */
  put(label: Label): boolean {
    for (const [left, top] of spots(label)) {
      const inside =
        left >= GAP &&
        top >= GAP &&
        left + label.width <= this.width - GAP &&
        top + label.height <= this.height - GAP;
      if (inside && this.isFree(left, top, label)) {
        this.taken.push({ label, left, top });
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
