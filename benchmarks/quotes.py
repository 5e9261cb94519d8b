"""Who asks for fewer quotes or turns down more, against the customers who were made to slow down.

Run: python benchmarks/quotes.py [--seeds 4] [--customers 60] [--record]

Of each seed of the simulator, three years long, two shops: one in which nothing happens, where each
alert and watch is false, and one with a bit of everything, where the customers who slow down ask
less (their quotes come with orders) or turn down more. For each: alerts and watches about these,
about others, about processes, and how many customers it was asked of.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from results import Results, record_option

from graphkit.analyses.quotes import quotes
from graphkit.findings import Finding, Level
from graphkit.pipeline.load import load
from graphkit.simulator import Shop, Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.workspace import Workspace

_FILES = ("erp_order_lines.csv", "erp_quotes.csv")


def found_in(shop: Shop) -> list[Finding]:
    """What is told of the shop's quotes."""
    with tempfile.TemporaryDirectory() as folder:
        shop.write(Path(folder) / "in")
        workspace, _ = Workspace.create(Path(folder) / "work")
        with workspace.open_store() as store:
            files = [Path(folder) / "in" / one for one in _FILES]
            load(store, files, currency="USD", say=lambda _: None)
            return list(quotes(Snapshot(store, latest_day(store))))


def main() -> None:
    """Print a line a shop."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--customers", type=int, default=60)
    record_option(parser)
    given = parser.parse_args()
    sums: Counter[str] = Counter()
    print("seed  shop        slow  level  slow told  others told  processes told  asked")
    for seed in range(1, given.seeds + 1):
        for name, stories in (
            ("nothing", Stories()),
            ("everything", Stories.for_shop(given.customers)),
        ):
            shop = simulate(seed=seed, customers=given.customers, months=36, stories=stories)
            truth = shop.truth
            slow = {*truth.losing_quotes, *truth.slowing_customers, *truth.rough_times}
            called = {
                said.casefold(): one for one, known in truth.spellings.items() for said in known
            }
            found = found_in(shop)
            sums[name] += 1
            untold = sum(one.level is Level.CANNOT_TELL for one in found)
            for level in (Level.ALERT, Level.WATCH):
                told = [one.subject for one in found if one.level is level]
                names = [called[one.name.casefold()] for one in told if one.type == "Company"]
                right = sum(one in slow for one in names)
                sums[f"{name} right"] += right
                sums[f"{name} told"] += len(told)
                print(
                    f"{seed:>4}  {name:10}  {len(slow):>4}  {level.value:5}  {right:>9}"
                    f"  {len(names) - right:>11}  {len(told) - len(names):>14}"
                    f"  {given.customers - untold:>5}"
                )
    if given.record:
        results = Results("quotes", f"2 times {given.seeds} shops of {given.customers} customers")
        what = "Told in shops where nothing happens, all of it false, a shop"
        false = sums["nothing told"] / sums["nothing"]
        results.add(what, false, f"{sums['nothing']} shops", unit="alerts and watches")
        what = "Told in shops with a bit of everything that is about who slows down"
        right, told = sums["everything right"], sums["everything told"]
        results.share(what, right, told, "alerts and watches")
        results.write()


if __name__ == "__main__":
    main()
