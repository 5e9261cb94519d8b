"""How far forecasts of machine hours are off, beside simple ones, and whether intervals hold.

Run: python benchmarks/forecast.py [--seeds 8] [--customers 90] [--record]
     python benchmarks/forecast.py --carparts FOLDER [--record]

Without --carparts: for each seed of the simulator, three years long, the hours of the next six
months of every process beside what then comes. Errors are absolute ones, summed over processes and
months, or of the sums of six months over processes, as shares of the seasonal naive forecast's.

With --carparts: monthly sales of car parts (carparts_monthly_wide.csv.gz of the folder: months in
rows, parts in columns), from six origins twelve months ahead. RMSSE is the mean over parts; the
error of the total is that of twelve months, summed over parts, as a share of what came. AutoETS is
a peer where statsforecast is installed; it names a pandas below 3, yet runs on 3: install pandas
again after it.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from results import Results, record_option

from graphkit.analyses.forecast import Forecast, forecast
from graphkit.pipeline.load import load
from graphkit.simulator import ORDER_LINES, Shop, Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.statistics.forecasting import outlook
from graphkit.statistics.rolling import Past, usual_change
from graphkit.statistics.smoothing import imapa, moving_average, seasonal_naive
from graphkit.workspace import Workspace

Floats = npt.NDArray[np.float64]

_AHEAD = 6
_YEAR = 12
_ORIGINS = 6


def main() -> None:
    """Print what was measured beside what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--customers", type=int, default=90)
    parser.add_argument("--carparts", type=Path)
    record_option(parser)
    given = parser.parse_args()
    if given.carparts:
        results = car_parts(given.carparts / "carparts_monthly_wide.csv.gz")
    else:
        results = simulated(given.seeds, given.customers)
    if given.record:
        results.write()


def simulated(seeds: int, customers: int) -> Results:
    """Hours of the six months after the end, for each seed."""
    print("seed  months    sums  P10-P90 of months  of sums  seconds")
    sums: defaultdict[str, float] = defaultdict(float)
    for seed in range(1, seeds + 1):
        stories = Stories.for_shop(customers)
        shop = simulate(seed=seed, customers=customers, months=36, stories=stories)
        found, seconds = _of_simulated(shop)
        here = _errors(found, shop.truth.future_machine_hours)
        for name, value in here.items():
            sums[name] += value
        print(f"{seed:>4}  {_line(here)}  {seconds:7.1f}")
    print(f" all  {_line(sums)}  (asked: at most .85; .75 to .85)")
    measured = f"{sums['measured'] / sums['cells']:.2f}"
    print(f"coverage as measured on the shops' own past: {measured}")
    print(f"processes worse than seasonal naive on the back-test: {sums['worse']:.0f}")
    results = Results("forecast", f"{seeds} shops of {customers} customers, six months ahead")
    for name, what, limit in (("months", "of a month", 0.85), ("sums", "of six months", None)):
        results.add(
            f"Error of machine hours {what}, as a share of last year's",
            sums[name] / sums[f"naive {name}"],
            f"{sums['processes']:,.0f} processes",
            unit="",
            peer="the same month of last year",
            peer_value=1.0,
            asked=f"at most {limit}" if limit else "",
        )
    what, asked = "Months whose hours lay from P10 to P90", "75 to 85 %"
    results.share(what, sums["within"], sums["cells"], "months of processes", asked=asked)
    return results


