"""What people said of findings: dismissed until it gets worse, or confirmed."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from graphkit.changes import outside
from graphkit.findings import Effect, Finding, Level, Ref, finding_id, graver

DISMISS: Final = "dismiss"
CONFIRM: Final = "confirm"
VERDICTS: Final = (DISMISS, CONFIRM)
"""Kinds of decisions about findings."""


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """What a finding said when somebody judged it.

    Attributes:
        kind: Such as slowing-customer.
        subject: Whom or what it is about.
        object: What it is about as well, if anything.
        level: Its level.
        effect: Its effect with interval; None when it could not be told.
        as_of: As of which day.
    """

    kind: str
    subject: Ref
    object: Ref | None
    level: Level
    effect: Effect | None
    as_of: dt.date

    @classmethod
    def of(cls, finding: Finding) -> "Claim":
        """What a finding says."""
        one = finding
        return cls(one.kind, one.subject, one.object, one.level, one.effect, one.as_of)

    @property
    def id(self) -> str:
        """The id of the finding."""
        return finding_id(self.kind, self.subject.id, self.object.id if self.object else "")

    def __str__(self) -> str:
        what = f" ({self.object.name})" if self.object else ""
        return f"{self.kind}{what}: {self.subject.name}"

    def still_covers(self, finding: Finding) -> bool:
        """Whether a finding says no more than this did: no graver, its effect in the interval."""
        if graver(finding.level, self.level):
            return False
        if self.effect is None or finding.effect is None:
            return True
        return not outside(finding.effect.value, self.effect.low, self.effect.high)


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """A finding that somebody dismissed or confirmed.

    Attributes:
        kind: dismiss or confirm.
        claim: What the finding said then.
        why: Why, as it was typed; may be empty.
        who: Who decided.
        at: When.
        key: Id of the decision.
    """

    kind: str
    claim: Claim
    why: str
    who: str
    at: dt.datetime
    key: str

    def columns(self) -> dict[str, object]:
        """The verdict as a row of schema.Decision; figures as they are, names as text."""
        value = {**dataclasses.asdict(self.claim), "why": self.why}
        value["as_of"] = self.claim.as_of.isoformat()
        return {
            "id": self.key,
            "kind": self.kind,
            "first": self.claim.id,
            "value": json.dumps(value, ensure_ascii=False),
            "who": self.who,
            "at": self.at,
        }


def verdicts(decisions: pd.DataFrame, moved: Mapping[str, str]) -> list[Verdict]:
    """What people said of findings, oldest first.

    Args:
        decisions: Frame of schema.Decision; other kinds are left out.
        moved: Ids of companies that took over from others, by the id that was retired: a verdict
            goes with its customer.
    """
    rows = decisions[decisions["kind"].isin(VERDICTS)].sort_values(["at", "id"])
    return [
        Verdict(
            kind=str(row["kind"]),
            claim=_claim(held := json.loads(row["value"]), moved),
            why=held["why"],
            who=str(row["who"]),
            at=row["at"],
            key=str(row["id"]),
        )
        for row in rows.to_dict("records")
    ]


def _claim(held: Mapping[str, Any], moved: Mapping[str, str]) -> Claim:
    subject, object_, effect = (held[name] for name in ("subject", "object", "effect"))
    return Claim(
        held["kind"],
        Ref(**subject | {"id": moved.get(subject["id"], subject["id"])}),
        Ref(**object_) if object_ else None,
        Level(held["level"]),
        Effect(**effect) if effect else None,
        dt.date.fromisoformat(held["as_of"]),
    )


def latest(said: Iterable[Verdict]) -> dict[str, Verdict]:
    """The last word on each finding, by its id.

    Args:
        said: Verdicts, oldest first.
    """
    return {one.claim.id: one for one in said}


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """Findings, and those of them that are dismissed.

    Attributes:
        told: Findings to show.
        dismissed: Findings that somebody dismissed and that say no more than they did then.
    """

    told: list[Finding]
    dismissed: list[Finding]


def judged(findings: Sequence[Finding], said: Iterable[Verdict]) -> Judged:
    """Findings without those that are dismissed, and those.

    Args:
        findings: What was found.
        said: Verdicts, oldest first; the last word on a finding counts.
    """
    words = latest(said)
    found = Judged([], [])
    for one in findings:
        word = words.get(one.id)
        holds = word is not None and word.kind == DISMISS and word.claim.still_covers(one)
        (found.dismissed if holds else found.told).append(one)
    return found
