"""The things to do this week: whom to call, who of ours does, why, and what to have at hand."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from graphkit.analyses.clustering.words import sentence
from graphkit.analyses.measures.contacts import Contacts
from graphkit.analyses.profiling.ordering import Ordering, Pace
from graphkit.analyses.profiling.subject import Subject
from graphkit.analyses.wording import counted, listed, money
from graphkit.changes import What
from graphkit.findings import Evidence, Finding, Ref
from graphkit.reports.sentences import first_sentence
from graphkit.reports.weekly.subjects import Matter
from graphkit.snapshot import Snapshot

NOBODY: Final = "Nobody named yet"
"""The heading of what no colleague is named for."""
HALVES: Final = {"rough-times": frozenset({"slowing-customer", "paying-later"})}
"""What a finding says already."""
_FIGURES: Final = 3
"""Figures to have at hand where there is no call sheet."""
_PARTS: Final = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """Whom to call, and who of ours does.

    Attributes:
        company: Where.
        contact: name, title, email and phone, as far as they are known.
        colleague: Who of ours looks after the company; empty where nobody is named.
    """

    company: Ref
    contact: Mapping[str, str]
    colleague: str

    @property
    def who(self) -> str:
        """The contact in a line: name, title, telephone and address."""
        known = (self.contact.get(one) for one in ("name", "title", "phone", "email"))
        return ", ".join(filter(None, known)) or "no contact in the exports"


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """One thing to do.

    Attributes:
        number: 1 for the first.
        about: Whom or what it is about.
        calls: Whom to call, the first first; nobody where it is no matter of one customer.
        what: What to do, in a sentence.
        more: What else to do.
        why: The finding that says why.
        also: What else was found about the same.
        news: new, changed or as before.
        since: The day since which it is told; None when it is new.
        hand: What to have at hand, a line each.
        pace: Its orders month by month; None for what has none.
    """

    number: int
    about: Ref
    calls: tuple[Call, ...]
    what: str
    more: str
    why: Finding
    also: tuple[Finding, ...]
    news: What
    since: dt.date | None
    hand: tuple[str, ...]
    pace: Pace | None

    @property
    def beside(self) -> list[Finding]:
        """What else is to be said: not what the finding that says why has in it."""
        said = HALVES.get(self.why.kind, frozenset())
        return [one for one in self.also if one.kind not in said]

    @property
    def colleague(self) -> str:
        """Who of ours does it; empty where nobody is named."""
        return self.calls[0].colleague if self.calls else ""

    @property
    def at_stake(self) -> int:
        """What it means in money, in ten-thousandths; 0 when unknown."""
        return max(one.value for one in (self.why, *self.also))

    @property
    def how_new(self) -> str:
        """new, changed, or since when it is open."""
        return f"open since {self.since}" if self.news is What.UNCHANGED else self.news.value


def tasks(snap: Snapshot, chosen: Sequence[Matter]) -> tuple[Task, ...]:
    """The things to do, in order.

    Args:
        snap: What is known.
        chosen: What to do something about.
    """
    contacts = Contacts(snap)
    return tuple(_task(snap, contacts, number, one) for number, one in enumerate(chosen, 1))


def _task(snap: Snapshot, contacts: Contacts, number: int, matter: Matter) -> Task:
    main, *others = matter.findings
    what, more = first_sentence(main.advice or main.statement, snap.names.values())
    its_own = main.subject.type == "Company"
    return Task(
        number=number,
        about=main.subject,
        calls=tuple(
            Call(snap.ref(one), contacts.contact(one), contacts.owner(one))
            for one in _whom(snap, main)
        ),
        what=sentence(what),
        more=more,
        why=main,
        also=tuple(others),
        news=matter.what,
        since=matter.since,
        hand=tuple(_at_hand(matter.findings, snap.currency)),
        pace=Ordering(Subject(snap, main.subject.id, {})).pace() if its_own else None,
    )


def _whom(snap: Snapshot, finding: Finding) -> list[str]:
    """Ids of the companies to call: the one it is about, else those that the advice names."""
    if finding.subject.type == "Company":
        return [finding.subject.id]
    named = {
        str(one["id"]): finding.advice.find(one["name"])
        for part in ("drivers", "members", "reached")
        for one in finding.details.get(part, ())
        if one["name"] in finding.advice and str(one["id"]) in snap.names
    }
    return sorted(named, key=lambda one: (named[one], one))


def by_colleague(found: Sequence[Task]) -> dict[str, list[Task]]:
    """The tasks of each colleague, who has the most urgent first; what is nobody's last.

    Args:
        found: The tasks, in order.
    """
    grouped: dict[str, list[Task]] = {}
    for one in sorted(found, key=lambda one: not one.colleague):
        grouped.setdefault(one.colleague or NOBODY, []).append(one)
    return grouped


def _at_hand(findings: Sequence[Finding], currency: str) -> list[str]:
    """What the call sheet says; without one the first figures of the evidence."""
    sheet = next((one.details for one in findings if "stopped_parts" in one.details), None)
    if sheet is not None:
        return _sheet(sheet, currency)
    return [_figure(one) for one in findings[0].evidence[:_FIGURES]]


def _figure(one: Evidence) -> str:
    value = f"{one.value:,}" if isinstance(one.value, int | float) else one.value
    unit = "" if one.unit in one.label else f" {one.unit}"
    return f"{one.label[:1].upper()}{one.label[1:]}: {value}{unit}."


def _sheet(sheet: Mapping[str, Any], currency: str) -> list[str]:
    lines = []
    if sheet["last_order"]:
        lines.append(f"Last order: {sheet['last_order']}.")
    stopped = (sheet["stopped_parts"] or sheet["stopped_processes"])[:_PARTS]
    if stopped:
        told = listed([f"{one['name']} (last {one['last_ordered']})" for one in stopped])
        lines.append(f"No longer ordered: {told}.")
    quotes = sheet["open_quotes"]
    if quotes["count"]:
        worth = f", {money(quotes['amount'], currency)}" if quotes["amount"] else ""
        lines.append(f"{counted(quotes['count'], 'open quote')}{worth}.")
    if sheet["open_balance"] > 0:
        overdue = sheet["overdue"]
        late = f", of which {money(overdue, currency)} overdue" if overdue > 0 else ""
        lines.append(f"Open balance: {money(sheet['open_balance'], currency)}{late}.")
    if sheet["ours"]:
        lines.append(f"What we did: {listed(sheet['ours'])}.")
    return lines
