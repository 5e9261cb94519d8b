"""What is asked, won and lost, by customer, process, lot size, industry, reason or month."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.quoted import GROUPINGS, Grouping, Quoted, grouped
from graphkit.analyses.quoting_change import LEAST_QUOTES, quoting_change
from graphkit.analyses.wording import NOT_STATED
from graphkit.declaration import MONEY_UNIT
from graphkit.schema import Order
from graphkit.snapshot import Snapshot, days_of
from graphkit.statistics.multiplicity import benjamini_hochberg
from graphkit.statistics.proportions import larger_share_p, wilson

Floats = npt.NDArray[np.float64]
Row = dict[str, Any]

BREAKDOWNS: Final = (*GROUPINGS[:-1], "reason", "month")
YEAR: Final = 12


def quotes_by(
    snap: Snapshot, quoted: Quoted, by: str, *, permutations: int = 999, seed: int = 1
) -> list[Row]:
    """Quotes asked, won, lost and open of each, how many are won, and what changed in a year.

    The win rate is of those that are decided, with its 90 % interval. The last twelve whole months
    are compared with all before: whether fewer are asked (permutation) and whether a larger share
    is lost (Fisher), each one-sided, and corrected over the rows.

    Args:
        snap: The graph.
        quoted: The quotes.
        by: One of `BREAKDOWNS` but reason; see `quotes_by_reason`.
        permutations: Of each one's own months.
        seed: Of the permutations.

    Returns:
        Most quotes first, months and lot sizes in their order; money in the workspace's currency.
    """
    groups = grouped(snap, quoted, by)
    asked, won, lost = (
        groups.count(which)
        for which in (np.ones(len(quoted.day), dtype=bool), quoted.won, quoted.lost)
    )
    rows: list[Row] = [
        {by: name, "id": None if by == "month" else key}
        for name, key in zip(groups.names, groups.keys, strict=True)
    ]
    low, high = wilson(won, won + lost)
    columns: dict[str, list[object]] = {
        "asked": _counts(asked),
        "won": _counts(won),
        "lost": _counts(lost),
        "open": _counts(asked - won - lost),
        "win_rate": _shares(won, won + lost),
        "win_rate_low": _where(won + lost > 0, low, 4),
        "win_rate_high": _where(won + lost > 0, high, 4),
        **_money(quoted, groups),
        "currency": [snap.currency] * groups.size,
        "days_to_order": _days_to_order(snap, quoted, groups),
    }
    if by != "month":
        columns |= _changes(quoted, groups, permutations, seed)
    columns["note"] = [_note(int(count)) for count in (won + lost)]
    for name, values in columns.items():
        for row, value in zip(rows, values, strict=True):
            row[name] = value
    if by in {"month", "lot"}:
        return rows
    return sorted(rows, key=lambda row: (-row["asked"], row[by], row["id"] or ""))


def _changes(
    quoted: Quoted, groups: Grouping, permutations: int, seed: int
) -> dict[str, list[object]]:
    """The last twelve months against all before."""
    last, before = quoted.last(YEAR), quoted.before(YEAR)
    now, then = groups.count(last), groups.count(before)
    won, lost = groups.count(quoted.won & last), groups.count(quoted.lost & last)
    won_then, lost_then = groups.count(quoted.won & before), groups.count(quoted.lost & before)
    years = max(quoted.months - YEAR, 0) / YEAR
    told = {
        "recent_asked": _counts(now),
        "before_asked_a_year": _where(np.full(len(then), years > 0), then / max(years, 1e-9), 1),
        "asked_change": _where(then > 0, now / np.maximum(then / max(years, 1e-9), 1e-9) - 1, 4),
        "recent_win_rate": _shares(won, won + lost),
        "before_win_rate": _shares(won_then, won_then + lost_then),
        "win_rate_change": _where(
            np.minimum(won + lost, won_then + lost_then) > 0,
            won / np.maximum(won + lost, 1) - won_then / np.maximum(won_then + lost_then, 1),
            4,
        ),
    }
    if quoted.months <= YEAR:
        return told | {
            name: [None] * groups.size
            for name in ("asked_less_p", "asked_less_q", "lost_more_p", "lost_more_q")
        }
    change = quoting_change(quoted, groups, windows=(YEAR,), permutations=permutations, seed=seed)
    for name, p in (("asked_less", change.asked_p), ("lost_more", change.lost_p)):
        told[f"{name}_p"] = _where(~np.isnan(p), p, 4)
        told[f"{name}_q"] = _where(~np.isnan(p), benjamini_hochberg(p), 4)
    return told


def quotes_by_reason(snap: Snapshot, quoted: Quoted) -> list[Row]:
    """Why quotes are lost, how often and for how much, and what is given more often than before.

    Args:
        snap: The graph.
        quoted: The quotes.

    Returns:
        The most frequent reason first; p is Fisher's one-sided, of a larger share of what was lost
        in the last twelve months, corrected over the reasons.
    """
    said = quoted.rows["reason"].fillna(NOT_STATED).to_numpy(object)
    names = sorted(set(said[quoted.lost]))
    at = pd.Index(names, dtype=object).get_indexer(pd.Index(said, dtype=object))
    kept = quoted.lost & (at >= 0)
    groups = Grouping(np.where(kept, at, 0).astype(np.int64), [None] * len(names), names)
    if not names:
        return []
    lost = groups.count(kept)
    now, then = groups.count(kept & quoted.last(YEAR)), groups.count(kept & quoted.before(YEAR))
    every, every_then = (np.full(len(names), one.sum()) for one in (now, then))
    p = larger_share_p(now, every, then, every_then)
    p = np.where(np.minimum(every, every_then) > 0, p, np.nan)
    money = groups.total(quoted.amount, kept) / MONEY_UNIT
    columns: dict[str, list[object]] = {
        "lost": _counts(lost),
        "share": _shares(lost, np.full(len(names), lost.sum())),
        "amount_lost": _where(np.ones(len(names), dtype=bool), money, 2),
        "currency": [snap.currency] * len(names),
        "recent_lost": _counts(now),
        "before_lost": _counts(then),
        "recent_share": _shares(now, every),
        "before_share": _shares(then, every_then),
        "more_often_p": _where(~np.isnan(p), p, 4),
        "more_often_q": _where(~np.isnan(p), benjamini_hochberg(p), 4),
    }
    rows = [
        {"reason": name, **{column: values[at] for column, values in columns.items()}}
        for at, name in enumerate(names)
    ]
    return sorted(rows, key=lambda row: (-row["lost"], row["reason"]))


def _money(quoted: Quoted, groups: Grouping) -> dict[str, list[object]]:
    """What was asked for, won, lost and is open; None where no quote of it states an amount."""
    known = ~np.isnan(quoted.amount)
    there = groups.count(known) > 0
    told = {}
    for name, which in (
        ("amount", known),
        ("amount_won", quoted.won),
        ("amount_lost", quoted.lost),
        ("amount_open", ~quoted.decided),
    ):
        told[name] = _where(there, groups.total(quoted.amount, which) / MONEY_UNIT, 2)
    return told


def _days_to_order(snap: Snapshot, quoted: Quoted, groups: Grouping) -> list[object]:
    """Median days from a quote that was won to its order; None where no export joins the two."""
    orders = snap.frame(Order)
    when = dict(zip(orders["id"], days_of(orders["ordered_on"]), strict=True))
    none = np.datetime64("NaT")
    placed = np.array([when.get(one, none) for one in quoted.rows["order"]], dtype="datetime64[D]")
    known = quoted.won & ~np.isnat(placed)
    days = (placed - quoted.day)[known].astype(np.int64)
    medians = pd.Series(days).groupby(groups.at[known]).median().to_dict()
    return [float(medians[at]) if at in medians else None for at in range(groups.size)]


def _counts(values: Floats) -> list[object]:
    return [int(one) for one in values]


def _shares(part: Floats, of: Floats) -> list[object]:
    return _where(of > 0, part / np.maximum(of, 1), 4)


def _where(known: npt.NDArray[np.bool_], values: Floats, digits: int) -> list[object]:
    return [
        round(float(value), digits) if there else None
        for there, value in zip(known.tolist(), values.tolist(), strict=True)
    ]


def _note(decided: int) -> str:
    """What to mind of a row: a win rate of few says little."""
    return f"too few: {decided} of {LEAST_QUOTES}" if decided < LEAST_QUOTES else ""