def _of_simulated(shop: Shop) -> tuple[Forecast, float]:
    """The forecast from the shop's order lines, loaded like any export."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in" / ORDER_LINES
        path.parent.mkdir()
        next(table for table in shop.tables if table.name == ORDER_LINES).write(path.parent)
        workspace, _ = Workspace.create(Path(folder) / "work")
        with workspace.open_store() as store:
            load(store, [path], currency="USD", say=lambda _: None)
            snap = Snapshot(store, latest_day(store))
            began = time.perf_counter()
            found = forecast(snap, months=_AHEAD)
            assert found is not None
            return found, time.perf_counter() - began


def _errors(found: Forecast, truth: dict[str, list[float]]) -> dict[str, float]:
    """Sums of absolute errors of P50 and of seasonal naive, and how often intervals held."""
    known = {name.casefold(): hours for name, hours in truth.items()}
    came = np.array([known[one.name.casefold()] for one in found.hours.processes])
    rows = slice(len(came))
    low, middle, high = (found.outlook.months.quantile(one)[rows] for one in (0.1, 0.5, 0.9))
    least, likely, most = (found.outlook.together.quantile(one)[rows, 0] for one in (0.1, 0.5, 0.9))
    naive, total = seasonal_naive(found.hours.hours, _AHEAD), came.sum(axis=1)
    return {
        "months": np.abs(middle - came).sum(),
        "naive months": np.abs(naive - came).sum(),
        "sums": np.abs(likely - total).sum(),
        "naive sums": np.abs(naive.sum(axis=1) - total).sum(),
        "within": ((came >= low) & (came <= high)).sum(),
        "cells": came.size,
        "sums within": ((total >= least) & (total <= most)).sum(),
        "processes": len(came),
        "measured": found.outlook.coverage[rows].sum() * _AHEAD,
        "worse": (found.outlook.error[rows] > found.outlook.naive_error[rows]).sum(),
    }


def _line(of: dict[str, float]) -> str:
    months, sums = of["months"] / of["naive months"], of["sums"] / of["naive sums"]
    held, sums_held = of["within"] / of["cells"], of["sums within"] / of["processes"]
    return f"{months:6.2f}  {sums:6.2f}  {held:17.2f}  {sums_held:7.2f}"


def car_parts(path: Path) -> Results:
    """Errors from six origins, twelve months ahead, of graphkit and its peers."""
    table = pd.read_csv(path)
    sales = table.iloc[:, 1:].to_numpy(dtype=np.float64).T
    sales = sales[np.isfinite(sales).all(axis=1)]
    first = int(str(table.iloc[0, 0])[5:7]) - 1
    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    held = []
    for origin in range(sales.shape[1] - _YEAR - _ORIGINS + 1, sales.shape[1] - _YEAR + 1):
        past, came = sales[:, :origin], sales[:, origin : origin + _YEAR]
        began = time.perf_counter()
        ours = outlook(Past(past, first, past), _YEAR)
        seconds = time.perf_counter() - began
        rows = slice(len(past))
        found["graphkit"].append(_car_errors(ours.months.centre[rows], past, came))
        for name, peer in _peers().items():
            found[name].append(_car_errors(peer(past, _YEAR), past, came))
        low, high = (ours.months.quantile(one)[rows] for one in (0.1, 0.9))
        least, most = (ours.together.quantile(one)[rows, 0] for one in (0.1, 0.9))
        total = came.sum(axis=1)
        held.append(
            (
                ((came >= low) & (came <= high)).mean(),
                (came > high).mean(),
                ((total >= least) & (total <= most)).mean(),
                (total > most).mean(),
            )
        )
    print(f"{len(sales):,} parts, {_ORIGINS} origins, {_YEAR} months ahead; {seconds:.0f} seconds")
    print(f"{'':22}  RMSSE  error of the total")
    for name, errors in found.items():
        rmsse, of_total = np.mean(errors, axis=0)
        print(f"{name:22}  {rmsse:.4f}  {of_total:.4f}")
    months, above, sums, sums_above = np.mean(held, axis=0)
    print(f"P10 to P90 held {months:.1%} of months and {sums:.1%} of totals (asked: 76 to 84 %)")
    print(f"above P90 (10 % wanted): {above:.1%} of months, {sums_above:.1%} of totals")
    results = Results("forecast-carparts", "monthly sales of car parts", real=True)
    n = f"{len(sales):,} parts, {_ORIGINS} origins"
    ours_mean = np.mean(found.pop("graphkit"), axis=0)
    for name, errors in found.items():
        theirs = np.mean(errors, axis=0)
        for what, own, other in zip(
            ("RMSSE of a month", "Error of the sum of twelve months"),
            ours_mean,
            theirs,
            strict=True,
        ):
            results.add(what, own, n, unit="", peer=name, peer_value=float(other))
    for what, held_share in (("Months from P10 to P90", months), ("Sums from P10 to P90", sums)):
        results.add(what, held_share, n, asked="76 to 84 %")
    return results


def _car_errors(said: Floats, past: Floats, came: Floats) -> tuple[float, float]:
    """Mean RMSSE of the parts that ever changed, and the summed error of the totals."""
    moved = (np.diff(past, axis=1) != 0).any(axis=1)
    rmsse = np.sqrt(((said - came) ** 2).mean(axis=1)) / usual_change(past)
    total = np.abs(said.sum(axis=1) - came.sum(axis=1)).sum() / came.sum()
    return float(rmsse[moved].mean()), float(total)


def _peers() -> dict[str, Callable[[Floats, int], Floats]]:
    peers: dict[str, Callable[[Floats, int], Floats]] = {
        "moving average of 12": moving_average(_YEAR),
        "IMAPA": imapa,
        "seasonal naive": seasonal_naive,
    }
    try:
        from statsforecast.models import AutoETS  # noqa: PLC0415 - seldom installed
    except ImportError:
        return peers

    def auto_ets(values: Floats, ahead: int) -> Floats:
        model = AutoETS(season_length=_YEAR)
        return np.maximum([model.forecast(y=one, h=ahead)["mean"] for one in values], 0.0)

    return peers | {"AutoETS": auto_ets}


if __name__ == "__main__":
    main()
