"""How many slowdowns are found, and how many are false, in shops of which the truth is known.

Eight shops with planted stories, eight in which nothing happens, and eight whose orders all fall by
a third; each goes through exports, loaders, resolution and the embedded store. "Found" is the share
of what was planted, "true" the share of what was said. Where nothing is planted, everything said is
false: at most .1 alerts a run and kind, and no industry is to be blamed for a fall of the whole
shop.

Run: python benchmarks/slowdown.py [SEEDS] [--record]
"""

import argparse
import collections
import dataclasses
import tempfile
import time
from pathlib import Path

from results import Results, record_option

from graphkit.analyses.slowdown import slowdown
from graphkit.findings import Finding, Level
from graphkit.pipeline.load import load
from graphkit.simulator import Shop, Stories, Truth, simulate
from graphkit.simulator.difficulty import flagged_by_naive_rule
from graphkit.snapshot import Snapshot
from graphkit.store import open_store

CUSTOMERS = 120
FIRST_SEED = 101
TABLES = ("order_lines", "invoices", "payments", "companies")
FALLS = "the whole shop falls by a third"
KINDS = ("slowing-customer", "rough-times", "slowing-industry")
GOALS = {  # alert true, alert found, alert or watch true, alert or watch found
    "slowing-customer": (0.90, 0.45, 0.83, 0.68),
    "rough-times": (0.95, 0.40, None, None),
    "slowing-industry": (None, 0.95, None, None),
}


@dataclasses.dataclass
class Tally:
    """Of one kind: what was planted, and what was said as an alert, or as an alert or watch."""

    planted: int = 0
    alerts: int = 0
    true_alerts: int = 0
    said: int = 0
    true_said: int = 0

    def add(self, planted: set[str], alerts: set[str], said: set[str]) -> None:
        """Count one shop."""
        self.planted += len(planted)
        self.alerts += len(alerts)
        self.true_alerts += len(alerts & planted)
        self.said += len(said)
        self.true_said += len(said & planted)


def main() -> None:
    """Run all three families of shops and print what was found against the goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="?", type=int, default=8)
    record_option(parser)
    given = parser.parse_args()
    seeds = range(FIRST_SEED, FIRST_SEED + given.seeds)
    results = Results("slowdown", f"3 times {len(seeds)} shops of {CUSTOMERS} customers")
    families = {
        "planted stories": None,
        "nothing happens": Stories(),
        FALLS: Stories(whole_shop_drop=0.33),
    }
    for title, stories in families.items():
        tallies: dict[str, Tally] = collections.defaultdict(Tally)
        naive, seconds = [], []
        for seed in seeds:
            shop = simulate(seed=seed, customers=CUSTOMERS, stories=stories)
            naive.append(flagged_by_naive_rule(shop))
            findings, names, took = findings_of(shop)
            seconds.append(took)
            count(tallies, shop.truth, findings, names)
        print(
            f"\n{title}: {len(seeds)} shops of {CUSTOMERS} customers,"
            f" {sum(seconds) / len(seconds):.1f} s an analysis;"
            f" 'orders down 30 %' flags {sum(naive) / len(naive):.0%} of the unchanged"
        )
        for kind in KINDS:
            report(kind, tallies[kind], len(seeds), planted=stories is None)
            keep(results, kind, tallies[kind], len(seeds), "" if stories is None else title)
        if stories is None:
            customers = f"{CUSTOMERS * len(seeds)} customers, planted ones left out"
            what = "Unchanged customers that 'orders down 30 %' would accuse"
            results.add(what, sum(naive) / len(naive), customers)
    if given.record:
        results.write()


def keep(results: Results, kind: str, tally: Tally, shops: int, where: str) -> None:
    """Keep the figures of a kind; `where` says in which shops nothing was planted.

    Where the whole shop falls its customers do, so that only an industry is told falsely.
    """
    if where == FALLS and kind != "slowing-industry":
        return
    if where:
        what, limit = f"{kind}: false alerts a shop where {where}", "at most 0.1"
        results.add(what, tally.alerts / shops, f"{shops} shops", unit="", asked=limit)
        return
    right, found, *_ = GOALS[kind]
    what = f"{kind}: alerts that are true"
    results.share(what, tally.true_alerts, tally.alerts, "alerts", asked=_least(right))
    what = f"{kind}: planted ones that have an alert"
    results.share(what, tally.true_alerts, tally.planted, "planted", asked=_least(found))
    what = f"{kind}: planted ones that have an alert or a watch"
    results.share(what, tally.true_said, tally.planted, "planted")


def _least(goal: float | None) -> str:
    return f"at least {100 * goal:.0f} %" if goal else ""


def findings_of(shop: Shop) -> tuple[list[Finding], dict[str, str], float]:
    """Load a shop's books and analyse them; findings, plain name by company, and seconds."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "exports"
        shop.write(folder)
        wanted = [one for one in sorted(folder.iterdir()) if one.stem.endswith(TABLES)]
        assert len(wanted) == len(TABLES), [one.name for one in folder.iterdir()]
        with open_store(Path(place) / "graph.duckdb") as store:
            load(store, wanted)
            snap = Snapshot(store, shop.truth.end)
            begun = time.perf_counter()
            found = list(slowdown(snap))
            took = time.perf_counter() - begun
            plain = {
                spelling: name
                for name, spellings in shop.truth.spellings.items()
                for spelling in spellings
            }
            names = {
                row.id: next((plain[one] for one in row.aliases if one in plain), row.name)
                for row in snap.companies.itertuples()
            }
    return found, names, took


def count(
    tallies: dict[str, Tally], truth: Truth, findings: list[Finding], names: dict[str, str]
) -> None:
    """Add one shop to the tallies."""
    planted = {
        "slowing-customer": set(truth.slowing_customers),
        "rough-times": set(truth.rough_times),
        "slowing-industry": set(truth.slowing_industries),
    }
    for kind in KINDS:
        said: dict[Level, set[str]] = collections.defaultdict(set)
        for one in findings:
            if one.kind == kind:
                said[one.level].add(names.get(one.subject.id, one.subject.name))
        alerts = said[Level.ALERT]
        tallies[kind].add(planted[kind], alerts, alerts | said[Level.WATCH])


def report(kind: str, tally: Tally, shops: int, *, planted: bool) -> None:
    """Print one line."""
    false = (tally.alerts - tally.true_alerts) / shops
    if not planted:
        print(f"  {kind:17s} {false:5.2f} alerts a shop, {tally.said / shops:5.2f} with watches")
        return
    figures = (
        tally.true_alerts / max(tally.alerts, 1),
        tally.true_alerts / max(tally.planted, 1),
        tally.true_said / max(tally.said, 1),
        tally.true_said / max(tally.planted, 1),
    )
    goals = " ".join("   -" if goal is None else f"{goal:.2f}" for goal in GOALS[kind])
    print(
        f"  {kind:17s} alerts true {figures[0]:.2f} found {figures[1]:.2f}"
        f" ({tally.true_alerts} of {tally.alerts}, {tally.planted} planted, {false:.2f} false a"
        f" shop); with watches true {figures[2]:.2f} found {figures[3]:.2f}"
        f" ({tally.true_said} of {tally.said}); goals {goals}"
    )


if __name__ == "__main__":
    main()
