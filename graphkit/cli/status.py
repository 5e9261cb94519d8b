"""What is loaded, how far it reaches, and which questions it can answer."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import click
import pandas as pd

from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.pipeline.conflicts import conflicts, counted_once, counted_once_text
from graphkit.pipeline.corrections import still_rejected
from graphkit.pipeline.load import told_nothing
from graphkit.pipeline.questions import Answerable, answerable, most_helpful, unfinished_month
from graphkit.schema import MONEY_UNIT, File
from graphkit.snapshot import Snapshot, latest_day
from graphkit.store.base import GraphStore

_WIDTH = 80
_NEO4J = """\
graphkit query asks Neo4j. It needs no server of yours: graphkit neo4j up
fetches and starts one on this machine, graphkit neo4j push copies the graph
into it. All else works without."""
_SHOWN = ("file", "loaded", "repeated", "rejected", "from", "to")


@click.command("status")
@results
@click.pass_obj
def command(context: Context) -> None:
    """Show each file with its counts and days, then which questions can be answered.

    \b
    Examples:
      graphkit status
      graphkit status --json
    """
    with context.open_store() as store:
        books = store.read(File)
        still = still_rejected(store)
        questions = answerable(store)
        unfinished = store.unfinished()
        warnings = _unfinished(store) if len(books) else []
        repeats, disputed = counted_once(store), conflicts(store)
    files = _files(books, still)
    best = most_helpful(questions)
    parts = [
        context.table_text([*map(_shown, files)], columns=_SHOWN, title="Files"),
        _states(files),
        _nothing(files),
        counted_once_text(repeats, disputed),
        _asked(questions, neo4j="://" in context.workspace().store),
        _last(questions, best),
    ]
    warnings += [f"The last {unfinished} did not finish: run it again."] * bool(unfinished)
    warnings += _unreconciled(files)
    more = {
        "questions": [*map(_question, questions)],
        "would_help_most": best or None,
        "counted_once": repeats,
        "conflicts": disputed,
    }
    context.emit("status", files, warnings=warnings, text="\n".join(filter(None, parts)), more=more)


def _question(one: Answerable) -> dict[str, object]:
    """A question as JSON has it."""
    return {
        "question": one.question,
        "answerable": one.how_far,
        "command": one.ask,
        "recipe": one.recipe or None,
        "without_neo4j": one.without or None,
        "would_help": one.export,
    }


def _files(books: pd.DataFrame, still: Mapping[str, int]) -> list[Mapping[str, Any]]:
    """A row for each file, of several states of one file only the newest.

    Args:
        books: The stored Files.
        still: How many of their rejected rows nobody has corrected yet, by id.
    """
    books = books.sort_values("loaded_at", kind="stable")
    books = books.drop_duplicates(["instance", "kind", "path"], keep="last")
    books = books.sort_values(["system", "kind", "path"])
    return [
        {
            "file": row["path"],
            "system": row["instance"],
            "kind": row["kind"],
            "read": row["rows"],
            "loaded": row["loaded"],
            "repeated": row["repeated"],
            "rejected": row["rejected"],
            "makes_nothing": json.loads(row["nothing"] or "{}"),
            "corrected": row["rejected"] - still.get(row["id"], 0),
            "amount": _money(row["amount"]),
            "stated": _money(row["stated"]),
            "from": row["first_on"],
            "to": row["last_on"],
            "replaces": [] if row["replaces"] is None else [*row["replaces"]],
        }
        for row in books.astype(object).where(books.notna(), None).to_dict("records")
    ]


def _shown(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row of the table: rejected rows that a corrected file made up for are said to be."""
    if not one["corrected"]:
        return one
    return {**one, "rejected": f"{one['rejected']:,} ({one['corrected']:,} corrected)"}


def _states(files: Sequence[Mapping[str, Any]]) -> str:
    """A line for each file that is a newer state of others: what both have is counted once."""
    older = {(one["system"], one["kind"], name) for one in files for name in one["replaces"]}
    lines = [
        line
        for one in files
        if one["replaces"] and (one["system"], one["kind"], one["file"]) not in older
        for line in textwrap.wrap(
            f"{one['file']} is a newer state of {', '.join(one['replaces'])}: what both list is in "
            "the graph once.",
            _WIDTH,
            subsequent_indent="  ",
        )
    ]
    return "\n".join([*lines, ""]) if lines else ""


def _nothing(files: Sequence[Mapping[str, Any]]) -> str:
    """A line for each file of which rows make nothing of their own, with what those are."""
    lines = [
        line
        for one in files
        if one["makes_nothing"]
        for line in textwrap.wrap(
            f"{one['file']}: {one['loaded']:,} rows loaded, {told_nothing(one['makes_nothing'])}",
            _WIDTH,
            subsequent_indent="  ",
        )
    ]
    return "\n".join(["Loaded rows of which nothing is made", *lines, ""]) if lines else ""


def _unfinished(store: GraphStore) -> list[str]:
    """The month that comparisons leave out, since it is not over."""
    return [*filter(None, [unfinished_month(Snapshot(store, latest_day(store)))])]


def _money(units: int | None) -> float | None:
    return None if units is None else units / MONEY_UNIT


def _unreconciled(files: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line for each file whose own total is not what was loaded of it."""
    lines = []
    for one in files:
        if None in (one["stated"], one["amount"]) or one["stated"] == one["amount"]:
            continue
        why = f"; {one['rejected']:,} rows were rejected" * bool(one["rejected"])
        lines.append(
            f"{one['file']} says that its amounts add up to {one['stated']:,.2f}; loaded are "
            f"{one['amount']:,.2f}{why}"
        )
    return lines


def _asked(questions: Sequence[Answerable], *, neo4j: bool) -> str:
    """Each question, how far it is answerable, and the command that answers it or what helps.

    Args:
        questions: The questions.
        neo4j: Whether the graph is in Neo4j, so that its recipes run as they stand.
    """
    lines = ["Questions: answerable, and by which command"]
    for one in questions:
        lines.append(f"{one.how_far:6}  {one.question}")
        if not one.missing:
            lines.append(f"          {one.ask}")
            lines += (
                _wrapped(f"  without Neo4j: {one.without}") if one.without and not neo4j else []
            )
        lines += _wrapped(f"would help: {one.export}") if one.export else []
    lines += ["", *([] if neo4j else [_NEO4J, ""])]
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 12)


def _last(questions: Sequence[Answerable], best: str) -> str:
    if not best:
        return "Every question can be answered."
    waiting = sum(one.export == best for one in questions)
    told = textwrap.fill(best, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    return f"What would help most ({waiting} of the questions wait for it):\n{told}"
