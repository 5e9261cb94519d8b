"""How many alerts come true, and how many events have one, when simulated shops are back-tested.

For each seed a shop with planted stories goes through exports, loaders, resolution and the embedded
store; its past is replayed month by month. A line a shop and rule: how many alerts can be judged,
how many of them came true, how many events had an alert, how early; at the end the sums with
Wilson's 90 % interval. What happened is what later months say, not what was planted. Stories of
slowing customers begin within the last half-year, so that alerts about them find events, but are
too early to be judged: "came true" is then of the alerts before, of which there may be none.

Run: python benchmarks/backtest.py [KIND] [--seeds 3] [--customers 60] [--permutations 499]
     [--record]
"""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
from results import Results, record_option

from graphkit.analyses.backtesting import Backtest, Score
from graphkit.pipeline.backtest import backtest
from graphkit.pipeline.load import load
from graphkit.simulator import Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.statistics.share import Share
from graphkit.workspace import Settings, Workspace

TABLES = ("order_lines", "invoices", "payments", "companies")


def tested(kind: str, seed: int, customers: int, permutations: int) -> Backtest:
    """The back-test of a kind on one simulated shop."""
    stories = Stories.for_shop(customers)
    shop = simulate(seed=seed, customers=customers, months=36, stories=stories)
    with tempfile.TemporaryDirectory() as folder:
        shop.write(Path(folder) / "in")
        files = [one for one in (Path(folder) / "in").iterdir() if one.stem.endswith(TABLES)]
        workspace, _ = Workspace.create(Path(folder) / "work")
        with workspace.open_store() as store:
            load(store, sorted(files), currency="USD", say=lambda _: None)
            [found] = backtest(
                Snapshot(store, latest_day(store)),
                lambda day: Snapshot(store, day),
                [kind],
                Settings(),
                permutations=permutations,
            )
    return found


def shown(share: Share) -> str:
    """A share with its interval."""
    if share.value is None:
        return "0 of 0"
    return f"{share.hits} of {share.of}, {share.value:.2f} [{share.low:.2f} to {share.high:.2f}]"


def line(label: str, rule: str, scores: list[Score]) -> str:
    """What one rule is worth, of one shop or of several."""
    right = Share.counted(sum(s.right.hits for s in scores), sum(s.right.of for s in scores))
    found = Share.counted(sum(s.found.hits for s in scores), sum(s.found.of for s in scores))
    leads = [lead for score in scores for lead in score.leads]
    lead = f"{np.median(leads):g}" if leads else "-"
    return f"{label:>4}  {rule:10}  {shown(right):30}  {shown(found):30}  {lead:>4}"


def main() -> None:
    """Print two lines a shop, then the sums."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kind", nargs="?", default="slowing-customer")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--customers", type=int, default=60)
    parser.add_argument("--permutations", type=int, default=499)
    record_option(parser)
    given = parser.parse_args()
    rules: dict[str, list[Score]] = {"graphkit": [], "naive rule": []}
    began = time.perf_counter()
    print(f"seed  {'rule':10}  {'came true':30}  {'events with an alert':30}  lead")
    for seed in range(1, given.seeds + 1):
        found = tested(given.kind, seed, given.customers, given.permutations)
        for rule, score in zip(rules, (found.ours, found.naive), strict=True):
            if score is not None:
                rules[rule].append(score)
                print(line(str(seed), rule, [score]), flush=True)
    for rule, scores in rules.items():
        print(line("all", rule, scores))
    print(f"{(time.perf_counter() - began) / given.seeds:.0f} seconds a shop")
    if given.record:
        keep(given.kind, rules, f"{given.seeds} shops of {given.customers} customers")


def keep(kind: str, rules: dict[str, list[Score]], on: str) -> None:
    """Keep the sums over all shops, ours beside the naive rule's."""
    results = Results(f"backtest-{kind}", on)
    for what, each, of in (
        ("alerts that came true afterwards", "alerts", lambda one: one.right),
        ("events that had an alert", "events", lambda one: one.found),
    ):
        ours, theirs = (
            Share.counted(sum(of(s).hits for s in scores), sum(of(s).of for s in scores))
            for scores in rules.values()
        )
        results.share(f"{kind}: {what}", ours.hits, ours.of, each)
        # Beside it in full: a rule that accuses half of the customers finds most events.
        results.share(f"the naive rule: {what}", theirs.hits, theirs.of, each)
    results.write()


if __name__ == "__main__":
    main()
