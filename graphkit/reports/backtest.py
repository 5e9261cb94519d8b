"""Back-tests as rows and as text."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graphkit.analyses.backtesting import Backtest, Event, Score
from graphkit.analyses.wording import counted, month_name
from graphkit.reports.gist import WIDTH
from graphkit.schema import Finish, Industry, Material, Process
from graphkit.snapshot import Snapshot
from graphkit.statistics.share import Share

_EVENTS = 12
"""Events that a text lists."""


def called(snap: Snapshot) -> dict[str, str]:
    """What subjects and objects of findings are called, by id.

    Args:
        snap: What was known.
    """
    found: dict[str, str] = {}
    for entity in (Material, Finish, Process, Industry):
        rows = snap.frame(entity)
        found |= dict(zip(rows["id"], rows["name"], strict=True))
    return found | snap.names


def score_rows(one: Backtest) -> list[dict[str, Any]]:
    """What graphkit's alerts and those of the naive rule are worth, a row each.

    Shares are left out where there is too little to judge.

    Args:
        one: A back-test.
    """
    rules = {"graphkit": one.ours, "naive rule": one.naive}
    return [
        _score_row(one.kind, rule, each, judged=not one.verdict)
        for rule, each in rules.items()
        if each is not None
    ]


def _score_row(kind: str, rule: str, each: Score, *, judged: bool) -> dict[str, Any]:
    return {
        "kind": kind,
        "rule": rule,
        "alerts": each.right.of + each.open,
        "judged": each.right.of,
        "right": each.right.hits,
        **_share("precision", each.right, judged=judged),
        "events": each.found.of,
        "found": each.found.hits,
        **_share("recall", each.found, judged=judged),
        "lead_months": each.lead,
        "not_judged": each.open,
    }


def _share(name: str, share: Share, *, judged: bool) -> dict[str, Any]:
    told = judged and share.of > 0
    return {name: share.value if told else None, f"{name}_interval": _interval(share, told=told)}


def _interval(share: Share, *, told: bool) -> list[float] | None:
    return [round(share.low, 4), round(share.high, 4)] if told else None


def about(one: Backtest, names: Mapping[str, str]) -> dict[str, Any]:
    """What else is to be said of a back-test: how it was judged, what happened, why it says little.

    Args:
        one: A back-test.
        names: What ids are called.
    """
    return {
        "kind": one.kind,
        "verdict": one.verdict,
        "event": one.outcome.event if one.outcome else None,
        "naive_rule": one.outcome.naive if one.outcome else None,
        "months": [str(month) for month in one.months],
        "came_true_anyway": one.usual.value if one.usual else None,
        "confirmed": one.confirmed,
        "events": [_event_row(event, names) for event in one.events],
    }


def _event_row(event: Event, names: Mapping[str, str]) -> dict[str, Any]:
    subject, object_ = event.key
    return {
        "subject": names.get(subject, subject),
        "object": names.get(object_, object_) or None,
        "month": str(event.month),
        "alert": None if event.alert is None else str(event.alert),
        "naive_rule": None if event.naive is None else str(event.naive),
    }


def backtest_text(one: Backtest, names: Mapping[str, str]) -> str:
    """A back-test in words and a small table.

    Args:
        one: A back-test.
        names: What ids are called.
    """
    if one.outcome is None or one.ours is None or one.naive is None or one.usual is None:
        return f"{one.kind}: {one.verdict}.\n"
    lines = [line for sentence in method(one) for line in _wrapped(sentence)]
    lines += ["", f"{'':27}{'graphkit':>25}  {'naive rule':>25}"]
    lines += [f"{label:27}{ours:>25}  {naive:>25}" for label, ours, naive in table(one)]
    lines += ["", *_wrapped(conclusion(one))]
    if one.events:
        lines += ["", "What happened, and since when there was an alert"]
        lines += [_event(event, names) for event in one.events[:_EVENTS]]
        more = len(one.events) - _EVENTS
        lines += [f"  and {more} more: --json has them all"] * (more > 0)
    return "\n".join(lines) + "\n"


def method(one: Backtest) -> list[str]:
    """How a back-test was made, in sentences.

    Args:
        one: A back-test whose kind can be judged.
    """
    if one.outcome is None or one.usual is None or not one.months:
        return [f"{one.kind}: {one.verdict}."]
    first, last = (month_name(month) for month in (one.months[0], one.months[-1]))
    usual = one.usual.value or 0.0
    confirmed = f" {counted(one.confirmed, 'confirmed finding')} counted as events."
    return [
        f"{one.kind}, replayed from {first} to {last}, each month with what was known at its end.",
        f"An alert came true when in the half-year after it {one.outcome.event}, beside the year"
        " that ended half a year before it, and more than months scatter; what lies between, the"
        f" alert had looked at. That is so of {usual:.1%} of all months and customers, whoever is"
        " alerted." + confirmed * bool(one.confirmed),
        f"The naive rule: {one.outcome.naive}.",
    ]


def conclusion(one: Backtest) -> str:
    """How good the alerts of a kind have been, in a few sentences.

    Args:
        one: A back-test.
    """
    ours, naive = one.ours, one.naive
    if one.verdict or ours is None or naive is None:
        return f"{one.verdict[:1].upper()}{one.verdict[1:]}."
    return (
        f"{_came_true(ours.right)}; of those of the naive rule {naive.right.hits:,} of"
        f" {naive.right.of:,}{_beside(ours.right, naive.right)}. Of"
        f" {counted(ours.found.of, 'event')}, {ours.found.hits:,} had an alert{_early(ours.lead)};"
        f" {naive.found.hits:,} had one of the naive rule{_early(naive.lead)}."
    )


def _came_true(share: Share) -> str:
    if not share.of:
        return "No alert can be judged yet"
    return f"{share.hits:,} of {counted(share.of, 'alert')} that can be judged came true"


def _beside(ours: Share, naive: Share) -> str:
    """Which of two rules is right more often, where their intervals lie apart."""
    if not ours.of or not naive.of:
        return ""
    if ours.low > naive.high:
        return ", so ours is right more often"
    if naive.low > ours.high:
        return ", so that one is right more often"
    return "; which is right more often cannot be told from so few"


def _early(lead: float | None) -> str:
    """How early, from the first alert to when the books show it to anybody."""
    plain = "half a year of it was in the books"
    if lead is None:
        return ""
    if lead == 0:
        return f", half of them no earlier than when {plain}"
    when = "before" if lead > 0 else "after"
    return f", the typical one {abs(lead):g} month{'s' * (abs(lead) != 1)} {when} {plain}"


def table(one: Backtest) -> list[tuple[str, str, str]]:
    """Label, graphkit's figure and the naive rule's, a row each.

    Args:
        one: A back-test that has scores.
    """
    ours, naive = one.ours, one.naive
    if ours is None or naive is None:
        return []
    both = (ours, naive)
    judged = not one.verdict
    return [
        _row("alerts", [f"{each.right.of + each.open:,}" for each in both]),
        _row("of these too early to judge", [f"{each.open:,}" for each in both]),
        _row("of the others came true", [_shown(each.right, judged=judged) for each in both]),
        _row("events with an alert", [_shown(each.found, judged=judged) for each in both]),
        _row("months before it was plain", [_lead(each) for each in both]),
    ]


def _row(label: str, figures: Sequence[str]) -> tuple[str, str, str]:
    ours, naive = figures
    return label, ours, naive


def _shown(share: Share, *, judged: bool) -> str:
    counts = f"{share.hits} of {share.of}"
    if not judged or share.value is None:
        return counts
    return f"{counts}, {share.value:.0%} [{share.low:.0%} to {share.high:.0%}]"


def _lead(score: Score) -> str:
    if score.lead is None:
        return "-"
    return f"{score.lead:g} ({min(score.leads)} to {max(score.leads)})"


def _event(event: Event, names: Mapping[str, str]) -> str:
    told = (event.alert, event.naive)
    alert, naive = ("none" if one is None else month_name(one) for one in told)
    return f"  {happened_to(event, names)}; alert {alert}, naive rule {naive}"


def happened_to(event: Event, names: Mapping[str, str]) -> str:
    """To whom something happened, and since when.

    Args:
        event: It.
        names: What ids are called.
    """
    subject, object_ = event.key
    what = f" ({names.get(object_, object_)})" if object_ else ""
    since = month_name(event.month + np.timedelta64(1, "M"))
    return f"{names.get(subject, subject)}{what}: from {since}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_on_hyphens=False)
