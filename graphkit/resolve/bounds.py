"""Between which days an invoice was paid, from lists of what was open on some days."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import PaidBetween, frame_of

_WHOLE: Final = 0.5
"""A list that has fewer of the companies of the one before is a part of what is open (one customer,
one salesman), and says nothing about companies that it does not have."""
_CENT: Final = 100  # ten-thousandths; less than that is not open


@dataclasses.dataclass(frozen=True, slots=True)
class _List:
    """What one system had open on one day."""

    on: dt.date
    companies: frozenset[str]
    whole: bool


def paid_between(
    invoices: pd.DataFrame,
    balances: pd.DataFrame,
    files: pd.DataFrame,
    account_to_company: Mapping[str, str],
) -> pd.DataFrame:
    """Invoices that were open on one day and no longer on a later one; credit memos likewise.

    After its last list an invoice is no longer open on the day of the next list of the same system
    which has its company, or half of the companies of the list before; or on which a list of all
    invoices gives it a balance of nothing.

    Args:
        invoices: Frame of schema.Invoice.
        balances: Frame of schema.Balance.
        files: Frame of schema.File.
        account_to_company: Company by account.

    Returns:
        Frame of schema.PaidBetween, sorted by id.
    """
    if balances.empty:
        return frame_of(PaidBetween)
    instances = dict(zip(files["id"], files["instance"], strict=True))
    bills = invoices[["id", "account", "amount", "open_amount", "file_id"]]
    bills = bills.assign(company=bills["account"].map(account_to_company).fillna(""))
    rows = balances.rename(columns={"id": "balance"})[["balance", "invoice", "on", "file_id"]]
    rows = rows.assign(instance=rows["file_id"].map(instances).fillna(""))
    rows = rows.drop(columns="file_id").merge(bills, left_on="invoice", right_on="id")
    lists = {str(name): _lists(some) for name, some in rows.groupby("instance", sort=True)}
    last = rows.sort_values(["on", "balance"]).drop_duplicates("invoice", keep="last")
    cleared = _cleared(last, files)
    found = []
    for row in last.to_dict("records"):
        days = [one.on for one in lists[row["instance"]] if _tells(one, row)][:1]
        days += [cleared[row["invoice"]]] if row["invoice"] in cleared else []
        if days:
            found.append((row["invoice"], row["balance"], row["on"], min(days)))
    return _frame(found)


def seen_open(
    invoices: pd.DataFrame, balances: pd.DataFrame, counted_as: Mapping[str, str]
) -> dict[str, np.datetime64]:
    """The last day on which a list of open items shows all of an invoice open, by its id.

    Args:
        invoices: Frame of schema.Invoice.
        balances: Frame of schema.Balance.
        counted_as: The invoice that counts, by the id of one that repeats it.
    """
    rows = balances[["invoice", "on", "open_amount"]].merge(
        invoices[["id", "amount"]], left_on="invoice", right_on="id"
    )
    whole = rows[(rows["open_amount"] >= rows["amount"]).to_numpy(dtype=bool)]
    last = whole.sort_values("on").drop_duplicates("invoice", keep="last")
    return {
        counted_as.get(invoice, invoice): np.datetime64(day)
        for invoice, day in zip(last["invoice"], last["on"], strict=True)
    }


def _lists(rows: pd.DataFrame) -> list[_List]:
    """The lists of one system, by day."""
    found: list[_List] = []
    for _, some in rows.groupby("on", sort=True):
        companies = frozenset(some["company"])
        before = found[-1].companies if found else companies
        whole = len(companies & before) >= _WHOLE * len(before)
        found.append(_List(some["on"].iloc[0], companies, whole))
    return found


def _tells(one: _List, row: Mapping[Any, Any]) -> bool:
    """Whether a list without an invoice says that it is paid."""
    return bool(one.on > row["on"] and (one.whole or row["company"] in one.companies))


def _cleared(last: pd.DataFrame, files: pd.DataFrame) -> dict[str, dt.date]:
    """The later day on which a list of all invoices has nothing open on one, by invoice."""
    shown = last["file_id"].map(dict(zip(files["id"], files["as_of"], strict=True)))
    nothing = (last["open_amount"].abs() < _CENT).fillna(value=False).astype(bool)
    return {
        invoice: day
        for invoice, day, seen, cleared in zip(
            last["invoice"], shown, last["on"], nothing, strict=True
        )
        if cleared and not pd.isna(day) and day > seen
    }


def _frame(found: list[tuple[str, str, dt.date, dt.date]]) -> pd.DataFrame:
    if not found:
        return frame_of(PaidBetween)
    invoices, lists, after, by = (list(one) for one in zip(*found, strict=True))
    columns = {"from_id": invoices, "to_id": lists, "after": after, "by": by}
    return Batch.of(PaidBetween, columns).frame.sort_values("id").reset_index(drop=True)
