"""Whom to meet at the next edition of each show."""

import dataclasses
import datetime as dt
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.measures.contacts import Contacts, silent
from graphkit.analyses.measures.deals import Deals
from graphkit.analyses.measures.editions import Edition, Presence, editions
from graphkit.findings import Ref
from graphkit.snapshot import Snapshot

_YEAR: Final = np.timedelta64(365, "D")

Floats = npt.NDArray[np.float64]


@dataclasses.dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody whom we may meet at the next edition of a show.

    Attributes:
        series: The show.
        edition: Its next edition, such as "IMTS 2026"; empty where nobody has spoken of it.
        company: Whom.
        customer: Whether it buys from us.
        goes: The day on which it was said that they go there; None when only earlier editions
            speak for it.
        been: Years of the editions at which they were.
        contacts: People of theirs who were there and may be written to.
        call: Whom to call there when none of those is known; empty for nobody.
        ordered: What they ordered in the last year, in ten-thousandths.
        open_quotes: Quotes on which they have not decided.
        open_quoted: Their money.
        sources: Rows that say that they were there, or go.
    """

    series: str
    edition: str
    company: Ref
    customer: bool
    goes: dt.date | None
    been: tuple[int, ...]
    contacts: tuple[str, ...]
    call: str
    ordered: float
    open_quotes: int
    open_quoted: float
    sources: tuple[str, ...]


def whom_to_meet(snap: Snapshot, *, count: int = 10) -> list[Meeting]:
    """Customers and prospects whom we may meet at the next edition of each show.

    Those who were at earlier editions, or said that they go to the coming one, by what they ordered
    in the last year and what they have open quotes for. Who said that they do not go is left out.
    Shows stand in the order of what is ordered and quoted by those whom we may meet there.

    Args:
        snap: Needs Attended.
        count: How many of each show.
    """
    deals = Deals(snap)
    today = np.datetime64(snap.as_of)
    money = _Money(deals, deals.between(today - _YEAR, today).ordered, *deals.open_quotes)
    known = _Known(money, Contacts(snap), silent(snap))
    customers = frozenset(snap.customers["id"])
    by_series: dict[str, list[Edition]] = {}
    for edition in editions(snap):
        by_series.setdefault(edition.series, []).append(edition)
    found = []
    for _, those in sorted(by_series.items()):
        some = [
            _meeting(those, spoken, known, customer=company in customers)
            for company, spoken in sorted(_who(those).items())
        ]
        found.append(sorted(some, key=_weight)[:count])
    found.sort(key=lambda those: -sum(one.ordered + one.open_quoted for one in those))
    return [one for those in found for one in those]


@dataclasses.dataclass(frozen=True, slots=True)
class _Money:
    """What each company ordered in the last year, and its open quotes."""

    deals: Deals
    ordered: Floats
    open_quotes: Floats
    open_quoted: Floats


@dataclasses.dataclass(frozen=True, slots=True)
class _Known:
    """What is known of companies besides where they were: money, contacts, who wants no word."""

    money: _Money
    contacts: Contacts
    silent: frozenset[str]


_Spoken = list[tuple[Edition, Presence]]


def _who(those: list[Edition]) -> dict[str, _Spoken]:
    """Companies that were at an edition of a series or go to its next one, and what was said."""
    denied = {one for edition in those if edition.coming for one in edition.denied}
    found: dict[str, _Spoken] = {}
    for edition in those:
        for one in edition.present:
            if one.company.id not in denied:
                found.setdefault(one.company.id, []).append((edition, one))
    return found


def _meeting(those: list[Edition], spoken: _Spoken, known: _Known, *, customer: bool) -> Meeting:
    company, money = spoken[0][1].company, known.money
    at = money.deals.companies.get_loc(company.id)
    coming = min((one for one in those if one.coming), key=lambda one: one.year, default=None)
    people = {ref.id: ref.name for _, one in spoken for ref in one.people}
    there = tuple(sorted(name for one, name in people.items() if one not in known.silent))
    return Meeting(
        series=those[0].series,
        edition=coming.show.name if coming else "",
        company=company,
        customer=customer,
        goes=max((one.said_on for edition, one in spoken if edition.coming), default=None),
        been=tuple(sorted(edition.year for edition, _ in spoken if not edition.coming)),
        contacts=there,
        call="" if there else known.contacts.contact(company.id).get("name", ""),
        ordered=float(money.ordered[at]),
        open_quotes=int(money.open_quotes[at]),
        open_quoted=float(money.open_quoted[at]),
        sources=tuple(sorted({row for _, one in spoken for row in one.sources})),
    )


def _weight(one: Meeting) -> tuple[float, int, str, str]:
    """Most money first, then who goes there most often."""
    return (-one.ordered - one.open_quoted, -len(one.been), one.company.name, one.company.id)
