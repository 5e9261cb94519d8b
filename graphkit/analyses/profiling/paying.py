"""How a company pays."""

from collections.abc import Iterator

import numpy as np

from graphkit.analyses.measures.lateness import Lateness, lateness
from graphkit.analyses.payment_figures import owed
from graphkit.analyses.profiling.sentences import Sentence
from graphkit.analyses.profiling.subject import Subject
from graphkit.analyses.wording import counted, money, whole
from graphkit.declaration import MONEY_UNIT
from graphkit.findings import sources_of
from graphkit.schema import Invoice
from graphkit.statistics.censored import median


def paying(one: Subject) -> Iterator[Sentence]:
    """Terms, how many days late, what is open and what of it is overdue.

    Args:
        one: The company.
    """
    every = one.snap.frame(Invoice)
    bills = one.of(every)
    if bills.empty:
        yield one.unknown("invoices", "Invoice", others=not every.empty)
        return
    terms = bills[bills["terms"].notna()]
    if len(terms):
        counts = terms["terms"].value_counts()
        usual = min(counts.index, key=lambda name: (-counts[name], name))
        text = f"Its terms are {usual} on {counts[usual]:,} of {counted(len(bills), 'invoice')}."
        yield Sentence(text, sources_of(terms))
    late = lateness(one.snap, [one.company])
    yield from _late(one, late)
    yield from _owed(one, late)


def _late(one: Subject, late: Lateness) -> Iterator[Sentence]:
    """The median of days late over invoices that fell due, open ones censored."""
    due = late.due <= np.datetime64(one.snap.as_of)
    if not due.any():
        yield one.unknown("days of payment", "Payment", others=False)
        return
    usual = median(late.times.days[due], late.times.ended[due])
    rows = sources_of(late.rows[due])
    count = f"{counted(int(due.sum()), 'invoice')} that fell due"
    if np.isinf(usual.value):
        still = int((~late.times.ended[due]).sum())
        yield Sentence(f"Of {count}, {still} are still open: too many for a usual delay.", rows)
        return
    high = "more" if np.isinf(usual.high) else f"{whole(usual.high):.0f}"
    text = (
        f"Half of its invoices are paid by {after_due(usual.value)} (90 % interval"
        f" {whole(usual.low):.0f} to {high} days), over {count}, open ones counted as longer."
    )
    yield Sentence(text, rows)


def after_due(days: float) -> str:
    """A delay in words.

    Args:
        days: Below zero for early.

    >>> after_due(-1.0), after_due(12.4)
    ('1 day before they are due', '12 days after they are due')
    """
    days = whole(days)
    if days == 0:
        return "the day they are due"
    return f"{counted(abs(days), 'day')} {'after' if days > 0 else 'before'} they are due"


def _owed(one: Subject, late: Lateness) -> Iterator[Sentence]:
    currency = one.snap.currency
    balance, overdue = owed(late, 0, one.snap.as_of, currency)
    amounts = [round(float(each.value) * MONEY_UNIT) for each in (balance, overdue)]
    rows = balance.sources or sources_of(late.rows)
    if whole(amounts[0] / MONEY_UNIT) < 1:
        if rows:
            yield Sentence("Nothing is open.", rows)
        return
    past = money(amounts[1], currency) if amounts[1] else "nothing"
    text = f"{money(amounts[0], currency)} are open, and {past} of it is overdue."
    yield Sentence(text, rows or sources_of(one.of(one.snap.frame(Invoice))))
