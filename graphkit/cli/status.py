"""What is loaded, how far it reaches, and which questions it can answer."""

import textwrap
from collections.abc import Mapping, Sequence

import click
import pandas as pd

from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.cli.output import table_text
from graphkit.pipeline.questions import Answerable, answerable, most_helpful
from graphkit.schema import MONEY_UNIT, File

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
        questions = answerable(store)
        unfinished = store.unfinished()
    files = _files(books)
    asked = [
        {
            "question": one.question,
            "answerable": one.how_far,
            "command": one.ask,
            "would_help": one.export,
        }
        for one in questions
    ]
    best = most_helpful(questions)
    warnings = [f"The last {unfinished} did not finish: run it again."] if unfinished else []
    context.emit(
        "status",
        files,
        warnings=warnings,
        text="\n".join(
            [
                table_text(files, columns=_SHOWN, title="Files"),
                _asked(questions),
                _last(questions, best),
            ]
        ),
        more={"questions": asked, "would_help_most": best or None},
    )


def _files(books: pd.DataFrame) -> list[Mapping[str, object]]:
    """A row for each file, of several states of one file only the newest."""
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
            "amount": None if row["amount"] is None else row["amount"] / MONEY_UNIT,
            "from": row["first_on"],
            "to": row["last_on"],
        }
        for row in books.astype(object).where(books.notna(), None).to_dict("records")
    ]


def _asked(questions: Sequence[Answerable]) -> str:
    """Each question, how far it is answerable, and the command that answers it or what helps."""
    lines = ["Questions: answerable, and by which command"]
    for one in questions:
        lines.append(f"{one.how_far:6}  {one.question}")
        lines += [f"          {one.ask}"] * (not one.missing)
        lines += _wrapped(f"would help: {one.export}") if one.export else []
    lines += ["", "graphkit query needs Neo4j: graphkit neo4j up, then graphkit neo4j push.", ""]
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 80, initial_indent=" " * 10, subsequent_indent=" " * 12)


def _last(questions: Sequence[Answerable], best: str) -> str:
    if not best:
        return "Every question can be answered."
    waiting = sum(one.export == best for one in questions)
    told = textwrap.fill(best, 80, initial_indent="  ", subsequent_indent="  ")
    return f"What would help most ({waiting} of the questions wait for it):\n{told}"
