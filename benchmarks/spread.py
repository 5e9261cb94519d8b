"""Whether spread of interest is seen where it is planted, and not where nothing spreads.

Run: python benchmarks/spread.py [--seeds 6] [--customers 90] [--record]

For each seed of the simulator, three years long: p and AUC in the shop as it is, where nobody takes
anything up from a contact, though companies in contact are alike; then in the same shop where so
many in a hundred of those in contact look at a page of a topic within two months after a contact's
first sign of it. At the end the share of shops in which spread was observed.
"""

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from results import Results, record_option

from graphkit.analyses.spreading.measure import Spread, Spreads, spread_of_interest
from graphkit.batch import Batch, Source
from graphkit.pipeline.load import load
from graphkit.schema import HasTopic, Is, Visited
from graphkit.simulator import Shop, Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.store.base import GraphStore
from graphkit.workspace import Workspace

_PLANTED = (0, 10, 30)
"""How many in a hundred take a topic up from a contact."""
_SOURCE = Source.of(system="web", kind="planted", path="planted.csv", content=b"planted")


@contextmanager
def loaded(shop: Shop) -> Iterator[GraphStore]:
    """A shop in a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        shop.write(Path(folder) / "in")
        workspace, _ = Workspace.create(Path(folder) / "work")
        with workspace.open_store() as store:
            load(store, [Path(folder) / "in"], currency="USD", say=lambda _: None)
            yield store


def plant(store: GraphStore, found: Spreads, percent: int, day: dt.date, seed: int) -> None:
    """Let some of those in contact look at a page of a topic after a contact's first sign."""
    draw = np.random.default_rng(seed)  # whom ten in a hundred are among, thirty are too
    topics, tied = found.taken_up.topics, found.contacts
    joined, about = store.read(Is), store.read(HasTopic)
    account = dict(zip(joined["to_id"], joined["from_id"], strict=True))
    about = about[(about["from_type"] == "Page").to_numpy(dtype=bool)]
    page = dict(zip(about["to_id"], about["from_id"], strict=True))
    end = np.datetime64(day).astype(np.int64)
    looks = []
    for topic in range(len(topics)):
        first = found.taken_up.days(topic)
        heard = (tied.day <= first[tied.of]) & (draw.random(len(tied.to)) < percent / 100)
        when = first[tied.of] + draw.integers(3, 60, len(tied.to))
        for at in np.flatnonzero(heard & (when <= end)).tolist():
            company = found.taken_up.companies[tied.to[at]]
            if topics[topic] in page:
                on = np.datetime64(int(when[at]), "D").astype(dt.date)
                looks.append((account[company], page[topics[topic]], on))
    looks = sorted(set(looks))
    who, pages, days = (list(column) for column in zip(*looks, strict=True))
    rows = {"from_id": who, "to_id": pages, "on": days, "row": list(range(2, len(looks) + 2))}
    rows["seconds"] = [60.0] * len(looks)
    with store.next_run("load") as run, store.transaction():
        store.write(Batch.of(Visited, rows, source=_SOURCE), run=run)


def main() -> None:
    """Print a line a seed and strength, then how often spread was observed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--customers", type=int, default=90)
    record_option(parser)
    given = parser.parse_args()
    observed: dict[int, list[bool]] = {percent: [] for percent in _PLANTED}
    spent = []
    print("seed  planted  first signs  after  expected      p   AUC  of 90 %")
    for seed in range(1, given.seeds + 1):
        stories = Stories.for_shop(given.customers)
        shop = simulate(seed=seed, customers=given.customers, months=36, stories=stories)
        with loaded(shop) as store:
            day = latest_day(store)
            began = time.perf_counter()
            found = as_it_is = spread_of_interest(Snapshot(store, day))
            spent.append(time.perf_counter() - began)
            for percent in _PLANTED:
                if as_it_is is not None and percent:
                    plant(store, as_it_is, percent, day, seed)
                    found = spread_of_interest(Snapshot(store, day))
                if found is not None:
                    observed[percent].append(found.whole.observed)
                    print(_line(seed, percent, found.whole), flush=True)
    results = Results("spread", f"{given.seeds} shops of {given.customers} customers, three years")
    for percent, seen in observed.items():
        what = (
            f"Shops in which spread is observed, where {percent} % of those in contact take it up"
        )
        limit = {} if percent else {"asked": "at most 5 %"}
        results.share(what, sum(seen), len(seen), "shops", **limit)
        asked = "at most .05" if not percent else "as many as can be"
        print(f"planted {percent:>2} %: observed in {np.mean(seen):.2f} of shops (asked: {asked})")
    if given.record:
        results.write()
    print(f"{np.median(spent):.1f} seconds a shop of {given.customers} customers")


def _line(seed: int, percent: int, one: Spread) -> str:
    auc = "" if one.auc is None else f"{one.auc.value:.2f}  {one.auc.low:.2f} to {one.auc.high:.2f}"
    return (
        f"{seed:>4}  {percent:>5} %  {one.could:>11}  {one.after:>5}  {one.expected:>8.1f}"
        f"  {one.p:.3f}  {auc}"
    )


if __name__ == "__main__":
    main()
