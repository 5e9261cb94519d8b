"""Which markets pay late as a whole, each customer with one vote."""

import dataclasses
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.analyses.evidence_cypher import invoices_of
from graphkit.analyses.measures.lateness import Lateness
from graphkit.analyses.payment_figures import LATE
from graphkit.analyses.wording import counted, money, whole
from graphkit.declaration import MONEY_UNIT
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of, sources_of
from graphkit.schema import Industry
from graphkit.snapshot import Snapshot
from graphkit.statistics.censored import median
from graphkit.statistics.multiplicity import benjamini_hochberg

LEAST_CUSTOMERS: Final = 5
"""With fewer, not even all of them paying late would be beyond chance."""
_TAIL: Final = 0.05

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclasses.dataclass(frozen=True, slots=True)
class Payers:
    """How customers pay; arrays have one entry a customer, or one an invoice of `late`.

    Attributes:
        snap: The graph.
        customers: Company ids.
        late: Days late of every invoice.
        used: Which invoices have fallen due.
        told: Invoices of each customer of which it is known whether they are late.
        beyond: How many of those are later than the days of grace.
        least: Invoices below which a customer has no vote.
        grace: Days that nobody calls late.
    """

    snap: Snapshot
    customers: list[str]
    late: Lateness
    used: Bools
    told: Ints
    beyond: Ints
    least: int
    grace: float

    @property
    def voting(self) -> Bools:
        """Who has invoices enough to say how it pays."""
        return self.told >= self.least

    @property
    def late_ones(self) -> Bools:
        """Who pays more than half of its invoices late."""
        return self.voting & (2 * self.beyond > self.told)

    def median(self, customer: int) -> float:
        """Days late of a customer as a rule; infinite while most are open."""
        its = self.late.span(customer)
        used = self.used[its]
        return median(self.late.times.days[its][used], self.late.times.ended[its][used]).value

    def sources(self, members: Ints) -> tuple[str, ...]:
        """The rows of the invoices of these customers that are later than the days of grace."""
        theirs = np.isin(self.late.times.customer, members) & self.used
        return sources_of(self.late.rows[theirs & (self.late.times.days > self.grace)])


def late_markets(payers: Payers) -> Iterator[Finding]:
    """Industries of which more than half of the customers pay late as a rule.

    A sign test over customers, not invoices: one account that pays every week is not the market.

    Args:
        payers: How customers pay.

    Yields:
        One finding an industry that pays late, and one an industry of which it cannot be told.
    """
    snap = payers.snap
    known = snap.companies["industry"].dropna().to_dict()
    industry = np.array([known.get(one, "") for one in payers.customers], dtype=object)
    rows = snap.frame(Industry)
    names = dict(zip(rows["id"], rows["name"], strict=True))
    markets = [one for one in sorted(set(industry.tolist())) if one]
    members = [np.flatnonzero((industry == one) & payers.voting) for one in markets]
    late = np.array([payers.late_ones[those].sum() for those in members])
    of = np.array([len(those) for those in members])
    p = np.where(of >= LEAST_CUSTOMERS, stats.binom.sf(late - 1, of, 0.5), np.nan)
    q = benjamini_hochberg(p)
    asked = int(np.isfinite(p).sum())
    for at, market in enumerate(markets):
        subject = Ref("Industry", market, names.get(market, market))
        if np.isnan(p[at]):
            yield _too_few(payers, subject, members[at])
            continue
        level = level_of(p[at], q[at])
        if level is not None:
            test = (
                f"sign test over customers of more than half paying late, one-sided, each with"
                f" {payers.least} invoices or more; Benjamini-Hochberg over"
                f" {counted(asked, 'market')}"
            )
            found = _pays_late(payers, subject, level, members[at])
            yield dataclasses.replace(found, p=float(p[at]), q=float(q[at]), test=test)


def _pays_late(payers: Payers, subject: Ref, level: Level, members: Ints) -> Finding:
    snap = payers.snap
    late = members[payers.late_ones[members]]
    typical = _middle(np.sort([payers.median(int(one)) for one in members]))
    days = (
        "most invoices are open"
        if np.isinf(typical.value)
        else (f"the customer in the middle pays {whole(typical.value):.0f} days late")
    )
    overdue = float(payers.late.overdue(snap.as_of)[members].sum())
    balance = float(payers.late.balances[members].sum())
    return Finding(
        kind=LATE,
        level=level,
        subject=subject,
        statement=(
            f"{subject.name} pays late as a market: {len(late)} of"
            f" {counted(len(members), 'customer')} pay more than half of their invoices more than"
            f" {payers.grace:.0f} days after they were due; {days}."
        ),
        as_of=snap.as_of,
        evidence=(
            Evidence("customers who pay late", len(late), "customers", payers.sources(late)),
            Evidence("open balance", balance / MONEY_UNIT, snap.currency),
            Evidence("of it overdue", overdue / MONEY_UNIT, snap.currency),
        ),
        effect=typical,
        n=len(members),
        advice=(
            "Write a deposit or shorter terms into quotes for this market;"
            f" {money(overdue, snap.currency)} are overdue there now."
        ),
        cypher=invoices_of(subject),
        value=round(balance),
        details={"late": [snap.names[payers.customers[one]] for one in late.tolist()]},
    )


def _middle(medians: Floats) -> Effect:
    """The median over customers, with its 90 % interval from the order of the customers."""
    last = len(medians) - 1
    reach = int(stats.binom.ppf(_TAIL, len(medians), 0.5))
    low, high = medians[max(reach - 1, 0)], medians[min(last - reach + 1, last)]
    value = (
        medians[len(medians) // 2]
        if len(medians) % 2
        else medians[last // 2 : last // 2 + 2].mean()
    )
    return Effect(float(value), float(low), float(high), "days late, median of customers")


def _too_few(payers: Payers, subject: Ref, members: Ints) -> Finding:
    return Finding(
        kind=LATE,
        level=Level.CANNOT_TELL,
        subject=subject,
        statement=(
            f"Whether {subject.name} pays late as a market cannot be told from"
            f" {counted(len(members), 'customer')} with {payers.least} invoices or more:"
            f" {LEAST_CUSTOMERS} are needed."
        ),
        as_of=payers.snap.as_of,
        evidence=(Evidence("customers", len(members), "customers", payers.sources(members)),),
        n=len(members),
        test=f"needs {LEAST_CUSTOMERS} customers with {payers.least} invoices each",
        cypher=invoices_of(subject),
    )
