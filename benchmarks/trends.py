"""Trends of 10,000 series at once, beside the libraries that take them one by one.

Run: python benchmarks/trends.py [--series 10000] [--peers 500]

Orders a month (with ties) and mean lots (with gaps) of three years. The peers are scipy and, where
installed (dependency group bench), pymannkendall; their CPU seconds are those of --peers series,
times as many as there are. What they say of those must be what graphkit says, the p-values of
pymannkendall aside: it knows the normal approximation only, with a correction for continuity.
"""

import argparse
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.statistics.trends import mann_kendall, theil_sen

Floats = npt.NDArray[np.float64]

MONTHS, LEVEL, REPEATS = 36, 0.9, 7
ASKED, EQUAL = 100, 1e-6


def series(count: int, seed: int = 1) -> Floats:
    """Half orders a month, half mean lots with a gap in one month of five."""
    chance = np.random.default_rng(seed)
    orders = chance.poisson(chance.lognormal(1, 0.7, (count // 2, 1)), (count // 2, MONTHS))
    lots = chance.lognormal(4, 0.5, (count - count // 2, MONTHS))
    lots[chance.random(lots.shape) < 1 / 5] = np.nan
    return np.concatenate([orders.astype(np.float64), lots])


def ours(table: Floats) -> Floats:
    """p-value of a fall, slope and its interval; one row a series."""
    slope = theil_sen(table, level=LEVEL)
    return np.stack([mann_kendall(table).falling, slope.value, slope.low, slope.high], axis=1)


def kendall_tau(values: Floats) -> list[float]:
    """The p-value of a fall of one series, by scipy."""
    at = np.flatnonzero(~np.isnan(values))
    seen = values[at]
    method = "exact" if len(np.unique(seen)) == len(seen) else "asymptotic"
    return [stats.kendalltau(at, seen, method=method, alternative="less").pvalue]


def theil_slopes(values: Floats) -> list[float]:
    """Slope and interval of one series, by scipy."""
    at = np.flatnonzero(~np.isnan(values))
    found = stats.theilslopes(values[at], at, LEVEL)
    return [found.slope, found.low_slope, found.high_slope]


def original_test(values: Floats) -> list[float]:
    """Slope of one series, by pymannkendall, which tests it as well."""
    from pymannkendall import original_test as test  # noqa: PLC0415 - seldom installed

    return [test(values).slope]


def seconds(job: Callable[[], object], repeats: int = 1) -> float:
    """CPU seconds of a job, the median of some runs."""
    took = []
    for _ in range(repeats):
        began = time.process_time()
        job()
        took.append(time.process_time() - began)
    return float(np.median(took))


def main() -> None:
    """Print seconds and the largest difference, beside what is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--peers", type=int, default=500)
    given = parser.parse_args()
    table = series(given.series)
    some = table[:: max(len(table) // given.peers, 1)]
    own = {
        "test": seconds(lambda: mann_kendall(table), REPEATS),
        "slope": seconds(lambda: theil_sen(table, level=LEVEL), REPEATS),
        "both": seconds(lambda: ours(table), REPEATS),
    }
    print(f"{len(table):,} series of {MONTHS} months; asked: {ASKED} times, equal to {EQUAL:g}")
    print("graphkit " + ", ".join(f"{name} {took:.3f} s" for name, took in own.items()))
    peers: list[tuple[str, Callable[[Floats], list[float]], slice]] = [
        ("test", kendall_tau, slice(0, 1)),
        ("slope", theil_slopes, slice(1, 4)),
        ("both", lambda row: kendall_tau(row) + theil_slopes(row), slice(0, 4)),
    ]
    if find_spec("pymannkendall"):
        peers.append(("both", original_test, slice(1, 2)))
    names = ("scipy kendalltau", "scipy theilslopes", "both of scipy", "pymannkendall")
    said = ours(some)
    for name, (job, peer, columns) in zip(names, peers, strict=False):
        kept: list[list[float]] = []
        took = seconds(lambda peer=peer, kept=kept: kept.extend(map(peer, some)))
        took *= len(table) / len(some)
        apart = np.abs(np.array(kept) - said[:, columns]).max()
        print(f"{name:18} {took:6.2f} s  {took / own[job]:4.0f} times  {apart:.0e} apart at most")


if __name__ == "__main__":
    main()
