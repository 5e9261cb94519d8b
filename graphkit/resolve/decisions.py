"""What people decided about pairs of accounts; it wins over every score."""

import dataclasses
from collections.abc import Mapping

import pandas as pd

MERGE = "merge"
INDUSTRY = "industry"
APART = frozenset({"split", "never"})


@dataclasses.dataclass(frozen=True, slots=True)
class Ruling:
    """A decision that holds.

    Attributes:
        kind: merge, split or never.
        first: An account id.
        second: Another.
        who: Who decided.
        at: When, as text.
    """

    kind: str
    first: str
    second: str
    who: str
    at: str


@dataclasses.dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions that hold together: where two contradict each other, the later one does.

    Attributes:
        merged: Pairs that are one company.
        apart: Pairs that are not.
    """

    merged: tuple[Ruling, ...]
    apart: tuple[Ruling, ...]

    def about(self, a: str, b: str) -> Ruling | None:
        """The decision about exactly this pair, if there is one."""
        pair = {a, b}
        for one in (*self.merged, *self.apart):
            if {one.first, one.second} == pair:
                return one
        return None


def rulings(decisions: pd.DataFrame, accounts: set[str]) -> Rulings:
    """The decisions over pairs of known accounts that hold.

    Newest first: an older decision that contradicts newer ones no longer holds. A merge contradicts
    a later split when it would join what that split keeps apart, if only through others.

    Args:
        decisions: Frame of schema.Decision; other kinds are left out.
        accounts: Ids of all accounts.
    """
    table = decisions[decisions["kind"].isin([MERGE, *APART])].sort_values(["at", "id"])
    columns = [
        table[name].astype(str).tolist() for name in ("kind", "first", "second", "who", "at")
    ]
    rows = [Ruling(*row) for row in zip(*columns, strict=True)]
    groups = _Groups()
    merged: list[Ruling] = []
    apart: list[Ruling] = []
    for one in reversed(rows):
        if one.first == one.second or not {one.first, one.second} <= accounts:
            continue
        if one.kind == MERGE:
            groups.join(one.first, one.second)
            if any(groups.root(far.first) == groups.root(far.second) for far in apart):
                groups.undo()
            else:
                merged.append(one)
        elif groups.root(one.first) != groups.root(one.second):
            apart.append(one)
    return Rulings(tuple(merged), tuple(apart))


def decided_industries(decisions: pd.DataFrame, company_of: Mapping[str, str]) -> dict[str, Ruling]:
    """What people confirmed about the industry of each company: the latest word on its accounts.

    Args:
        decisions: Frame of schema.Decision; other kinds are left out.
        company_of: Company by account.

    Returns:
        Rulings by company, whose `second` is the industry.
    """
    table = decisions[decisions["kind"] == INDUSTRY].sort_values(["at", "id"])
    columns = [table[name].astype(str).tolist() for name in ("kind", "first", "value", "who", "at")]
    rows = [Ruling(*row) for row in zip(*columns, strict=True)]
    return {company_of[one.first]: one for one in rows if one.first in company_of}


class _Groups:
    """Sets of accounts that merges join; the last join can be undone."""

    def __init__(self) -> None:
        self._root: dict[str, str] = {}
        self._before: dict[str, str] = {}

    def root(self, account: str) -> str:
        return self._root.get(account, account)

    def join(self, a: str, b: str) -> None:
        self._before = dict(self._root)
        keep, drop = self.root(a), self.root(b)
        known = {*self._root, a, b}
        self._root |= {one: keep for one in known if self.root(one) in {keep, drop}}

    def undo(self) -> None:
        self._root = self._before
