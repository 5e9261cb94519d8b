"""Findings as rows for JSON, CSV and tables."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from graphkit.declaration import MONEY_UNIT
from graphkit.findings import Evidence, Finding, Ref


def finding_row(
    finding: Finding, files: Mapping[str, str], *, dismissed: bool = False
) -> dict[str, Any]:
    """A finding as what `findings --json` prints.

    Args:
        finding: The finding.
        files: File name by file_id.
        dismissed: Whether somebody dismissed it.
    """
    effect = finding.effect
    return {
        "id": finding.id,
        "kind": finding.kind,
        "level": finding.level.value,
        "subject": _ref(finding.subject),
        "object": _ref(finding.object),
        "statement": finding.statement,
        "effect": None if effect is None else effect.value,
        "interval": None if effect is None else [effect.low, effect.high],
        "unit": None if effect is None else effect.unit,
        "p": finding.p,
        "q": finding.q,
        "n": finding.n,
        "test": finding.test,
        "as_of": finding.as_of,
        "evidence": [evidence_row(one, files) for one in finding.evidence],
        "advice": finding.advice,
        "at_stake": finding.value / MONEY_UNIT if finding.value else None,
        "cypher": finding.cypher,
        "details": dict(finding.details),
        "dismissed": dismissed,
    }


def _ref(ref: Ref | None) -> dict[str, str] | None:
    return None if ref is None else {"type": ref.type, "id": ref.id, "name": ref.name}


def evidence_row(evidence: Evidence, files: Mapping[str, str]) -> dict[str, Any]:
    """A figure with its rows by file, such as {"orders.csv": "3-7, 12"}."""
    return {
        "label": evidence.label,
        "value": evidence.value,
        "unit": evidence.unit,
        "rows": rows_by_file(evidence.sources, files),
    }


def rows_by_file(sources: Sequence[str], files: Mapping[str, str]) -> dict[str, str]:
    """Rows by file name, with runs of neighbours written as a range.

    Args:
        sources: "file_id:row" each.
        files: File name by file_id.

    >>> rows_by_file(["f1:3", "f1:4", "f1:5", "f1:9"], {"f1": "orders.csv"})
    {'orders.csv': '3-5, 9'}
    """
    by_file: dict[str, list[int]] = {}
    for source in sources:
        file_id, _, row = source.rpartition(":")
        by_file.setdefault(files.get(file_id, file_id), []).append(int(row))
    return {name: _ranges(sorted(set(rows))) for name, rows in sorted(by_file.items())}


def rows_told(sources: Sequence[str], files: Mapping[str, str], *, most: int = 8) -> list[str]:
    """Rows as people name them, those of each file together; of many the first ones.

    Args:
        sources: "file_id:row" each.
        files: File name by file_id.
        most: Rows and ranges of one file to name.

    >>> rows_told(["f1:3", "f1:4", "f1:9", "f1:12"], {"f1": "orders.csv"}, most=2)
    ['orders.csv row 3-4, 9 and 1 more']
    """
    if len(sources) == 1:  # most ties of a large network have one
        file_id, _, row = sources[0].rpartition(":")
        return [f"{files.get(file_id, file_id)} row {row}"]
    told = []
    for name, rows in rows_by_file(sources, files).items():
        ranges = rows.split(", ")
        left = sum(_length(one) for one in ranges[most:])
        told.append(f"{name} row {', '.join(ranges[:most])}" + f" and {left:,} more" * (left > 0))
    return told


def _length(rows: str) -> int:
    first, _, last = rows.partition("-")
    return int(last or first) - int(first) + 1


def _ranges(rows: Sequence[int]) -> str:
    parts = []
    for _, run in itertools.groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [row for _, row in run]
        first, last = numbers[0], numbers[-1]
        parts.append(str(first) if first == last else f"{first}-{last}")
    return ", ".join(parts)
