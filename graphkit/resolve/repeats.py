"""Quotes, orders and invoices that two systems report: which repeat another, which dispute it."""

import dataclasses
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.resolve.numbers import bare_number
from graphkit.schema import ConflictsWith, Entity, Repeats, frame_of

DAYS_APART: Final = 5
"""Days by which the dates of one document may differ between two systems: one takes the day it was
written, the other the day it was posted, with a weekend between them."""

DOCUMENTS: Final = {"Quote": "quoted_on", "Order": "ordered_on", "Invoice": "invoiced_on"}
"""The types of which two systems may hold the same, each with its day."""

_CENT: Final = 100  # ten-thousandths; systems round differently by less


@dataclasses.dataclass(frozen=True, slots=True)
class Repeated:
    """What two systems hold both.

    Attributes:
        repeats: Frame of schema.Repeats: from the row that is not counted to the one that is.
        conflicts: Frame of schema.ConflictsWith: both are counted.
    """

    repeats: pd.DataFrame
    conflicts: pd.DataFrame


@dataclasses.dataclass(frozen=True, slots=True)
class _Row:
    """One document; amounts in ten-thousandths, empty where nothing states them."""

    ident: str
    instance: str
    on: np.datetime64
    amounts: tuple[int, ...]
    currency: str
    cancelled: bool

    def disputes(self, other: "_Row", days: int) -> list[str]:
        """In what it differs from another of the same number and company."""
        pairs = list(zip(self.amounts, other.amounts, strict=False))
        found = []
        if pairs and all(abs(own - its) > _CENT for own, its in pairs):
            found.append("amount")
        if self.currency and other.currency and self.currency != other.currency:
            found.append("currency")
        if abs(self.apart(other)) > days:
            found.append("day")
        return found

    def apart(self, other: "_Row") -> int:
        """Days from the other to this one."""
        return int((self.on - other.on).astype(int))


def repeated(
    documents: Mapping[str, pd.DataFrame],
    account_to_company: Mapping[str, str],
    precedence: Sequence[str] = (),
    *,
    days: int = DAYS_APART,
) -> Repeated:
    """Which rows of one system repeat a row of another, and which dispute it.

    They are the same when number, company, amount and currency are equal and the days are near. An
    amount that one of them does not state is no difference. Where they differ in one of these, they
    conflict; in more, they are two. Of the same one that is cancelled counts, since a system that
    was not told still has it open; then the one of the instance with precedence.

    Args:
        documents: By type name: id, instance, number, account, on, `amounts` (one or two columns
            called amount, amount_live), currency, cancelled; and `size`, how much a row tells.
        account_to_company: Company by account.
        precedence: Instances, the one that counts first; then those with more rows, then by name.
        days: Days by which dates may differ.
    """
    found: list[tuple[str, str, str, int]] = []
    disputed: list[tuple[str, str, str, str]] = []
    for name, rows in documents.items():
        ranks = _ranks(rows, precedence)
        bare = {text: bare_number(text, name) for text in rows["number"].unique()}
        for group in _shared(rows, rows["number"].map(bare), account_to_company):
            same, disputes = _told_apart(sorted(group, key=lambda one: _order(one, ranks)), days)
            found += [(name, a.ident, b.ident, abs(a.apart(b))) for a, b in same]
            disputed += [(name, a.ident, b.ident, why) for a, b, why in disputes]
    return Repeated(_ends(Repeats, found, "days"), _ends(ConflictsWith, disputed, "about"))


