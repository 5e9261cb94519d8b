"""Numbers behind sentences, and what each number stands for: rows of files, or a finding."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from graphkit.analyses.profiling.sentences import Section, Sentence
from graphkit.findings import Finding
from graphkit.reports.rows import rows_by_file
from graphkit.reports.text import figures


@dataclasses.dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a file that a sentence rests on.

    Attributes:
        label: Which figure they are behind; empty when they are behind the sentence.
        file: Name of the file.
        count: How many.
        rows: Which, such as "3-7, 12".
    """

    label: str
    file: str
    count: int
    rows: str


@dataclasses.dataclass(frozen=True, slots=True)
class Note:
    """What a number behind a sentence stands for.

    Attributes:
        number: The number.
        head: In words: a finding with its figures, or a decision; empty where rows say all.
        rows: Where it was read.
    """

    number: int
    head: str
    rows: tuple[Rows, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Cited:
    """A sentence with the number of its source; None where it says that nothing is known."""

    sentence: Sentence
    number: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A section with numbered sentences."""

    section: Section
    sentences: tuple[Cited, ...]


class Citations:
    """Numbers the sources of sentences in the order in which they are met, each once.

    Args:
        files: File name by file_id.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._numbers: dict[object, int] = {}
        self.notes: list[Note] = []

    def part(self, section: Section) -> Part:
        """A section with its sentences numbered.

        Args:
            section: A section.
        """
        return Part(section, tuple(self.cited(one) for one in section.sentences))

    def cited(self, sentence: Sentence) -> Cited:
        """A sentence with its number.

        Args:
            sentence: A sentence.
        """
        return Cited(sentence, self._number(sentence))

    def _number(self, sentence: Sentence) -> int | None:
        if not (sentence.sources or sentence.finding or sentence.basis):
            return None
        found = sentence.finding
        key = (sentence.sources, sentence.basis, found.id if found else "")
        if key not in self._numbers:
            self._numbers[key] = len(self.notes) + 1
            rows = self._rows("", sentence.sources) + (self._evidence(found) if found else ())
            head = _finding(found) if found else sentence.basis
            self.notes.append(Note(self._numbers[key], head, rows))
        return self._numbers[key]

    def _rows(self, label: str, sources: Sequence[str]) -> tuple[Rows, ...]:
        counts: dict[str, int] = {}
        for source in set(sources):
            file_id = source.rpartition(":")[0]
            name = self._files.get(file_id, file_id)
            counts[name] = counts.get(name, 0) + 1
        return tuple(
            Rows(label, name, counts[name], rows)
            for name, rows in rows_by_file(sources, self._files).items()
        )

    def _evidence(self, found: Finding) -> tuple[Rows, ...]:
        parts = [
            self._rows(f"{one.label}: {one.value} {one.unit}".strip(), one.sources)
            for one in found.evidence
        ]
        return tuple(rows for part in parts for rows in part)


def _finding(found: Finding) -> str:
    shown = figures(found)
    parts = [f"Finding {found.kind} ({found.level})", *[shown] * bool(shown)]
    return ": ".join(parts) + f". {found.test}".rstrip(". ") + "."


def sentence_row(sentence: Sentence, files: Mapping[str, str]) -> dict[str, Any]:
    """A sentence with its sources, as --json prints it.

    Args:
        sentence: A sentence.
        files: File name by file_id.
    """
    found = sentence.finding
    return {
        "sentence": sentence.text,
        "unknown": sentence.unknown,
        "quote": sentence.quote,
        "advice": sentence.advice,
        "rows": rows_by_file(sentence.sources, files),
        "finding": None
        if found is None
        else {"id": found.id, "kind": found.kind, "level": found.level.value},
        "basis": sentence.basis,
    }
