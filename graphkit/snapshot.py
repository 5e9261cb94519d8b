"""What was known at the end of one day."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.errors import NothingLoadedError
from graphkit.findings import Ref
from graphkit.resolve import DOCUMENTS, counted
from graphkit.resolve.lookup import account_called, companies_by_account
from graphkit.schema import (
    REDIRECT,
    TYPES,
    Account,
    Balance,
    Company,
    CreditedBy,
    Entity,
    File,
    Invoice,
    Is,
    Kind,
    Mentions,
    Meta,
    Node,
    Order,
    OrderLine,
    PaidBetween,
    Person,
    Relationship,
    Repeats,
    SettledBy,
)
from graphkit.statistics.engine import BUILT_IN, Engine
from graphkit.store.base import GraphStore

T = TypeVar("T")
P = ParamSpec("P")


class Snapshot:
    """The graph as of a day: nothing that happened later is visible.

    Args:
        store: Where the graph is.
        as_of: The last visible day.
        currency: The workspace's currency.
        engine: What computes communities and PageRank.
    """

    def __init__(
        self,
        store: GraphStore,
        as_of: dt.date,
        *,
        currency: str = "USD",
        engine: Engine = BUILT_IN,
    ) -> None:
        self.as_of = as_of
        self.engine = engine
        self.currency = currency
        self._store = store
        self._frames: dict[type[Entity], pd.DataFrame] = {}
        self._made: dict[tuple[Any, ...], Any] = {}

    def frame(self, entity: type[Entity]) -> pd.DataFrame:
        """Visible rows of a type, sorted by id; do not change it, it is kept.

        Besides its declared columns, a type with a link to Account has the Company's id: `company`
        for `account`, `NAME_company` for another link, `from_company` and `to_company` for the ends
        of a relationship. Values that became known after `as_of` are empty. Of a quote, order or
        invoice that two systems report there is one row, filled from the other; an order's lines
        are those of that row.
        """
        if entity not in self._frames:
            self._frames[entity] = self._visible(entity)
        return self._frames[entity]

    def made(
        self, make: "Callable[Concatenate[Snapshot, P], T]", *given: P.args, **named: P.kwargs
    ) -> T:
        """What is made of this snapshot, made once for the same arguments; see `once`."""
        key = (make, *given, *sorted(named.items()))
        if key not in self._made:
            self._made[key] = make(self, *given, **named)
        return cast("T", self._made[key])

    @cached_property
    def lines(self) -> pd.DataFrame:
        """Order lines that were not cancelled, alone or with their order."""
        lines, orders = self.frame(OrderLine), self.frame(Order)
        void = lines["order"].isin(orders.loc[cancelled(orders), "id"]).to_numpy(dtype=bool)
        return lines[~cancelled(lines) & ~void]

    def _visible(self, entity: type[Entity]) -> pd.DataFrame:
        rows = self._store.read(entity)
        if entity.event:
            rows = rows[days_of(rows[entity.event]) <= np.datetime64(self.as_of)].reset_index(
                drop=True
            )
        if entity.__name__ in DOCUMENTS:
            rows = counted(rows, self._repeats_of(entity))
        elif entity is OrderLine:
            rows = _with_tolerances_read(self._without_repeated_orders(rows), self._store)
        for name, item in entity.properties.items():
            if item.known_on:
                later = days_of(rows[item.known_on]) > np.datetime64(self.as_of)
                rows[name] = rows[name].mask(later)
            if item.target == "Account":
                rows[_company_column(name)] = self.company_of(rows[name])
        for end in ("from", "to") if issubclass(entity, Relationship) else ():
            if f"{end}_type" in rows:
                company = self.company_of(rows[f"{end}_id"])
                rows[f"{end}_company"] = company.where(rows[f"{end}_type"] == "Account")
        return rows

    def _repeats_of(self, entity: type[Entity]) -> pd.DataFrame:
        pairs = self.frame(Repeats)
        return pairs[(pairs["from_type"] == entity.__name__).to_numpy(dtype=bool)]

    def _without_repeated_orders(self, lines: pd.DataFrame) -> pd.DataFrame:
        pairs = self._repeats_of(Order)
        if pairs.empty:
            return lines
        kept = set(self.frame(Order)["id"])
        gone = set(pairs.loc[pairs["to_id"].isin(kept), "from_id"]) - kept
        return lines[~lines["order"].isin(gone).to_numpy(dtype=bool)].reset_index(drop=True)

    def company_of(self, accounts: pd.Series) -> pd.Series:
        """Company id of each account; empty where it belongs to none."""
        return accounts.map(self._companies_by_account).astype(Kind.TEXT.dtype)

    @cached_property
    def _companies_by_account(self) -> dict[str, str]:
        return companies_by_account(self._store.read(Is))

    @cached_property
    def settled_later(self) -> frozenset[str]:
        """Ids of invoices that were paid or credited after the day: as of it they are open."""
        day = np.datetime64(self.as_of)
        found: set[str] = set()
        for entity, name, when in (
            (SettledBy, "from_id", "on"),
            (CreditedBy, "from_id", "on"),
            (PaidBetween, "from_id", "by"),
            (Invoice, "id", "paid_on"),
        ):
            rows = self._store.read(entity, [name, when])
            found |= set(rows.loc[days_of(rows[when]) > day, name])
        return frozenset(found | {self.counted_as.get(one, one) for one in found})

    @cached_property
    def ordered_later(self) -> frozenset[str]:
        """Ids of orders placed after the day: the quotes that they came from are open as of it."""
        rows = self._store.read(Order, ["id", "ordered_on"])
        return frozenset(rows.loc[days_of(rows["ordered_on"]) > np.datetime64(self.as_of), "id"])

    @cached_property
    def listed_later(self) -> frozenset[str]:
        """Ids of invoices that a list of a later day has open: their balance is of that day."""
        rows = self._store.read(Balance, ["invoice", "on"])
        found = rows.loc[days_of(rows["on"]) > np.datetime64(self.as_of), "invoice"]
        return frozenset(self.counted_as.get(one, one) for one in found)

    @cached_property
    def counted_as(self) -> dict[str, str]:
        """The invoice that counts, by the id of one that repeats it."""
        pairs = self._repeats_of(Invoice)
        return dict(zip(pairs["from_id"], pairs["to_id"], strict=True))

    @cached_property
    def companies(self) -> pd.DataFrame:
        """Every Company, indexed by id."""
        return self.frame(Company).set_index("id", drop=False)

    @cached_property
    def customers(self) -> pd.DataFrame:
        """The companies that buy from the shop, indexed by id."""
        return self.companies[self.companies["is_customer"].astype(bool)]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name by Company id."""
        return dict(zip(self.companies["id"], self.companies["name"], strict=True))

    @cached_property
    def employers(self) -> dict[str, str]:
        """Company id by Person id, of the people whose company is known."""
        known = self.frame(Person).dropna(subset=["company"])
        return dict(zip(known["id"], known["company"], strict=True))

    def asserted(self, entity: type[Relationship]) -> pd.DataFrame:
        """Visible rows of a relationship that were asserted: neither denied nor hedged."""
        rows = self.frame(entity)
        return rows[(rows["polarity"] == "asserted").to_numpy(dtype=bool)]

    def ref(self, company: str) -> Ref:
        """A Company as the subject of a finding."""
        return Ref("Company", company, self.names[company])

    def find_company(self, text: str) -> str:
        """The id of the company called so in any system, or with that id, domain or handle.

        An id that was retired by a merge leads to the company that took over.

        Raises:
            UnknownNameError: None is; names the nearest.
            UsageError: Several are; lists them.
        """
        moved = self._store.read(Meta, where=("id", [REDIRECT + text.strip()]))["value"].tolist()
        text = moved[0] if moved else text
        accounts, joined = self.frame(Account), self.frame(Is)
        account = account_called(text, accounts, joined, self.frame(Company))
        return self._companies_by_account[account]

    @cached_property
    def files(self) -> dict[str, str]:
        """File name by file_id, for showing where a figure comes from."""
        books = self._store.read(File, ["id", "path"])
        return dict(zip(books["id"], books["path"], strict=True))

    @cached_property
    def last_whole_month(self) -> np.datetime64:
        """The last month that is over as of the day (datetime64[M])."""
        tomorrow = np.datetime64(self.as_of) + np.timedelta64(1, "D")
        return cast("np.datetime64", tomorrow.astype("datetime64[M]") - np.timedelta64(1, "M"))

    def has(self, *needs: str) -> list[str]:
        """Which of the named types have no visible row."""
        return [name for name in needs if self.frame(TYPES[name]).empty]


