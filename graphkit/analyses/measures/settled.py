"""What is known of each invoice's payment: payments, credit memos, and days it was seen open."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.schema import Balance, CreditedBy, PaidBetween, SettledBy
from graphkit.snapshot import Snapshot, days_of

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]

_NEVER = np.datetime64("NaT", "D")
_LONG_AGO = np.datetime64("1900-01-01", "D")
_DAY = np.timedelta64(1, "D")


@dataclasses.dataclass(frozen=True, slots=True)
class Settled:
    """One entry an invoice; amounts in ten-thousandths, NaT and NaN for what nothing says.

    Attributes:
        paid: What payments brought.
        last: Day of the last of them.
        credited: What credit memos took off; of a credit memo what of it was applied.
        earliest: First day on which it may have been paid, where lists of open items bound it.
        latest: Last such day.
        seen: What the latest list of open items has open.
        seen_on: The day of that list.
    """

    paid: Floats
    last: Days
    credited: Floats
    earliest: Days
    latest: Days
    seen: Floats
    seen_on: Days


def settled(snap: Snapshot, invoices: "pd.Series[str]") -> Settled:
    """What was known at the end of the day of the payment of these invoices.

    Args:
        snap: The graph.
        invoices: Ids.
    """
    ids = pd.Index(invoices.to_numpy(object))
    payments, credits_ = snap.frame(SettledBy), snap.frame(CreditedBy)
    bounds, lists = snap.frame(PaidBetween), snap.frame(Balance)
    lists = lists.sort_values(["on", "id"])
    lists = lists.assign(invoice=_counted(snap, lists["invoice"]))
    return Settled(
        paid=_summed(ids, payments["from_id"], payments["amount"]),
        last=_latest(ids, payments["from_id"], days_of(payments["on"])),
        credited=_summed(ids, credits_["from_id"], credits_["amount"])
        + _summed(ids, credits_["to_id"], credits_["amount"]),
        earliest=_latest(ids, _counted(snap, bounds["from_id"]), days_of(bounds["after"]) + _DAY),
        latest=_latest(ids, _counted(snap, bounds["from_id"]), days_of(bounds["by"])),
        seen=_last_value(ids, lists["invoice"], lists["open_amount"]),
        seen_on=_latest(ids, lists["invoice"], days_of(lists["on"])),
    )


def _counted(snap: Snapshot, invoices: "pd.Series[str]") -> "pd.Series[str]":
    """The invoices that count, for those that repeat them."""
    return invoices.map(lambda one: snap.counted_as.get(one, one))


def _summed(ids: pd.Index, of: "pd.Series[str]", amounts: "pd.Series[int]") -> Floats:
    at = ids.get_indexer(pd.Index(of))
    values = amounts.to_numpy(dtype=np.float64)[at >= 0]
    return np.bincount(at[at >= 0], weights=values, minlength=len(ids)).astype(np.float64)


def _latest(ids: pd.Index, of: "pd.Series[str]", days: Days) -> Days:
    at = ids.get_indexer(pd.Index(of))
    found = np.full(len(ids), _LONG_AGO)
    np.maximum.at(found, at[at >= 0], days[at >= 0])
    return np.where(np.isin(np.arange(len(ids)), at), found, _NEVER)


def _last_value(ids: pd.Index, of: "pd.Series[str]", values: "pd.Series[int]") -> Floats:
    at = ids.get_indexer(pd.Index(of))
    found = np.full(len(ids), np.nan)
    found[at[at >= 0]] = values.to_numpy(dtype=np.float64)[at >= 0]  # the last of each stays
    return found
