"""How `graphkit load --explain` says what an export was taken for."""

import dataclasses
from collections.abc import Iterator, Sequence

from graphkit.cli.context import Context
from graphkit.pipeline.explain import Explained
from graphkit.pipeline.load import told_nothing
from graphkit.schema import MONEY_UNIT

_VERY_SURE = 0.8
REASONS = 5
"""Reasons that are shown of a file; graphkit rejects has all."""


def show_explained(context: Context, found: Sequence[Explained]) -> None:
    """Print what each sheet was taken for: in words, or a row a sheet with --json and --csv."""
    context.emit(
        "explain",
        [_row(one) for one in found],
        text="\n".join(line for one in found for line in _told(context, one)),
    )


def _row(one: Explained) -> dict[str, object]:
    reading, seen, loader = one.reading, one.recognition, one.loader
    rejected = reading.rejected if reading else None
    return {
        "file": one.file,
        "sheet": one.sheet or None,
        "system": loader.system if loader else None,
        "kind": loader.kind if loader else None,
        "loader": loader.name if loader else None,
        "score": seen.score if seen else None,
        "next_best": one.next_best[0] if one.next_best else None,
        "next_best_score": one.next_best[1] if one.next_best else None,
        "columns": [
            {"heading": heading, "field": field, "meaning": seen.meaning.get(field, "")}
            for field, heading in seen.columns.items()
        ]
        if seen
        else [],
        "read_to_complete": list(one.completes),
        "ignored": list(one.unread),
        "looked_into": [name for name, there in one.looked_into.items() if there],
        "would_help": [name for name, there in one.looked_into.items() if not there],
        "notes": list(reading.notes) if reading else [],
        "remarks": dict(reading.remarks) if reading else {},
        "makes_nothing": dict(reading.nothing) if reading else {},
        "rows": reading.rows if reading else None,
        "repeated": reading.repeated if reading else None,
        "rejected": rejected,
        "reasons": [dataclasses.asdict(one) for one in reading.reasons] if reading else [],
        "refused": one.refused or None,
    }


def _told(context: Context, one: Explained) -> Iterator[str]:
    where = f"{one.file} [{one.sheet}]" if one.sheet else one.file
    if one.loader is None or one.recognition is None:
        yield f"{where}: not read"
        yield f"  {one.refused}"
        yield ""
        return
    yield f"{where}: {one.loader.name}, {_how_sure(one)}"
    yield from (f"  {line}" for line in _counted(one))
    columns = [
        {"heading": heading, "becomes": field, "which is": seen, "such as": one.samples[heading]}
        for field, heading in one.recognition.columns.items()
        for seen in [one.recognition.meaning.get(field, "")]
    ]
    if columns:
        yield context.table_text(columns)
    there = [name for name, is_there in one.looked_into.items() if is_there]
    lacking = [name for name, is_there in one.looked_into.items() if not is_there]
    if there:
        yield f"  Completed from: {', '.join(there)}"
    if lacking:
        yield f"  Would be completed by, if loaded with it: {', '.join(lacking)}"
    if one.completes:
        yield f"  Read to complete this or other exports: {', '.join(one.completes)}"
    if one.unread:
        yield f"  Not read: {', '.join(one.unread)}"
    yield ""


def _how_sure(one: Explained) -> str:
    """How well it fits, and what fits next best."""
    score = one.recognition.score if one.recognition else 0.0
    sure = "surely" if score >= _VERY_SURE else "probably"
    if one.next_best is None:
        return f"{sure} ({score:.2f} of 1; nothing else fits)"
    return f"{sure} ({score:.2f} of 1; next best {one.next_best[0]}, {one.next_best[1]:.2f})"


def _counted(one: Explained) -> Iterator[str]:
    reading = one.reading
    if reading is None:
        yield f"cannot be read: {one.refused}"
        return
    rejected = reading.rejected
    loaded = reading.rows - reading.repeated - rejected
    yield (
        f"{reading.rows:,} rows: {loaded:,} would load, {reading.repeated:,} repeat others, "
        f"{rejected:,} would be rejected"
    )
    if reading.first_on:
        yield f"from {reading.first_on} to {reading.last_on}"
    if reading.amount is not None:
        yield f"amounts add up to {reading.amount / MONEY_UNIT:,.2f}"
    yield from (f"rejected: {one}" for one in reading.reasons[:REASONS])
    yield from reading.notes
    yield from (f"{count:,} of them {why}" for why, count in reading.remarks.items())
    yield from [told_nothing(reading.nothing)] * bool(reading.nothing)
