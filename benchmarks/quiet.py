"""What is told in shops in which nothing happens: all of it is false.

Run: python benchmarks/quiet.py [--seeds 8] [--customers 60] [--weeks 0] [--record]

Prints for each kind of finding the alerts and watches a run, over all seeds (asked: at most .1
alert a run and kind). With --weeks 52 the last year of the first seed is lived week by week,
each with what was known then: how many alerts began, a week without one ending it (asked: at most 2
over all kinds in 52 weeks). Clusters and concentration state what is so, whether or not something
happens; they stand apart.
"""

import argparse
import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from results import Results, record_option

from graphkit.findings import Finding, Level
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.load import load
from graphkit.simulator import Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.store.base import GraphStore
from graphkit.workspace import Settings, Workspace

STANDING = ("customer-cluster", "concentration")
_FIRST_SEED = 101


@contextmanager
def quiet_shop(seed: int, customers: int) -> Iterator[GraphStore]:
    """A shop of three years in which nothing happens, loaded."""
    with tempfile.TemporaryDirectory() as folder:
        shop = simulate(seed=seed, customers=customers, months=36, stories=Stories())
        shop.write(Path(folder) / "in")
        workspace, _ = Workspace.create(Path(folder) / "work")
        with workspace.open_store() as store:
            load(store, [Path(folder) / "in"], currency="USD", say=lambda _: None)
            yield store


def found_on(store: GraphStore, day: dt.date) -> list[Finding]:
    """What is found with what was known at the end of a day."""
    return analyse(Snapshot(store, day), Settings())


def episodes(store: GraphStore, weeks: int) -> Iterator[tuple[dt.date, str, str]]:
    """Alerts that begin, week by week: when, of which kind and about whom."""
    last = latest_day(store)
    before: set[str] = set()
    for back in range(weeks, -1, -1):
        day = last - dt.timedelta(weeks=back)
        alerts = {
            one.id: one
            for one in found_on(store, day)
            if one.level is Level.ALERT and one.kind not in STANDING
        }
        if back < weeks:  # the first week only says what was there before
            for ident in sorted(alerts.keys() - before):
                one = alerts[ident]
                yield day, one.kind, one.subject.name
        before = set(alerts)


def main() -> None:
    """Print the alerts and watches a run by kind, and the episodes of a year."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--customers", type=int, default=60)
    parser.add_argument("--weeks", type=int, default=0)
    record_option(parser)
    given = parser.parse_args()
    told: Counter[tuple[str, Level]] = Counter()
    kinds: set[str] = set()
    for seed in range(_FIRST_SEED, _FIRST_SEED + given.seeds):
        with quiet_shop(seed, given.customers) as store:
            found = found_on(store, latest_day(store))
            told.update((one.kind, one.level) for one in found)
            kinds |= {one.kind for one in found}
    print(f"{'kind':26}  alerts a run  watches a run")
    for kind in sorted(kinds):
        alerts, watches = (told[kind, one] / given.seeds for one in (Level.ALERT, Level.WATCH))
        note = "  (states what is so)" if kind in STANDING else ""
        print(f"{kind:26}  {alerts:12.2f}  {watches:13.2f}{note}")
    if given.weeks:
        with quiet_shop(_FIRST_SEED, given.customers) as store:
            began = list(episodes(store, given.weeks))
        for day, kind, name in began:
            print(f"{day}  {kind}: {name}")
        print(f"{len(began)} alerts began in {given.weeks} weeks (asked: at most 2 in 52)")
    if given.record:
        keep(told, kinds, given.seeds, given.customers)


def keep(told: Counter[tuple[str, Level]], kinds: set[str], seeds: int, customers: int) -> None:
    """Keep the false alerts of each kind."""
    results = Results("quiet", f"{seeds} shops of {customers} customers in which nothing happens")
    for kind in sorted(kinds.difference(STANDING)):
        false, shops = told[kind, Level.ALERT] / seeds, f"{seeds} shops"
        results.add(f"{kind}: false alerts a shop", false, shops, unit="", asked="at most 0.1")
    results.write()


if __name__ == "__main__":
    main()
