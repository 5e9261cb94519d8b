"""What all analyses cost in a large shop, beside DuckDB adding up its months and reading its rows.

Run: python benchmarks/analyses.py [--customers 10000] [--lines 1000000] [--store FOLDER]
     [--only NAME ...]

Seconds are of processors, since other work may share them. The shop is made once (see large_shop)
and kept in --store. Memory is the most that the process had until then. The peer is what no
analysis can do without: the month panel (orders, lines and money by customer and month) as one
bare DuckDB query, and the frames of every type that has rows, read once. Every analysis runs on
the same snapshot, as `graphkit findings` does it.
"""

import argparse
import resource
import time
from collections import Counter
from pathlib import Path

import duckdb
from large_shop import large_shop

from graphkit import registry
from graphkit.schema import TYPES
from graphkit.snapshot import Snapshot, latest_day
from graphkit.store.embedded import EmbeddedStore

MOST_SECONDS, MOST_GIGABYTES, CORES = 180, 3.0, 2
PANEL = """
SELECT account, date_trunc('month', ordered_on) AS month, count(DISTINCT "order"), count(*),
       sum(amount), sum(quantity)
FROM OrderLine GROUP BY ALL ORDER BY ALL
"""


def gigabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def line(name: str, seconds: float, note: str = "") -> None:
    """Print what one step took."""
    print(f"{name:14} {seconds:8.1f} s  {gigabytes():5.2f} GB  {note}", flush=True)


def peer(path: Path) -> float:
    """Seconds of the bare query and of reading the rows of every type."""
    began = time.process_time()
    with duckdb.connect(str(path), read_only=True) as plain:
        plain.sql(PANEL).to_arrow_table()
    panel = time.process_time() - began
    line("bare panel", panel)
    with EmbeddedStore(path, read_only=True) as store:
        snap = Snapshot(store, latest_day(store))
        for entity in TYPES.values():
            snap.frame(entity)
    spent = time.process_time() - began
    line("frames", spent - panel)
    return spent


def analyse(path: Path, only: list[str]) -> float:
    """Seconds of the analyses, each printed as it ends."""
    wall, began = time.perf_counter(), time.process_time()
    with EmbeddedStore(path, read_only=True) as store:
        snap = Snapshot(store, latest_day(store))
        for one in registry.analyses():
            if only and one.name not in only:
                continue
            before = time.process_time()
            levels = Counter(
                f"{found.kind} {found.level.value}"
                for found in ([] if snap.has(*one.needs) else one.run(snap))
            )
            told = ", ".join(f"{count} {what}" for what, count in sorted(levels.items()))
            line(one.name, time.process_time() - before, told)
    print(f"{time.perf_counter() - wall:.0f} s by the clock")
    return time.process_time() - began


def main() -> None:
    """Print a line an analysis, then the promises beside the sums."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--lines", type=int, help="order lines; a hundred a customer unless given")
    parser.add_argument("--store", type=Path, default=Path("build/large-shops"))
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="these analyses")
    given = parser.parse_args()
    lines = given.lines or 100 * given.customers
    path = large_shop(given.store, given.customers, lines)
    print(f"{given.customers:,} customers, about {lines:,} order lines")
    bare = peer(path)
    spent = analyse(path, given.only)
    line("all analyses", spent, f"(under {MOST_SECONDS * CORES} s of {CORES} cores)")
    print(f"memory         {gigabytes():.2f} GB (under {MOST_GIGABYTES:g})")
    print(f"analyses / bare panel and frames {spent / bare:.1f}")


if __name__ == "__main__":
    main()
