"""Who pays late, how late and since when; and who pays later than before."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.analyses.evidence_cypher import invoices_of
from graphkit.analyses.late_markets import Payers, late_markets
from graphkit.analyses.measures.lateness import GRACE, Lateness, lateness
from graphkit.analyses.payment_figures import LATE, days_late, owed
from graphkit.analyses.slowing.paying_later import (
    BASELINE_INVOICES,
    RECENT_INVOICES,
    PayingLater,
    delay_of,
    paying_later,
)
from graphkit.analyses.wording import counted, money, month_name, whole
from graphkit.declaration import MONEY_UNIT
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of, sources_of
from graphkit.plugins import analysis
from graphkit.schema import Invoice
from graphkit.snapshot import Snapshot
from graphkit.statistics.censored import median
from graphkit.statistics.multiplicity import benjamini_hochberg

LATER: Final = "paying-later"
LEAST_INVOICES: Final = BASELINE_INVOICES + RECENT_INVOICES
_WINDOWS: Final = 3
"""Recent windows that are looked through: of the months asked for, one less, two less."""

Floats = npt.NDArray[np.float64]


@analysis(
    "payments",
    question="Who pays late, and who pays later than before?",
    needs=("Invoice",),
    kinds=(LATE, LATER),
)
def payments(
    snap: Snapshot, *, window: int = 5, grace: float = GRACE, least_shift: float = 5.0
) -> Iterator[Finding]:
    """Customers that pay late as a rule, and customers that have begun to.

    Open invoices count as late so far and counting, so that who stopped paying shows. That somebody
    pays late as a rule is a sign test: more than half of its invoices beyond the days of grace.

    Args:
        snap: Needs Invoice with due dates, and what tells when each was paid.
        window: Months that count as recent; one and two less are tried too.
        grace: Days after the due date that nobody calls late.
        least_shift: Days; less is not called paying later.

    Yields:
        One finding a customer and kind, and one a customer of whom it cannot be told; the same of
        industries that pay late as a whole.
    """
    known = snap.frame(Invoice)["company"].dropna()
    customers = sorted(set(known))
    if not customers:
        return
    late = lateness(snap, customers)
    first = snap.last_whole_month + np.timedelta64(1, "M")
    since = [
        (first - np.timedelta64(months, "M")).astype("datetime64[D]")
        for months in range(window, max(window - _WINDOWS, 0), -1)
    ]
    today = np.datetime64(snap.as_of, "D")
    later = paying_later(late, len(customers), since=since, as_of=today)
    teller = _Teller(snap, customers, late, later, grace)
    yield from teller.pay_late()
    yield from teller.pay_later(least_shift)
    yield from teller.too_little()
    yield from late_markets(teller.payers)


class _Teller:
    """Tells of each customer how it pays.

    Args:
        snap: The graph.
        customers: Company ids.
        late: Days late of every invoice, customers by position.
        later: Who pays later.
        grace: Days that nobody calls late.
    """

    def __init__(
        self,
        snap: Snapshot,
        customers: list[str],
        late: Lateness,
        later: PayingLater,
        grace: float,
    ) -> None:
        self._snap, self._customers = snap, customers
        self._late, self._later, self._grace = late, later, grace
        self._overdue = late.overdue(snap.as_of)

    @property
    def payers(self) -> Payers:
        """How many invoices of each customer are late, and how many are known to be or not."""
        count = len(self._customers)
        who, days = self._late.times.customer, self._late.times.days
        used = self._later.used
        beyond = days > self._grace
        told = used & (beyond | self._late.times.ended)  # an open one may still be in time
        return Payers(
            self._snap,
            self._customers,
            self._late,
            used,
            np.bincount(who[told], minlength=count),
            np.bincount(who[told & beyond], minlength=count),
            LEAST_INVOICES,
            self._grace,
        )

    def pay_late(self) -> Iterator[Finding]:
        """Who pays more than half of its invoices after the days of grace."""
        n, above = self.payers.told, self.payers.beyond
        p = np.where(n >= LEAST_INVOICES, stats.binom.sf(above - 1, n, 0.5), np.nan)
        q = benjamini_hochberg(p)
        asked = int(np.isfinite(p).sum())
        for customer in np.flatnonzero(np.isfinite(p)).tolist():
            level = level_of(p[customer], q[customer])
            if level is not None:
                figures = (float(p[customer]), float(q[customer]), asked)
                yield self._pays_late(
                    customer, level, figures, (int(above[customer]), int(n[customer]))
                )

    def _pays_late(
        self,
        customer: int,
        level: Level,
        figures: tuple[float, float, int],
        counts: tuple[int, int],
    ) -> Finding:
        subject, its = self._subject(customer), self._late.span(customer)
        used = self._later.used[its]
        typical = median(self._late.times.days[its][used], self._late.times.ended[its][used])
        beyond = used & (self._late.times.days[its] > self._grace)
        since = self._late.due[its][beyond].min().astype("datetime64[M]")
        days = "most of them are open" if np.isinf(typical.value) else _days_late(typical.value)
        return Finding(
            kind=LATE,
            level=level,
            subject=subject,
            statement=(
                f"{subject.name} pays late as a rule: {counts[0]} of {counts[1]} invoices more"
                f" than {self._grace:.0f} days after they were due, first in {month_name(since)};"
                f" {days}."
            ),
            as_of=self._snap.as_of,
            evidence=self._evidence(customer, ("usually late by", typical.value, used)),
            effect=Effect(typical.value, typical.low, typical.high, "days late, median"),
            p=figures[0],
            q=figures[1],
            n=counts[1],
            test=(
                f"sign test of more than half beyond {self._grace:.0f} days, one-sided, open"
                " invoices counted once they are; median of censored days (Kaplan-Meier);"
                f" Benjamini-Hochberg over {counted(figures[2], 'customer')}"
            ),
            advice=self._settle(customer, "Reckon with it in prices and in when you need the cash"),
            cypher=invoices_of(subject),
            value=round(float(self._late.balances[customer])),
            details={"late": counts[0], "invoices": counts[1]},
        )

    def pay_later(self, least_shift: float) -> Iterator[Finding]:
        """Who pays later than before."""
        p = self._later.p
        q = benjamini_hochberg(p)
        asked = int(np.isfinite(p).sum())
        for customer in np.flatnonzero(self._later.tested).tolist():
            level = level_of(p[customer], q[customer])
            if level is None:
                continue
            delay = delay_of(self._late, self._later, customer)
            if delay.shift.value < least_shift:
                continue
            if delay.shift.low <= 0:  # it may be none
                level = Level.WATCH
            subject, its = self._subject(customer), self._late.span(customer)
            lately = self._later.is_recent[its]
            recent, before = int(self._later.recent[customer]), int(self._later.before[customer])
            days, low, high = (
                whole(one) for one in (delay.shift.value, delay.shift.low, delay.shift.high)
            )
            yield Finding(
                kind=LATER,
                level=level,
                subject=subject,
                statement=(
                    f"{subject.name} pays {counted(days, 'day')} later than before since"
                    f" {month_name(self._later.since[customer])}"
                    f" ({counted(recent, 'invoice')} due since then, {before} before)."
                ),
                as_of=self._snap.as_of,
                evidence=self._evidence(
                    customer,
                    ("before late by", delay.before.value, self._later.used[its] & ~lately),
                    ("lately late by", delay.recent.value, lately),
                ),
                effect=Effect(days, low, high, "days later"),
                p=float(p[customer]),
                q=float(q[customer]),
                n=recent + before,
                test=(
                    "weighted log-rank of recent invoices against earlier ones, open ones censored,"
                    " one-sided, several windows combined (Cauchy); Hodges-Lehmann shift;"
                    f" Benjamini-Hochberg over {counted(asked, 'customer')}"
                ),
                advice=self._settle(
                    customer, "Call before the next shipment and ask what has changed"
                ),
                cypher=invoices_of(subject),
                alarming=True,
                value=round(float(self._late.balances[customer])),
                details={"invoices": {"before": before, "recent": recent}},
            )

    def too_little(self) -> Iterator[Finding]:
        """Of whom it cannot be told."""
        used = np.bincount(
            self._late.times.customer[self._later.used], minlength=len(self._customers)
        )
        for customer, count in enumerate(used.tolist()):
            if count >= LEAST_INVOICES:
                continue
            subject = self._subject(customer)
            rows = self._late.rows.iloc[self._late.span(customer)]
            yield Finding(
                kind=LATE,
                level=Level.CANNOT_TELL,
                subject=subject,
                statement=(
                    f"Whether {subject.name} pays late cannot be told from"
                    f" {counted(count, 'invoice')} that fell due: {LEAST_INVOICES} are needed, of"
                    " which it is known when they were paid."
                ),
                as_of=self._snap.as_of,
                evidence=(Evidence("invoices", count, "invoices", sources_of(rows)),),
                n=count,
                test=f"needs {LEAST_INVOICES} invoices that fell due",
                cypher=invoices_of(subject),
            )

    def _evidence(
        self, customer: int, *typical: tuple[str, float, npt.NDArray[np.bool_]]
    ) -> tuple[Evidence, ...]:
        rows = self._late.rows.iloc[self._late.span(customer)]
        return (
            *(days_late(label, days, sources_of(rows[which])) for label, days, which in typical),
            *owed(self._late, customer, self._snap.as_of, self._snap.currency),
        )

    def _settle(self, customer: int, first: str) -> str:
        overdue = float(self._overdue[customer])
        if whole(overdue / MONEY_UNIT) < 1:
            return f"{first}; nothing is overdue now."
        return f"{first}; {money(overdue, self._snap.currency)} are overdue now: agree on a date."

    def _subject(self, customer: int) -> Ref:
        return self._snap.ref(self._customers[customer])


def _days_late(days: float) -> str:
    return f"half of them {whole(days):.0f} days late or more"
