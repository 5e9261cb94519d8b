"""Whether topic interest and considered growth are the planted ones, and what it takes.

Run: python benchmarks/topics.py [--seeds 8] [--first 1] [--customers 90] [--record]

For each seed of the simulator, three years long, with a quarter of the customers behind mail
clients that open everything: alerts that are planted, alerts that are not, and what is planted and
has no alert; beside it the alerts in the same shop where nothing happens. At the end precision and
recall beside what was asked for, and the seconds of the analysis.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from results import Results, record_option

from graphkit.analyses.topics import CONSIDERING, INTEREST, topics
from graphkit.findings import Finding, Level
from graphkit.pipeline.load import load
from graphkit.simulator import Shop, Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.workspace import Workspace

Told = set[tuple[str, str]]
_KINDS = (INTEREST, CONSIDERING)


def alerts(shop: Shop) -> tuple[dict[str, Told], float]:
    """The alerts by kind, with the true name of each company, and the seconds they took."""
    with tempfile.TemporaryDirectory() as folder:
        shop.write(Path(folder) / "in")
        workspace, _ = Workspace.create(Path(folder) / "work")
        with workspace.open_store() as store:
            load(store, [Path(folder) / "in"], currency="USD", say=lambda _: None)
            snap = Snapshot(store, latest_day(store))
            began = time.perf_counter()
            found = list(topics(snap))
            return _told(found, shop), time.perf_counter() - began


def _told(findings: list[Finding], shop: Shop) -> dict[str, Told]:
    called = {written: name for name, known in shop.truth.spellings.items() for written in known}
    return {
        kind: {
            (called.get(one.subject.name, one.subject.name), one.object.name.lower())
            for one in findings
            if one.kind == kind and one.level is Level.ALERT and one.object
        }
        for kind in _KINDS
    }


def main() -> None:
    """Print a line a seed and kind, then the sums."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--customers", type=int, default=90)
    record_option(parser)
    given = parser.parse_args()
    sums: Counter[tuple[str, str]] = Counter()
    results = Results(
        "topics",
        f"{given.seeds} shops of {given.customers} customers, three years, a quarter of them behind"
        " mail clients that open everything",
    )
    spent = 0.0
    print(f"{'seed':>4}  {'kind':18}  planted  found  false  missed  where nothing happens")
    for seed in range(given.first, given.first + given.seeds):
        stories = Stories.for_shop(given.customers)
        shop, quiet = (
            simulate(seed=seed, customers=given.customers, months=36, stories=one)
            for one in (stories, Stories())
        )
        found, seconds = alerts(shop)
        nothing, _ = alerts(quiet)
        spent += seconds
        planted = {(name, topic.lower()) for name, topic in shop.truth.topic_growth.items()}
        for kind in _KINDS:
            counts = {
                "planted": len(planted),
                "found": len(found[kind] & planted),
                "false": len(found[kind] - planted),
                "missed": len(planted - found[kind]),
                "nothing": len(nothing[kind]),
            }
            sums.update({(kind, name): count for name, count in counts.items()})
            shown = "".join(f"  {one:>6}" for one in counts.values())
            print(f"{seed:>4}  {kind:18}{shown}", flush=True)
    for kind in _KINDS:
        right, wrong = sums[kind, "found"], sums[kind, "false"]
        print(
            f" all  {kind:18}  precision {right / max(right + wrong, 1):.2f} (asked: .90),"
            f" recall {right / sums[kind, 'planted']:.2f} (asked: .60),"
            f" false alerts where nothing happens {sums[kind, 'nothing'] / given.seeds:.2f} a run"
            " (asked: .10)"
        )
        results.share(
            f"{kind}: alerts that are planted",
            right,
            right + wrong,
            "alerts",
            asked="at least 90 %",
        )
        what = f"{kind}: planted ones with an alert"
        results.share(what, right, sums[kind, "planted"], "planted", asked="at least 60 %")
        what = f"{kind}: false alerts a shop where nothing happens"
        false = sums[kind, "nothing"] / given.seeds
        results.add(what, false, f"{given.seeds} shops", unit="", asked="at most 0.1")
    if given.record:
        results.write()
    print(f"{spent / given.seeds:.1f} seconds a shop of {given.customers} customers")


if __name__ == "__main__":
    main()