def counted(rows: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """Rows of a type without those that repeat one of them, which fill what it leaves empty.

    A row whose counterpart is not among the rows (since it is of a later day) stays.

    Args:
        rows: Frame of a type.
        repeats: Frame of schema.Repeats of that type.
    """
    if repeats.empty:
        return rows
    there = set(rows["id"])
    mask = repeats["from_id"].isin(there) & repeats["to_id"].isin(there)
    pairs = repeats[mask.to_numpy(dtype=bool)]
    if pairs.empty:
        return rows
    gone = rows["id"].isin(pairs["from_id"]).to_numpy(dtype=bool)
    spare = rows[gone].merge(pairs[["from_id", "to_id"]], left_on="id", right_on="from_id")
    first = spare.sort_values("id").groupby("to_id").first()
    kept = rows[~gone].reset_index(drop=True)
    places = np.flatnonzero(kept["id"].isin(first.index).to_numpy(dtype=bool))
    other = first.loc[kept["id"].iloc[places].tolist()]
    for name in rows.columns:
        empty = kept[name].iloc[places].isna().to_numpy(dtype=bool)
        if name in other and empty.any():
            column = kept[name].copy()
            column.iloc[places[empty]] = other[name].to_numpy(dtype=object)[empty]
            kept[name] = column
    return kept


def _ranks(rows: pd.DataFrame, precedence: Sequence[str]) -> dict[str, tuple[int, float, str]]:
    told = rows.groupby("instance")["size"].sum()
    listed = {name: place for place, name in enumerate(precedence)}
    return {
        str(name): (listed.get(str(name), len(listed)), -float(size), str(name))
        for name, size in told.items()
    }


def _order(row: _Row, ranks: Mapping[str, tuple[int, float, str]]) -> tuple[object, ...]:
    return (not row.cancelled, *ranks[row.instance], row.on, row.ident)


def _shared(
    rows: pd.DataFrame, numbers: pd.Series, account_to_company: Mapping[str, str]
) -> Iterable[list[_Row]]:
    """Rows of one number, company and sign that come from more than one instance."""
    company = rows["account"].map(account_to_company)
    known = rows[company.notna().to_numpy(dtype=bool)]
    amount = known["amount"].to_numpy(dtype=np.float64, na_value=0.0)
    key = pd.DataFrame(
        {
            "company": company[company.notna()].to_numpy(dtype=object),
            "number": numbers[company.notna()].to_numpy(dtype=object),
            "credit": amount < 0,
            "instance": known["instance"].to_numpy(dtype=object),
        }
    )
    several = key.groupby(["company", "number", "credit"])["instance"].transform("nunique") > 1
    places = np.flatnonzero(several.to_numpy(dtype=bool))
    codes = key.iloc[places].groupby(["company", "number", "credit"], sort=True).ngroup()
    groups: dict[int, list[_Row]] = {}
    for code, row in zip(codes.tolist(), known.iloc[places].to_dict("records"), strict=True):
        groups.setdefault(code, []).append(_row(row))
    return [groups[code] for code in sorted(groups)]


def _row(row: Mapping[Hashable, Any]) -> _Row:
    amounts = (row["amount"], row["amount_live"])
    return _Row(
        str(row["id"]),
        str(row["instance"]),
        np.datetime64(str(row["on"])[:10]),
        tuple(int(str(one)) for one in amounts if not pd.isna(one)),
        "" if pd.isna(row["currency"]) else str(row["currency"]),
        bool(row["cancelled"]),
    )


def _told_apart(
    rows: Sequence[_Row], days: int
) -> tuple[list[tuple[_Row, _Row]], list[tuple[_Row, _Row, str]]]:
    """Pairs that are the same, and pairs that differ in one thing; the first of a kind counts."""
    heads: list[tuple[_Row, set[str]]] = []
    same, disputes = [], []
    for row in rows:
        others = [one for one in heads if row.instance not in one[1]]
        others.sort(key=lambda one: abs(row.apart(one[0])))
        fitting = [one for one in others if not row.disputes(one[0], days)]
        if fitting:
            fitting[0][1].add(row.instance)
            same.append((row, fitting[0][0]))
            continue
        near = [(one, why) for one, _ in others if len(why := row.disputes(one, days)) == 1]
        disputes += [(row, one, why[0]) for one, why in near[:1]]
        heads.append((row, {row.instance}))
    return same, disputes


def _ends(
    entity: type[Entity], found: Sequence[tuple[str, str, str, object]], about: str
) -> pd.DataFrame:
    if not found:
        return frame_of(entity)
    names, starts, ends, values = zip(*found, strict=True)
    columns: dict[str, object] = {
        "from_id": list(starts),
        "from_type": list(names),
        "to_id": list(ends),
        "to_type": list(names),
        about: list(values),
    }
    frame = Batch.of(entity, columns).frame
    return frame.sort_values("id").reset_index(drop=True)
