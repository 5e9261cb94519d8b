// A queue that gives the least first; of equals the lowest number, so that answers never vary.

interface Entry {
  readonly rank: number;
  readonly node: number;
}

function before(one: Entry, other: Entry): boolean {
  return one.rank < other.rank || (one.rank === other.rank && one.node < other.node);
}

export class Heap {
  private readonly entries: Entry[] = [];

  push(rank: number, node: number): void {
    const entry = { rank, node };
    let at = this.entries.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, this.entries[parent]!)) break;
      this.entries[at] = this.entries[parent]!;
      at = parent;
    }
    this.entries[at] = entry;
  }

  /** Takes out the least, or nothing when it is empty. */
  pop(): Entry | undefined {
    const first = this.entries[0];
    const last = this.entries.pop();
    if (!last || this.entries.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.entries.length) break;
      if (child + 1 < this.entries.length && before(this.entries[child + 1]!, this.entries[child]!)) child++;
      if (!before(this.entries[child]!, last)) break;
      this.entries[at] = this.entries[child]!;
      at = child;
    }
    this.entries[at] = last;
    return first;
  }
}
