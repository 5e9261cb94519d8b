"""Finding, Evidence and Level: one statement somebody can act on, with what it rests on."""

import dataclasses
import datetime as dt
import enum
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from graphkit.encoded import as_arrow


class Level(enum.StrEnum):
    """How sure a statement is."""

    ALERT = "alert"
    """Holds after correction for how many questions were asked (q <= .10)."""
    WATCH = "watch"
    """p <= .05 taken alone."""
    CANNOT_TELL = "cannot-tell"
    """Too little data; says what would be enough."""


_ALERT, _WATCH = 0.10, 0.05
_ORDER = {Level.ALERT: 0, Level.WATCH: 1, Level.CANNOT_TELL: 2}


def graver(one: Level, other: Level) -> bool:
    """Whether a level is above another: alert above watch above cannot-tell.

    >>> graver(Level.ALERT, Level.WATCH), graver(Level.WATCH, Level.WATCH)
    (True, False)
    """
    return _ORDER[one] < _ORDER[other]


def level_of(p: float, q: float) -> Level | None:
    """Alert, watch, or nothing to say.

    Args:
        p: p-value of the question taken alone.
        q: p-value corrected for how many were asked.
    """
    if q <= _ALERT:
        return Level.ALERT
    return Level.WATCH if p <= _WATCH else None


@dataclasses.dataclass(frozen=True, slots=True)
class Ref:
    """A node that a finding is about."""

    type: str
    id: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its 90 % interval, in a unit."""

    value: float
    low: float
    high: float
    unit: str


def sources_of(frame: pd.DataFrame) -> tuple[str, ...]:
    """The rows of a frame as sorted "file_id:row"; what evidence points to.

    Args:
        frame: Rows of a type with a source.
    """
    if frame.empty:
        return ()
    # A finding cites a few rows, and there are many findings: columns would take longer to set up.
    files, rows = (as_arrow(frame[name]).to_pylist() for name in ("file_id", "row"))
    known = {one for one in zip(files, rows, strict=True) if None not in one}
    return tuple(f"{file}:{row}" for file, row in sorted(known))


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """A figure behind a statement, and the rows ("file_id:row") that it came from."""

    label: str
    value: float | int | str
    unit: str = ""
    sources: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One statement.

    Attributes:
        kind: Such as slowing-customer; see definitions.
        level: alert, watch or cannot-tell.
        subject: Whom or what it is about.
        statement: One sentence in the reader's words.
        as_of: As of which day.
        evidence: The figures it rests on; never empty.
        object: The topic, process or finish it is about as well, if any.
        effect: Estimate with interval; None when it cannot be told.
        p: p-value of the test.
        q: p-value corrected over the family.
        n: Rows or periods that the test used.
        test: The test and its null model, in words.
        advice: What to do about it.
        cypher: A query that lists the rows of its evidence in Neo4j Browser, each with `file` and
            `row`; its only literals are ids, quoted.
        value: What it means in money (ten-thousandths), to rank by; 0 when unknown.
        alarming: Whether it calls for concern: maps ring it, reports put it first. A new leaning is
            as sure as a slowdown, and no reason to worry.
        details: Further facts for reports, JSON-able (members of a cluster, hops of a path).
    """

    kind: str
    level: Level
    subject: Ref
    statement: str
    as_of: dt.date
    evidence: tuple[Evidence, ...]
    object: Ref | None = None
    effect: Effect | None = None
    p: float | None = None
    q: float | None = None
    n: int | None = None
    test: str = ""
    advice: str = ""
    cypher: str = ""
    value: int = 0
    alarming: bool = False
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a finding needs evidence: {self.kind} of {self.subject.name}")

    @property
    def id(self) -> str:
        """Hash of kind, subject and object: the same question has the same id in every run."""
        return finding_id(self.kind, self.subject.id, self.object.id if self.object else "")


def finding_id(kind: str, subject: str, object_: str = "") -> str:
    """The id of the finding that answers one question.

    Args:
        kind: Such as slowing-customer.
        subject: The id of whom or what it is about.
        object_: The id of the topic, process or finish it is about as well, if any.
    """
    return hashlib.sha256(f"{kind}\0{subject}\0{object_}".encode()).hexdigest()[:16]


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Alerts before watches before cannot-tell; more money first; then by kind, name and id."""
    return sorted(
        findings,
        key=lambda one: (_ORDER[one.level], -one.value, one.kind, one.subject.name, one.id),
    )
