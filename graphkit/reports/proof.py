"""The page that says how good the alerts have been on the shop's own past, kind by kind."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from graphkit.analyses.backtesting import Backtest, Event, Score
from graphkit.analyses.wording import counted, month_name
from graphkit.errors import UnknownNameError
from graphkit.reports.backtest import backtest_text, conclusion, happened_to, method, table
from graphkit.reports.templating import render
from graphkit.statistics.share import Share

FORMS: Final = {"text": "proof.txt", "markdown": "proof.md", "html": "proof.html"}
"""Template by form."""
_LISTED = 20
"""Events that a list names."""


@dataclasses.dataclass(frozen=True, slots=True)
class Dot:
    """A share of the picture.

    Attributes:
        mark: ours, naive or anybody.
        label: Whose alerts.
        figure: How many of how many.
        share: With its interval; None of none.
    """

    mark: str
    label: str
    figure: str
    share: Share | None


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """What happened, a line each.

    Attributes:
        title: What is listed.
        lines: The first of them, with names.
        more: How many there are besides.
    """

    title: str
    lines: tuple[str, ...]
    more: int


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One kind of finding.

    Attributes:
        kind: Of finding.
        title: The same in words.
        told: How good its alerts have been, or why that cannot be said.
        method: What counts, in sentences.
        table: Label, graphkit's figure and the naive rule's.
        dots: The picture; none where there is too little to judge.
        lists: What had no alert, and what had one.
        short: Row of the overview: alerts that came true, the naive rule's, events with an alert.
        text: The whole as plain text.
    """

    kind: str
    title: str
    told: str
    method: tuple[str, ...]
    table: tuple[tuple[str, str, str], ...]
    dots: tuple[Dot, ...]
    lists: tuple[Listed, ...]
    short: tuple[str, str, str]
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """What the templates fill in.

    Attributes:
        as_of: The day whose knowledge judges.
        lead: How good the alerts have been, all together.
        parts: Kinds that were replayed.
        silent: Kinds about which nothing can be said, by the reason.
        notes: What the reader should mind.
    """

    as_of: dt.date
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    silent: Mapping[str, list[str]]
    notes: tuple[str, ...]


def proof_page(
    found: Sequence[Backtest],
    names: Mapping[str, str],
    form: str,
    *,
    as_of: dt.date,
    notes: Sequence[str] = (),
) -> str:
    """Back-tests as text, Markdown or a self-contained HTML page.

    Args:
        found: A back-test a kind.
        names: What ids are called.
        form: One of FORMS.
        as_of: The day whose knowledge judged.
        notes: What the reader should mind.

    Raises:
        UnknownNameError: No such form.
    """
    if form not in FORMS:
        raise UnknownNameError.of("form", form, list(FORMS))
    replayed = [one for one in found if one.months]
    silent: dict[str, list[str]] = {}
    for one in found:
        if not one.months:
            silent.setdefault(one.verdict, []).append(one.kind)
    replayed.sort(key=lambda one: bool(one.verdict))  # first of what something can be said
    parts = tuple(_part(one, names) for one in replayed)
    page = Page(as_of, tuple(lead(replayed)), parts, silent, tuple(notes))
    return render(FORMS[form], page=page)


def lead(found: Sequence[Backtest]) -> list[str]:
    """How good the alerts have been, all kinds together, in sentences.

    Kinds with too few events are among them: else those without any event, of which every alert was
    wrong, would be left out.

    Args:
        found: Back-tests; those that were not replayed do not count.
    """
    ours = [one.ours for one in found if one.ours]
    naive = [one.naive for one in found if one.naive]
    if not ours:
        return ["Nothing can be said yet of how good the alerts have been."]
    right, judged, met, events = _sums(ours)
    if not judged:
        said = "No alert of the past can be judged yet."
    elif judged == 1:
        said = f"The one alert that can be judged {'came' if right else 'did not come'} true."
    else:
        said = f"Of {judged:,} alerts that can be judged, {right:,} came true."
    simple_right, simple_judged, simple_met, _ = _sums(naive)
    simple = f"Of {counted(simple_judged, 'alert')} of naive rules, {simple_right:,} came true."
    if not events:
        return [said, simple, "Nothing happened of which there should have been an alert."]
    told = counted(events, "event")
    met_too = f"{met:,} had one, and {simple_met:,} had one of a naive rule"
    return [said, simple, f"Of {told} of which there should have been an alert, {met_too}."]


def _sums(scores: Sequence[Score]) -> tuple[int, int, int, int]:
    """Alerts that came true, alerts that can be judged, events with an alert, and events."""
    return (
        sum(one.right.hits for one in scores),
        sum(one.right.of for one in scores),
        sum(one.found.hits for one in scores),
        sum(one.found.of for one in scores),
    )


def _part(one: Backtest, names: Mapping[str, str]) -> Part:
    missed = [event for event in one.events if event.alert is None]
    found = [event for event in one.events if event.alert is not None]
    lists = (
        _listed("What happened without an alert", missed, names),
        _listed("What happened with one", found, names),
    )
    title = one.kind.replace("-", " ").capitalize()
    return Part(
        one.kind,
        title,
        conclusion(one),
        tuple(method(one)),
        tuple(table(one)),
        () if one.verdict else _dots(one),
        tuple(each for each in lists if each.lines),
        _short(one),
        backtest_text(one, names),
    )


def _listed(title: str, events: Sequence[Event], names: Mapping[str, str]) -> Listed:
    lines = []
    for event in events[:_LISTED]:
        told = {"alert": event.alert, "naive rule": event.naive}
        when = [f"{who} {month_name(month)}" for who, month in told.items() if month is not None]
        lines.append("; ".join([happened_to(event, names), *when]))
    return Listed(title, tuple(lines), len(events[_LISTED:]))


def _short(one: Backtest) -> tuple[str, str, str]:
    if one.ours is None or one.naive is None:
        return "-", "-", "-"
    events = _figure(one.ours.found) if one.events else "no event"
    return _figure(one.ours.right), _figure(one.naive.right), events


def _figure(share: Share) -> str:
    return f"{share.hits:,} of {share.of:,}" if share.of else "none to judge"


def _dots(one: Backtest) -> tuple[Dot, ...]:
    """Which share came true; of anybody without an interval, since its months overlap."""
    if one.ours is None or one.naive is None or one.usual is None:
        return ()
    usual = one.usual.value or 0.0
    shares = (("ours", "graphkit", one.ours.right), ("naive", "naive rule", one.naive.right))
    return (
        *(
            Dot(mark, label, _figure(each), each if each.of else None)
            for mark, label, each in shares
        ),
        Dot("anybody", "anybody", f"{usual:.1%}", one.usual if one.usual.of else None),
    )
