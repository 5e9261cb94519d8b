"""The figures behind what is said of payments: days late, and what is owed."""

import datetime as dt
from typing import Final

import numpy as np

from graphkit.analyses.measures.lateness import Lateness
from graphkit.analyses.wording import whole
from graphkit.declaration import MONEY_UNIT
from graphkit.findings import Evidence, sources_of

LATE: Final = "pays-late"


def days_late(label: str, days: float, sources: tuple[str, ...]) -> Evidence:
    """A median of days late; it cannot be known while most of the invoices are open.

    Args:
        label: What it is.
        days: Infinite where most are open.
        sources: Where the invoices were read.
    """
    if np.isinf(days):
        return Evidence(label, "most are still open", "", sources)
    return Evidence(label, whole(days), "days", sources)


def owed(late: Lateness, customer: int, as_of: dt.date, currency: str) -> tuple[Evidence, ...]:
    """What a customer owes, and what of it is overdue, with the rows of its open invoices.

    Args:
        late: Its invoices.
        customer: Its position.
        as_of: Today.
        currency: The workspace's.
    """
    its = late.span(customer)
    rows, owing = late.rows.iloc[its], late.open[its] > 0
    past = owing & (late.due[its] < np.datetime64(as_of))
    balance = float(late.balances[customer])
    figures = (
        ("open balance", balance, owing),
        ("of it overdue", min(float(late.open[its][past].sum()), balance), past),
    )
    return tuple(
        Evidence(label, round(amount) / MONEY_UNIT, currency, sources_of(rows[which]))
        for label, amount, which in figures
    )