def once(
    make: Callable[Concatenate[Snapshot, P], T],
) -> Callable[Concatenate[Snapshot, P], T]:
    """Make something of a snapshot once, for all analyses that ask; none of them may change it.

    Args:
        make: What makes it; what it is given besides can be hashed.
    """

    @wraps(make)
    def kept(snap: Snapshot, /, *given: P.args, **named: P.kwargs) -> T:
        return snap.made(make, *given, **named)

    return kept


def _company_column(name: str) -> str:
    if name == "account":
        return "company"
    return f"{name.removesuffix('_id')}_company"


def days_of(column: "pd.Series[Any]") -> npt.NDArray[np.datetime64]:
    """A date or time column as datetime64[D]; empty values as NaT."""
    times = column.astype(Kind.TIME.dtype)  # pandas cannot convert dates with empty ones among them
    found = times.to_numpy(dtype="datetime64[us]", na_value=np.datetime64("NaT"))
    return np.asarray(found.astype("datetime64[D]"))


def cancelled(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which orders or lines were cancelled, as a mask; one without a status was not."""
    return np.asarray((rows["status"] == "cancelled").to_numpy(dtype=bool, na_value=False))


def in_currency(rows: pd.DataFrame, currency: str) -> npt.NDArray[np.bool_]:
    """Which amounts are in the workspace's currency, as a mask; one that names none is.

    Args:
        rows: With currency.
        currency: The workspace's.
    """
    named = rows["currency"]
    return (named.isna() | (named == currency)).to_numpy(dtype=bool, na_value=False)


def amounts(rows: pd.DataFrame, currency: str) -> npt.NDArray[np.float64]:
    """Amounts in ten-thousandths; NaN where there is none in the workspace's currency.

    Args:
        rows: With amount and currency.
        currency: The workspace's.
    """
    stated = rows["amount"].to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(in_currency(rows, currency), stated, np.nan)


def tolerances_read(store: GraphStore) -> "pd.Series[Any]":
    """The tightest tolerance in mm that the note of an order line asserts, by the line's id."""
    columns = ["from_id", "from_type", "value", "polarity"]
    said = store.read(Mentions, columns, where=("entity", ["TOLERANCE"]))
    of_lines = (said["from_type"] == "OrderLine") & (said["polarity"] == "asserted")
    meant = said[of_lines.to_numpy(dtype=bool)].dropna(subset=["value"])
    return meant.groupby("from_id")["value"].min()


def _with_tolerances_read(lines: pd.DataFrame, store: GraphStore) -> pd.DataFrame:
    """Order lines with the tolerance of their note where no column states one."""
    read = tolerances_read(store)
    if read.empty:
        return lines
    said = lines["id"].map(read).astype(Kind.NUMBER.dtype)
    return lines.assign(tolerance=lines["tolerance"].fillna(said))


def latest_day(store: GraphStore) -> dt.date:
    """The last day on which something occurred in any file: the default of `as_of`.

    Raises:
        NothingLoadedError: Nothing is stored.
    """
    return days_seen(store)[1]


def days_seen(store: GraphStore) -> tuple[dt.date, dt.date]:
    """The first and the last day on which something occurred in any file.

    Where no file says when anything happened (companies and contacts of a CRM), both are the day of
    the last load.

    Raises:
        NothingLoadedError: Nothing is stored.
    """
    found = []
    for entity in TYPES.values():
        if entity.sourced and entity.event and issubclass(entity, Node | Relationship):
            days = days_of(store.read(entity, [entity.event])[entity.event])
            days = days[~np.isnat(days)]
            if days.size:
                found += [days.min(), days.max()]
    if not found:
        loaded = days_of(store.read(File, ["loaded_at"])["loaded_at"])
        if not loaded.size:
            raise NothingLoadedError("Nothing is loaded yet.", next_step="graphkit load FOLDER")
        found = [loaded.max()]
    return min(found).astype(dt.date), max(found).astype(dt.date)
