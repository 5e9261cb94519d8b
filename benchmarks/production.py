"""Whether the recession of 2008 and 2009 is found in time, in orders that follow real production.

Run: python benchmarks/production.py FOLDER [--seeds 3] [--orders 3] [--together] [--record]

FOLDER holds monthly indices of industrial production as CSV files of the Federal Reserve's G.17
release (DATE and a series such as IPG327S), from 2002 to 2009 at least. Each index becomes an
industry of 12 customers. A customer's orders of a month are Poisson around a pace of its own
(lognormal, --orders a month in the middle), times the index over its mean of 2002 to 2004. Each
index has a shop of its own, with four more industries of 12 customers that keep their pace. With
--together all are in one shop, with two industries that keep theirs: then most of the shop falls,
and what falls with the shop is not to be blamed on an industry.

At the end of every month of 2005, 2006, 2008 and 2009 the last 36 are put into a store and asked
who slows down. The fall of an index begins in the first month of 2008 or later whose quarter (with
the two months before) is 10 % below that of a year before. Asked: an alert about the industry
within four months of it, and no alert in 2005 and 2006, whether about an industry or a customer.
The first month with an alert from 2008 on is given, before the fall or after.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from results import Results, record_option

from graphkit import schema
from graphkit.analyses.slowdown import slowdown
from graphkit.batch import Batch, Source
from graphkit.findings import Level
from graphkit.snapshot import Snapshot
from graphkit.store.embedded import EmbeddedStore

Floats = npt.NDArray[np.float64]
Month = np.datetime64

FIRST, LAST = Month("2002-01"), Month("2009-12")
QUIET, TROUBLE = (np.arange(Month(one), Month(one) + 24) for one in ("2005-01", "2008-01"))
BEFORE = 36
EACH, STEADY, SPREAD_OF_PACES = 12, ("Steady 1", "Steady 2", "Steady 3", "Steady 4"), 0.4
FALLEN, QUARTER, YEAR = 0.9, 3, 12
ASKED = 4
KINDS = ("slowing-customer", "rough-times", "slowing-industry")
SOURCE = Source.of(system="erp", kind="rows", path="rows.csv", content=b"rows")


def indices(folder: Path) -> dict[str, Floats]:
    """Each series of a folder from 2002 to 2009."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        table = pd.read_csv(path, index_col=0).iloc[:, 0]
        months = np.array(table.index, dtype="datetime64[M]")
        found[str(table.name)] = table.to_numpy(float)[(months >= FIRST) & (months <= LAST)]
    return found


def fall_of(index: Floats) -> Month:
    """The first month of 2008 or later whose quarter is a tenth below that of a year before."""
    quarter = np.convolve(index, np.ones(QUARTER), "valid")
    low = np.flatnonzero(quarter[YEAR:] < FALLEN * quarter[:-YEAR])
    months = FIRST + low + YEAR + QUARTER - 1
    return Month(months[months >= TROUBLE[0]][0])


class Shop:
    """Customers whose orders follow the index of their industry.

    Args:
        paces: By industry: what its customers' pace is times, month by month.
        orders: Orders a month of a customer in the middle.
        seed: Of the draws.
    """

    def __init__(self, paces: Mapping[str, Floats], orders: float, seed: int) -> None:
        chance = np.random.default_rng(seed)
        self._trades = sorted(paces)
        self._trade = np.repeat(self._trades, EACH)
        pace = chance.lognormal(np.log(orders), SPREAD_OF_PACES, len(self._trade))
        drawn = chance.poisson(pace[:, None] * np.stack([paces[one] for one in self._trade]))
        customer, month = np.nonzero(drawn)
        placed = drawn[customer, month]
        self._customer, self._month = np.repeat(customer, placed), np.repeat(month, placed)
        self._day = chance.integers(0, 28, len(self._month))

    def told(self, month: Month) -> list[tuple[str, str]]:
        """Alerts at the end of a month, from the 36 up to it: kind and about whom."""
        last = int((month - FIRST).astype(int))
        seen = (self._month <= last) & (self._month > last - BEFORE)
        days = (FIRST + self._month[seen]).astype("datetime64[D]") + self._day[seen]
        until = (month + 1).astype("datetime64[D]") - 1
        with (
            tempfile.TemporaryDirectory() as folder,
            EmbeddedStore(Path(folder) / "graph.duckdb") as store,
        ):
            with store.transaction():
                self._write(store, self._customer[seen], days)
            found = list(slowdown(Snapshot(store, until.item())))
        return [(one.kind, one.subject.name) for one in found if one.level is Level.ALERT]

    def _write(
        self,
        store: EmbeddedStore,
        customer: npt.NDArray[np.int64],
        days: npt.NDArray[np.datetime64],
    ) -> None:
        def put(entity: type[schema.Entity], columns: dict[str, object]) -> None:
            source = SOURCE if "file_id" in entity.properties else None
            store.write(Batch.of(entity, pd.DataFrame(columns), source=source), run=1)

        names = [f"{trade} {at % EACH + 1}" for at, trade in enumerate(self._trade)]
        accounts = [f"erp:{one}" for one in names]
        rows = list(range(2, len(days) + 2))
        orders = [f"order {one}" for one in rows]
        put(schema.Industry, {"id": self._trades, "name": self._trades})
        put(
            schema.Company,
            {
                "id": names,
                "name": names,
                "is_customer": True,
                "aliases": [[one] for one in names],
                "industry": self._trade,
            },
        )
        put(
            schema.Account,
            {"id": accounts, "system": "erp", "name": names, "row": rows[: len(names)]},
        )
        put(
            schema.Is,
            {"from_id": accounts, "to_id": names, "score": 1.0, "reason": "only one"},
        )
        put(
            schema.Order,
            {
                "id": orders,
                "number": orders,
                "account": np.array(accounts, dtype=object)[customer],
                "ordered_on": days,
                "row": rows,
            },
        )


