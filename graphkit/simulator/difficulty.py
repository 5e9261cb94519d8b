"""How hard a simulated shop is: two figures that keep it from being too easy or hopeless."""

from collections.abc import Hashable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from graphkit.simulator.chance import Floats, Ints
from graphkit.simulator.shop import ORDER_LINES, Shop

_WINDOW: Final = 5  # months
_BEFORE: Final = 12  # months
_DROP: Final = 0.7  # "30 % or more down"


def adjusted_mutual_information(one: Sequence[Hashable], two: Sequence[Hashable]) -> float:
    """How well two ways of grouping the same things agree: 1 in full, 0 as by chance.

    Args:
        one: A label for each thing.
        two: Another label for each thing.

    Returns:
        Mutual information less what chance gives, over the mean entropy less the same.

    References:
        Vinh, Epps and Bailey (2010), with the arithmetic mean.

    Example:
        >>> adjusted_mutual_information("aabb", "xxyy")
        1.0
    """
    counts = pd.crosstab(_codes(one), _codes(two)).to_numpy()
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    total = int(counts.sum())
    shares = counts / total
    expected = np.outer(rows, columns) / total**2
    seen = counts > 0
    shared = float((shares[seen] * np.log(shares[seen] / expected[seen])).sum())
    by_chance = sum(
        _expected_cell(int(row), int(column), total) for row in rows for column in columns
    )
    ceiling = (_entropy(rows / total) + _entropy(columns / total)) / 2
    if np.isclose(ceiling, by_chance):
        return 1.0
    return round(float((shared - by_chance) / (ceiling - by_chance)), 12)


def _codes(labels: Sequence[Hashable]) -> Ints:
    return np.asarray(pd.factorize(np.array([*labels], dtype=object))[0], dtype=np.int64)


def _entropy(shares: Floats) -> float:
    return float(-(shares * np.log(shares)).sum())


def _expected_cell(row: int, column: int, total: int) -> float:
    """What one cell adds to the mutual information of groupings shuffled at random."""
    n = np.arange(max(1, row + column - total), min(row, column) + 1)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])
    log_chance = (
        log_factorial[[row, column, total - row, total - column]].sum()
        - log_factorial[total]
        - log_factorial[n]
        - log_factorial[row - n]
        - log_factorial[column - n]
        - log_factorial[total - row - column + n]
    )
    return float((n / total * np.log(total * n / (row * column)) * np.exp(log_chance)).sum())


def industry_alone(shop: Shop) -> float:
    """Adjusted mutual information of the industries with the planted groups."""
    names = sorted(shop.truth.groups)
    return adjusted_mutual_information(
        [shop.truth.groups[name] for name in names], [shop.truth.industries[name] for name in names]
    )


def flagged_by_naive_rule(shop: Shop) -> float:
    """Share of the unchanged customers whom "orders down 30 % or more" calls slowing.

    The rule compares orders a month in the last five months with those of the year before.
    Customers whose number of orders a story changes are left out.

    Args:
        shop: A shop of at least 17 months.

    Returns:
        A share between 0 and 1.
    """
    lines = next(table.frame for table in shop.tables if table.name == ORDER_LINES)
    orders = lines.drop_duplicates("SO Number")
    days = pd.to_datetime(orders["Order Date"], format="%m/%d/%Y", errors="coerce")
    orders = orders.assign(month=days.dt.to_period("M"))[days.notna()]
    panel = pd.crosstab(orders["Customer Name"], orders["month"])
    recent = panel.iloc[:, -_WINDOW:].mean(axis=1)
    before = panel.iloc[:, -_WINDOW - _BEFORE : -_WINDOW].mean(axis=1)
    changed = {*shop.truth.slowing_customers, *shop.truth.smaller_lots}
    plain = {spelling: name for name, known in shop.truth.spellings.items() for spelling in known}
    unchanged = np.array([plain.get(name, "") not in changed for name in panel.index])
    return float((recent <= _DROP * before)[unchanged].mean())
