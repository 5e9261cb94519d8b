"""The shop's and its markets' own year: a holiday dip or a harvest is not a customer's doing."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

YEAR: Final = 12
MONTHS_NEEDED: Final = 24  # two of each calendar month
_MEMBERS: Final = 3  # customers who make a market
_CERTAIN: Final = 0.01  # p-value at which a market is believed to have a season of its own


def calendar_profile(orders: Floats, first_month: int) -> Floats:
    """How busy the shop is in each calendar month; 1 is average.

    A ratio to the centred average of twelve months, twice repeated on the deseasonalised series,
    and shrunk towards 1 by as much as the same calendar month differs from year to year, so that a
    small shop's accidents are not taken for its season. Each customer counts with the square root
    of its orders, so that no single large account passes its habits off as the shop's.

    Args:
        orders: Customers by whole months; twenty-four months or more, else the profile is flat.
        first_month: Calendar month of the first column, 0 for January.

    Returns:
        Twelve factors, January first, with mean 1.

    References:
        Hyndman and Athanasopoulos (2021), classical decomposition; Morris (1983), for the
        shrinkage.
    """
    profile, chance = _measured(orders, first_month)
    real = max(float(profile.var(ddof=1) - chance.mean()), 0.0)
    kept = real / np.maximum(real + chance, 1e-12)
    shrunk = 1 + kept * (profile - 1)
    return np.asarray(shrunk / shrunk.mean())


def season_p(orders: Floats, first_month: int, *, permutations: int = 9999, seed: int = 1) -> float:
    """Whether calendar months differ at all: p-value of a permutation test; NaN under two years.

    Months are taken as shares of the trend, so that growth is no season, and permuted within each
    of the last whole years. Friedman's test with the figures in place of their ranks: with three
    years, ranks do not see even a December of half the orders. Each customer counts as in
    `calendar_profile`.

    Args:
        orders: Customers by whole months.
        first_month: Calendar month of the first column, 0 for January.
        permutations: How many.
        seed: Of the permutations.

    References:
        Fisher (1935) and Pitman (1938), permutation within randomised blocks.
    """
    months = orders.shape[1]
    if months < MONTHS_NEEDED or not orders.any():
        return float("nan")
    shop = _each_by_its_root(orders)
    ratio = shop / np.maximum(_trend(shop), 1e-9)
    years = ratio[-(months // YEAR * YEAR) :].reshape(-1, YEAR)
    years = years - years.mean(axis=1, keepdims=True)

    draws = np.random.default_rng([seed, first_month]).random((permutations, *years.shape))
    shuffled = np.take_along_axis(years[None], np.argsort(draws, axis=2), axis=2)
    seen = (years.sum(axis=0) ** 2).sum()
    as_far = (shuffled.sum(axis=1) ** 2).sum(axis=1) >= seen * (1 - 1e-9)
    return float((as_far.sum() + 1) / (permutations + 1))


def _each_by_its_root(orders: Floats) -> Floats:
    """The shop's months, each customer with the square root of its orders."""
    return np.asarray((orders / np.sqrt(np.maximum(orders.sum(axis=1), 1.0))[:, None]).sum(axis=0))


def _measured(orders: Floats, first_month: int) -> tuple[Floats, Floats]:
    """The profile as it was, and the variance that chance gives each of its months."""
    months = orders.shape[1]
    if months < MONTHS_NEEDED or not orders.any():
        return np.ones(YEAR), np.ones(YEAR)
    shop = _each_by_its_root(orders)
    calendar = (first_month + np.arange(months)) % YEAR
    seen = np.bincount(calendar, minlength=YEAR)
    profile = np.ones(YEAR)
    ratio = np.ones(months)
    for _ in range(8):
        ratio = shop / np.maximum(_trend(shop / profile[calendar]), 1e-9)
        profile = np.bincount(calendar, weights=ratio, minlength=YEAR) / seen
        profile = np.maximum(profile / profile.mean(), 0.05)
    within = float(((ratio - profile[calendar]) ** 2).sum()) / max(months - YEAR, 1)
    return profile, np.maximum(within, 1e-12) / seen


def _trend(series: Floats) -> Floats:
    """The centred average of twelve months; beyond the ends the series is mirrored."""
    weights = np.array([0.5, *[1.0] * (YEAR - 1), 0.5]) / YEAR
    padded = np.pad(series, YEAR // 2, mode="reflect")
    return np.convolve(padded, weights, mode="valid")


def exposure(orders: Floats, market: Ints, first_month: int, *, past: int) -> Floats:
    """What share of an average month each month is expected to bring each customer.

    By the shop's calendar, and by that of the customer's market where three or more customers
    show it beyond doubt: farm machinery is ordered in spring by everybody who makes it, and who
    orders little in autumn has not slowed down. Never by the customer's own calendar, which would
    explain away what is to be found.

    Args:
        orders: Customers by whole months.
        market: Each customer's market, -1 where it is not known.
        first_month: Calendar month of the first column, 0 for January.
        past: How many of the months, from the first, are old enough to learn from; all months are
            used where these are fewer than twenty-four.

    Returns:
        Customers by months, about 1 on average.
    """
    months = orders.shape[1]
    calendar = (first_month + np.arange(months)) % YEAR
    known = orders[:, : past if past >= MONTHS_NEEDED else months]
    shop = calendar_profile(known, first_month)[calendar]
    flow = np.tile(shop, (len(orders), 1))
    for number in np.unique(market[market >= 0]).tolist():
        members = np.flatnonzero(market == number)
        buyers = members[known[members].any(axis=1)]
        if len(buyers) >= _MEMBERS:
            adjusted = known[buyers] / shop[: known.shape[1]]
            if _has_a_season(adjusted, first_month):
                flow[members] *= _measured(adjusted, first_month)[0][calendar]
    return flow


def _has_a_season(orders: Floats, first_month: int) -> bool:
    """Whether calendar months differ more than the same calendar month does between years."""
    profile, chance = _measured(orders, first_month)
    ratio = float(((profile - 1) ** 2 / chance).sum()) / (YEAR - 1)
    freedom = orders.shape[1] - YEAR
    return freedom > 0 and float(stats.f.sf(ratio, YEAR - 1, freedom)) <= _CERTAIN
