"""Pipelines and a short way to read one text, shared by the tests of nlp."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from nlp.components.document import Context, Reading
from nlp.components.pipeline import Known, build, read_all
from nlp.model import chosen_model

COMPANIES = (
    ("c1", "Tilden Ratchet, Inc."),
    ("c2", "Osprey Cylinder LLC"),
    ("c3", "Granite Peak Gear"),
    ("c4", "Granite Harbor Gear"),
    ("c5", "Brass Lantern Works"),
    ("c5", "Brasslantern"),
    ("c6", "Standard"),
)
PEOPLE = (
    ("p1", "Dale Whitcomb", "c1"),
    ("p2", "Ruth Ames", "c2"),
    ("p3", "Ruth Ames", "c3"),
    ("e1", "Mo Jansen", ""),
)


@dataclass(frozen=True)
class Read:
    """A reading in words: what a test compares."""

    text: str
    reading: Reading

    def found(self, label: str) -> list[str]:
        return [one.canonical for one in self.reading.mentions if one.label == label]

    def surfaces(self, label: str) -> list[str]:
        return [
            self.text[one.start : one.end] for one in self.reading.mentions if one.label == label
        ]

    def nodes(self, label: str) -> list[str | None]:
        return [one.node for one in self.reading.mentions if one.label == label]

    def said(self, label: str) -> list[tuple[str, str, str]]:
        return [
            (self._name(one.head), self._name(one.tail), one.polarity)
            for one in self.reading.relations
            if one.label == label
        ]

    def _name(self, index: int) -> str:
        return {-1: "US", -2: "ACCOUNT"}.get(index) or self.reading.mentions[index].canonical


Reader = Callable[..., Read]


@pytest.fixture(scope="session")
def read() -> Reader:
    nlp = build(chosen_model(), Known(COMPANIES, PEOPLE, ("trepanning",)))

    def one(
        text: str, *, kind: str = "note", date: str = "2025-03-10", account: str | None = None
    ) -> Read:
        context = Context("t", kind, dt.date.fromisoformat(date), account)
        clean, reading = next(iter(read_all(nlp, [(text, context)])))
        return Read(clean.text, reading)

    return one
