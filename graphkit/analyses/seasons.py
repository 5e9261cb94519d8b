"""The shop's own year: its holiday dip is the shop's, not a customer's."""

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

YEAR: Final = 12
MONTHS_NEEDED: Final = 24  # two of each calendar month


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
    months = orders.shape[1]
    total = orders.sum(axis=1)
    if months < MONTHS_NEEDED or not total.any():
        return np.ones(YEAR)
    shop = (orders / np.sqrt(np.maximum(total, 1.0))[:, None]).sum(axis=0)
    calendar = (first_month + np.arange(months)) % YEAR
    seen = np.bincount(calendar, minlength=YEAR)
    profile = np.ones(YEAR)
    ratio = np.ones(months)
    for _ in range(4):
        ratio = shop / np.maximum(_trend(shop / profile[calendar]), 1e-9)
        profile = np.bincount(calendar, weights=ratio, minlength=YEAR) / seen
        profile = np.maximum(profile / profile.mean(), 0.05)
    within = float(((ratio - profile[calendar]) ** 2).sum()) / max(months - YEAR, 1)
    chance = within / seen
    real = max(float(profile.var(ddof=1) - chance.mean()), 0.0)
    kept = real / np.maximum(real + chance, 1e-12)
    shrunk = 1 + kept * (profile - 1)
    return np.asarray(shrunk / shrunk.mean())


def _trend(series: Floats) -> Floats:
    """The centred average of twelve months; beyond the ends the series is mirrored."""
    weights = np.array([0.5, *[1.0] * (YEAR - 1), 0.5]) / YEAR
    padded = np.pad(series, YEAR // 2, mode="reflect")
    return np.convolve(padded, weights, mode="valid")


def exposure(profile: Floats, first_month: int, months: int) -> Floats:
    """What share of an average month each of a run of months is expected to bring.

    Args:
        profile: Twelve factors (see `calendar_profile`).
        first_month: Calendar month of the first, 0 for January.
        months: How many.
    """
    return np.asarray(profile[(first_month + np.arange(months)) % YEAR])
