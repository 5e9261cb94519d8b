"""Small shops whose accounts are known, and what resolution made of them."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection

import pandas as pd
import pytest

from graphkit.batch import Batch
from graphkit.resolve import Resolution, resolve
from graphkit.schema import Account, Decision, Is, frame_of


@dataclasses.dataclass
class Shop:
    """Accounts by id, and decisions; `resolved` is what they make."""

    rows: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    decided: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    last: Resolution | None = None

    def add(self, account: str, name: str = "", **says: str) -> "Shop":
        """An account such as "erp:C1" (with a native id) or "books:~1" (known by its name)."""
        system, _, native = account.partition(":")
        self.rows[account] = {
            "system": system,
            **({} if native.startswith("~") else {"native_id": native}),
            **({"name": name} if name else {}),
            **says,
        }
        return self

    def decide(self, kind: str, first: str, second: str) -> "Shop":
        """A decision, later than those before."""
        self.decided.append((kind, first, second))
        return self

    def accounts(self) -> pd.DataFrame:
        """The accounts as a frame of schema.Account."""
        columns: dict[str, object] = {
            column: [row.get(column) for row in self.rows.values()]
            for column in {name for row in self.rows.values() for name in row}
        }
        frame = frame_of(Account, {"id": list(self.rows), **columns})
        frame["run"] = frame["run"].fillna(1)
        return frame

    def decisions(self) -> pd.DataFrame:
        """The decisions as a frame of schema.Decision."""
        kinds, firsts, seconds = zip(*self.decided, strict=True) if self.decided else ((), (), ())
        days = [dt.datetime(2025, 1, 1) + dt.timedelta(days=i) for i in range(len(kinds))]  # noqa: DTZ001
        columns = {
            "id": [f"{first}|{second}" for first, second in zip(firsts, seconds, strict=True)],
            "kind": list(kinds),
            "first": list(firsts),
            "second": list(seconds),
            "who": ["kim"] * len(kinds),
            "at": days,
        }
        return Batch.of(Decision, pd.DataFrame(columns)).frame if kinds else frame_of(Decision)

    def resolved(self, customers: Collection[str] = ()) -> Resolution:
        """What resolution makes of it, given what it made before."""
        previous = self.last.joined if self.last else frame_of(Is)
        redirects = self.last.redirects if self.last else {}
        self.last = resolve(
            self.accounts(),
            previous=previous,
            decisions=self.decisions(),
            customers=customers,
            redirects=redirects,
        )
        return self.last

    def groups(self) -> set[frozenset[str]]:
        """Which accounts are together."""
        joined = self.resolved().joined
        return {frozenset(rows["from_id"]) for _, rows in joined.groupby("to_id")}

    def company(self, account: str) -> str:
        """The company of an account in what was resolved last."""
        assert self.last is not None
        joined = self.last.joined
        return str(joined.loc[joined["from_id"] == account, "to_id"].item())

    def one(self, *accounts: str) -> bool:
        """Whether accounts are one company."""
        return any(set(accounts) <= group for group in self.groups())


@pytest.fixture
def shop() -> Callable[..., Shop]:
    """An empty shop, or one whose accounts are numbered: system and name in turn."""

    def build(*pairs: tuple[str, str]) -> Shop:
        made = Shop()
        for i, (system, name) in enumerate(pairs):
            made.add(f"{system}:{i}", name)
        return made

    return build


FORESTS = ("Aldermoor", "Birchgate", "Corliss", "Dunmarrow", "Eskwater", "Fennimore")
TRADES = ("Castings", "Hydraulics", "Optics", "Pumps", "Robotics")


@pytest.fixture
def crowd(shop: Callable[..., Shop]) -> Shop:
    """Thirty companies, each a first name and a trade that others share, in three systems."""
    made = shop()
    for i, (first, trade) in enumerate((one, two) for one in FORESTS for two in TRADES):
        made.add(f"erp:C{i:02}", f"{first} {trade} INC".upper())
        made.add(f"books:~{i:02}", f"{first} {trade}, Inc.")
        made.add(f"web:~{i:02}", domain=f"{first}{trade}.com".lower())
    return made
