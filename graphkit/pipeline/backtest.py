"""What the alerts of some kinds would have been worth: the shop's own past, month by month."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np

from graphkit import registry
from graphkit.analyses.backtesting import Backtest, Event, Spell, happened, score, spells
from graphkit.analyses.hindsight import AFTER, BEFORE, LOOKED_AT, OUTCOMES, Outcome, all_of
from graphkit.analyses.month_series import Key
from graphkit.errors import UnknownNameError
from graphkit.findings import Level
from graphkit.plugins import Analysis
from graphkit.snapshot import Snapshot
from graphkit.statistics.share import Share
from graphkit.verdicts import CONFIRM, Verdict
from graphkit.workspace import Settings


@dataclasses.dataclass(frozen=True, slots=True)
class _Replay:
    """What was told in each month: by the analysis, and by the naive rule."""

    months: tuple[np.datetime64, ...]
    alerts: list[set[Key]]
    naive: list[set[Key]]


def backtest(
    today: Snapshot,
    back: Callable[[dt.date], Snapshot],
    kinds: Sequence[str],
    settings: Settings,
    said: Sequence[Verdict] = (),
    *,
    permutations: int | None = None,
    tick: Callable[[np.datetime64], None] = lambda _: None,
) -> list[Backtest]:
    """Replay the alerts of some kinds month by month, each with what was known then; judge them.

    A month is looked at once for all kinds, and an analysis runs once a month for all of its own.

    Args:
        today: Everything known, which judges.
        back: What was known on a day.
        kinds: Of finding; all when empty, first those that later months can judge.
        settings: The workspace's, with the options of analyses.
        said: Verdicts; confirmed findings count as events.
        permutations: How many, where the analysis has any; as in the settings when None.
        tick: Told each month before it is replayed.

    Returns:
        One a kind, in that order.

    Raises:
        UnknownNameError: No analysis finds such a kind.
    """
    finders = {kind: one for one in registry.analyses() for kind in one.kinds}
    kinds = kinds or [*OUTCOMES, *sorted(set(finders) - set(OUTCOMES))]
    for kind in kinds:
        if kind not in finders:
            raise UnknownNameError.of("kind of finding", kind, sorted(finders))
    told = {
        kind: _Replay(_replayed(today, OUTCOMES[kind]), [], [])
        for kind in kinds
        if kind in OUTCOMES
    }
    for month in sorted({month for one in told.values() for month in one.months}):
        tick(month)
        then = back(_last_day(month))
        due = [kind for kind, one in told.items() if month in one.months]
        asked = {finders[kind].name: finders[kind] for kind in due}
        alerts: dict[str, set[Key]] = {}
        for one in asked.values():
            alerts |= _alerts(one, then, settings, permutations)
        for kind in due:
            told[kind].alerts.append(alerts.get(kind, set()))
            told[kind].naive.append(_naive(OUTCOMES[kind], then, month))
    return [
        _judged(today, kind, told[kind], said) if kind in told else Backtest(kind, None)
        for kind in kinds
    ]


def _replayed(today: Snapshot, outcome: Outcome) -> tuple[np.datetime64, ...]:
    """The months with enough before them; none where no month has enough after it too.

    The last ones cannot be judged yet, but an alert about what began before them may come in them.
    """
    found = [one for condition in outcome.conditions if (one := condition.series(today))]
    if len(found) < len(outcome.conditions):
        return ()
    begin = max(one.first for one in found) + np.timedelta64(BEFORE + LOOKED_AT - 1, "M")
    end = min(one.first + np.timedelta64(one.sums.shape[1] - 1, "M") for one in found)
    enough = (end - begin).astype(np.int64) >= AFTER
    return tuple(np.arange(begin, end + np.timedelta64(1, "M"))) if enough else ()


def _month_of(said: Verdict) -> np.datetime64:
    """The last month that was whole when a finding was told."""
    tomorrow = np.datetime64(said.claim.as_of) + np.timedelta64(1, "D")
    month: np.datetime64 = tomorrow.astype("datetime64[M]") - np.timedelta64(1, "M")
    return month


def _last_day(month: np.datetime64) -> dt.date:
    day: dt.date = ((month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")).item()
    return day


def _alerts(
    analysis: Analysis, then: Snapshot, settings: Settings, permutations: int | None
) -> dict[str, set[Key]]:
    """What an analysis alerts of, by kind."""
    found: dict[str, set[Key]] = {}
    if then.has(*analysis.needs):
        return found
    options = dict(settings.options.get(analysis.name, {}))
    if permutations is not None and "permutations" in analysis.options:
        options["permutations"] = permutations
    for one in analysis.run(then, **options):
        if one.level is Level.ALERT:
            key = one.subject.id, one.object.id if one.object else ""
            found.setdefault(one.kind, set()).add(key)
    return found


def _naive(outcome: Outcome, then: Snapshot, month: np.datetime64) -> set[Key]:
    """What the naive rule alerts of."""
    answers = [
        one.naive_rule(series, month) if (series := one.series(then)) else {}
        for one in outcome.conditions
    ]
    return {key for key, so in all_of(answers).items() if so}


def _judged(today: Snapshot, kind: str, told: _Replay, said: Sequence[Verdict]) -> Backtest:
    outcome, months = OUTCOMES[kind], told.months
    if not months:
        return Backtest(kind, outcome)
    series = [(one, made) for one in outcome.conditions if (made := one.series(today))]
    truth = [all_of([one.came_true(made, month) for one, made in series]) for month in months]
    usual = [so for each in truth for so in each.values()]
    confirmed = _confirmed(kind, months, said)
    for at, key in confirmed:
        truth[at][key] = True
    events = happened([{key for key, so in each.items() if so} for each in truth])
    ours, theirs = spells(told.alerts), spells(told.naive)
    return Backtest(
        kind,
        outcome,
        months,
        score(ours, events, truth),
        score(theirs, events, truth),
        Share.counted(sum(usual), len(usual)),
        len(confirmed),
        tuple(
            Event(one.key, months[one.first], _when(ours, one, months), _when(theirs, one, months))
            for one in events
        ),
    )


def _confirmed(
    kind: str, months: Sequence[np.datetime64], said: Sequence[Verdict]
) -> set[tuple[int, Key]]:
    number = {month: at for at, month in enumerate(months)}
    return {
        (number[month], (one.claim.subject.id, one.claim.object.id if one.claim.object else ""))
        for one in said
        if (one.kind, one.claim.kind) == (CONFIRM, kind) and (month := _month_of(one)) in number
    }


def _when(
    alerts: Sequence[Spell], event: Spell, months: Sequence[np.datetime64]
) -> np.datetime64 | None:
    about = [one.first for one in alerts if one.meets(event)]
    return months[min(about)] if about else None
