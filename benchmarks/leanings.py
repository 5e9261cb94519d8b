"""Whether leanings, tighter tolerances and smaller lots are the planted ones, and what it takes.

Run: python benchmarks/leanings.py [--seeds 6] [--customers 90] [--record]

For each seed of the simulator, three years long: alerts that are planted; alerts of the same
customers about something else, since parts of another process are of other materials too; alerts
of customers with whom nothing was planted; and what is planted and has no alert. At the end the
sums, with the share of alerts that are false beside the .10 that was asked for, and the seconds of
the two analyses.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from results import Results, record_option

from graphkit.analyses.leaning.mix import KINDS, TIGHTER
from graphkit.analyses.leanings import leanings
from graphkit.analyses.smaller_lots import KIND as SMALLER
from graphkit.analyses.smaller_lots import smaller_lots
from graphkit.findings import Finding, Level
from graphkit.pipeline.load import load
from graphkit.simulator import Shop, Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.workspace import Workspace

Told = set[tuple[str, str]]
_COUNTED = ("planted", "found", "beside", "false", "missed")


def planted(shop: Shop) -> dict[str, Told]:
    """Who does what, by kind of finding: name and, of a leaning, to what."""
    truth = shop.truth
    return {
        KINDS["process"]: {(name, to.lower()) for name, to in truth.process_shift.items()},
        KINDS["finish"]: {(name, to.lower()) for name, to in truth.finish_shift.items()},
        KINDS["material"]: set(),
        TIGHTER: {(name, "") for name in truth.tighter_tolerance},
        SMALLER: {(name, "") for name in truth.smaller_lots},
    }


def told(findings: list[Finding], shop: Shop) -> dict[str, Told]:
    """The alerts, by kind, with the true name of each customer."""
    called = {written: name for name, known in shop.truth.spellings.items() for written in known}
    found: dict[str, Told] = {kind: set() for kind in planted(shop)}
    for one in findings:
        if one.level is Level.ALERT:
            name = called.get(one.subject.name, one.subject.name)
            found[one.kind].add((name, one.object.name.lower() if one.object else ""))
    return found


def main() -> None:
    """Print a line a seed and kind, then the sums."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--customers", type=int, default=90)
    record_option(parser)
    given = parser.parse_args()
    sums: Counter[tuple[str, str]] = Counter()
    spent = 0.0
    print(f"{'seed':>4}  {'kind':24}  planted  found  beside  false  missed")
    for seed in range(1, given.seeds + 1):
        stories = Stories.for_shop(given.customers)
        shop = simulate(seed=seed, customers=given.customers, months=36, stories=stories)
        with tempfile.TemporaryDirectory() as folder:
            shop.write(Path(folder) / "in")
            workspace, _ = Workspace.create(Path(folder) / "work")
            with workspace.open_store() as store:
                load(store, [Path(folder) / "in"], currency="USD", say=lambda _: None)
                snap = Snapshot(store, latest_day(store))
                began = time.perf_counter()
                found = told([*leanings(snap), *smaller_lots(snap)], shop)
                spent += time.perf_counter() - began
        movers = {name for true in planted(shop).values() for name, _ in true}
        for kind, true in planted(shop).items():
            counts = {
                "planted": len(true),
                "found": len(found[kind] & true),
                "beside": sum(name in movers for name, _ in found[kind] - true),
                "false": sum(name not in movers for name, _ in found[kind] - true),
                "missed": len(true - found[kind]),
            }
            sums.update({(kind, name): count for name, count in counts.items()})
            print(f"{seed:>4}  {kind:24}" + "".join(f"  {one:>6}" for one in counts.values()))
    for kind in (*KINDS.values(), TIGHTER, SMALLER):
        line = "".join(f"  {sums[kind, name]:>6}" for name in _COUNTED)
        print(f" all  {kind:24}{line}")
    right = sum(count for (_, name), count in sums.items() if name in {"found", "beside"})
    wrong = sum(count for (_, name), count in sums.items() if name == "false")
    print(f"false alerts {wrong} of {right + wrong}: {wrong / (right + wrong):.2f} (asked: .10)")
    print(f"{spent / given.seeds:.1f} seconds a shop of {given.customers} customers")
    if given.record:
        keep(sums, f"{given.seeds} shops of {given.customers} customers, three years")


def keep(sums: Counter[tuple[str, str]], on: str) -> None:
    """Keep what was found of each kind."""
    results = Results("leanings", on)
    every: Counter[str] = Counter()
    for kind in (*KINDS.values(), TIGHTER, SMALLER):
        of = {name: sums[kind, name] for name in _COUNTED}
        every.update(of)
        results.share(f"{kind}: planted ones with an alert", of["found"], of["planted"], "planted")
    told = every["found"] + every["beside"] + every["false"]
    what = "all kinds: alerts about customers with whom nothing was planted"
    results.share(what, every["false"], told, "alerts", asked="at most 10 %")
    results.write()


if __name__ == "__main__":
    main()
