"""Whether the share of revenue that ends at an end customer is the true one, and what it takes.

Run: python benchmarks/concentration.py [--seeds 3] [--customers 60] [--record]

Over the end customers of some shops of the simulator, three years long: in how many the 90 %
interval holds the true share, which is what those who really supply it ordered in the last twelve
months. The interval is over the links that were read, so that it can hold the truth only where all
were: these are counted apart. Then the seconds of the analysis, and those of a network of 10,000
companies and 30,000 uncertain links, all companies asked.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
from results import Results, record_option

from graphkit.analyses.measures.exposure import exposures
from graphkit.pipeline.load import load
from graphkit.simulator import Shop, Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.statistics.uncertain_links import UncertainLinks
from graphkit.workspace import Workspace

_NEAR = 0.0005  # of revenue: shares are compared to a twentieth of a percent


def suppliers(shop: Shop, snap: Snapshot) -> dict[str, set[str]]:
    """Who really supplies each end customer, by its name."""
    found: dict[str, set[str]] = {}
    for customer, ends in shop.truth.end_customers.items():
        for end in ends:
            found.setdefault(end, set()).add(snap.find_company(customer))
    return found


def compared(shop: Shop, snap: Snapshot) -> Counter[str]:
    """How many end customers there are, how many have all links, how many hold the true share."""
    began = time.perf_counter()
    found = exposures(snap)
    assert found is not None
    estimated = {one.subject.name: one for one in found.of_companies()}
    counts = Counter(milliseconds=round(1000 * (time.perf_counter() - began)))
    for end, true in suppliers(shop, snap).items():
        share = sum(found.ordered(one) for one in true) / found.total
        one = estimated.get(end)
        inside = one is not None and one.share.low - _NEAR <= share <= one.share.high + _NEAR
        read = {each.company for each in one.reached} if one else set()
        whole = {each for each in true if found.ordered(each) > 0} <= read
        counts.update(
            ends=1,
            inside=inside,
            whole=whole,
            inside_whole=inside and whole,
            wrong=len(read - true),
        )
    return counts


def large(companies: int = 10_000, links: int = 30_000) -> float:
    """Seconds to ask every company of a random network what hangs on it."""
    chance = np.random.default_rng(1)
    # Most links lead to a few large end customers, as they do in the trade.
    end = np.minimum(chance.zipf(1.6, links) - 1, companies - 1).astype(np.int64)
    start = chance.integers(0, companies, links)
    began = time.perf_counter()
    uncertain = UncertainLinks(start, end, chance.uniform(0.5, 1.0, links), companies)
    for goal in np.unique(end).tolist():
        uncertain.leads(uncertain.upstream(np.array([goal]), 4), 4)
    return time.perf_counter() - began


def main() -> None:
    """Print a line a seed, then the sums."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--customers", type=int, default=60)
    record_option(parser)
    given = parser.parse_args()
    sums: Counter[str] = Counter()
    for seed in range(1, given.seeds + 1):
        stories = Stories.for_shop(given.customers)
        shop = simulate(seed=seed, customers=given.customers, months=36, stories=stories)
        with tempfile.TemporaryDirectory() as folder:
            shop.write(Path(folder) / "in")
            workspace, _ = Workspace.create(Path(folder) / "work")
            with workspace.open_store() as store:
                load(store, [Path(folder) / "in"], currency="USD", say=lambda _: None)
                sums.update(compared(shop, Snapshot(store, latest_day(store))))
    print(f"end customers {sums['ends']}, customers wrongly reached {sums['wrong']}")
    print(f"true share in the 90 % interval: {sums['inside']} of {sums['ends']}")
    print(f"  where all links were read: {sums['inside_whole']} of {sums['whole']}")
    if given.record:
        results = Results("concentration", f"{given.seeds} shops of {given.customers} customers")
        what = "True share of revenue within the 90 % interval"
        results.share(what, sums["inside"], sums["ends"], "end customers")
        what = f"{what}, where all links were read"
        results.share(what, sums["inside_whole"], sums["whole"], "end customers", asked="90 %")
        results.write()
    print(f"seconds a shop: {sums['milliseconds'] / 1000 / given.seeds:.1f}")
    print(f"10,000 companies, 30,000 links: {large():.1f} seconds")


if __name__ == "__main__":
    main()