def shops(series: Mapping[str, Floats], *, together: bool) -> list[dict[str, Floats]]:
    """The paces of each shop, by industry."""
    size = len(next(iter(series.values())))
    level = {name: one / one[:BEFORE].mean() for name, one in series.items()}
    if together:
        return [level | dict.fromkeys(STEADY[:2], np.ones(size))]
    return [{name: one} | dict.fromkeys(STEADY, np.ones(size)) for name, one in level.items()]


def report(
    series: Mapping[str, Floats], found: Mapping[str, list[Month | None]], results: Results
) -> None:
    """A line an industry: when it fell, and when each shop was told."""
    late = missed = 0
    for name, firsts in sorted(found.items()):
        fall = fall_of(series[name])
        lags = [None if one is None else int((one - fall).astype(int)) for one in firsts]
        missed += sum(one is None for one in lags)
        late += sum(one is not None and one > ASKED for one in lags)
        told = ", ".join("never" if one is None else f"{one:+d}" for one in lags)
        print(f"{name}: fell 10 % by {fall}; first alert after {told} months")
    total = sum(map(len, found.values()))
    results.share(
        f"Industries told within {ASKED} months of their fall",
        total - late - missed,
        total,
        "industries of shops",
        asked="all",
    )
    print(
        f"industries found within {ASKED} months: {total - late - missed} of {total} (asked: all);"
        f" later {late}, never {missed}"
    )


def main() -> None:
    """Replay the months of each shop, and print what was told."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--orders", type=float, default=3.0)
    record_option(parser)
    parser.add_argument("--together", action="store_true", help="all in one shop")
    given = parser.parse_args()
    series = indices(given.folder)
    found: defaultdict[str, list[Month | None]] = defaultdict(list)
    quiet: list[tuple[str, str, str]] = []
    looks = 0
    for seed in range(1, given.seeds + 1):
        for paces in shops(series, together=given.together):
            shop = Shop(paces, given.orders, seed)
            first: dict[str, Month] = {}
            for month in QUIET:
                looks += 1
                quiet += [(kind, name, str(month)) for kind, name in shop.told(month)]
            for month in TROUBLE:
                for kind, name in shop.told(month):
                    if kind == "slowing-industry":
                        first.setdefault(name, month)
            for name in paces.keys() & series.keys():
                found[name].append(first.get(name))
            false = ", ".join(f"{one} {first[one]}" for one in sorted(first.keys() - series.keys()))
            fell = ", ".join(f"{one} {first[one]}" for one in sorted(first.keys() & series.keys()))
            print(
                f"seed {seed}: {fell or 'none'}; with a steady pace: {false or 'none'}", flush=True
            )
    print(f"{EACH} customers an industry, {given.orders:g} orders a month in the middle")
    results = Results(
        "production", "orders simulated after real indices of production, 2005 to 2009"
    )
    report(series, found, results)
    print(f"alerts in 2005 and 2006, {looks} looks at the end of a month (asked: none)")
    for kind in KINDS:
        told = [(name, month) for one, name, month in quiet if one == kind]
        ours = sum(name.partition(" ")[0] in series for name, _ in told)
        print(
            f"  {kind}: {len(told)}, {len(told) / looks:.2f} a look, {ours} of them where orders"
            f" follow an index: {', '.join(f'{name} {month}' for name, month in told) or '-'}"
        )
    what = "Alerts a look in two years without a fall"
    results.add(
        what, len(quiet) / looks, f"{looks} looks at the end of a month", unit="", asked="0"
    )
    if given.record:
        results.write()


if __name__ == "__main__":
    main()
