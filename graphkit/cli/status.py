"""What is loaded, how far it reaches, and which questions it can answer."""

import click

from graphkit.cli.context import Context
from graphkit.pipeline.questions import answerable, most_helpful
from graphkit.schema import MONEY_UNIT, File


@click.command("status")
@click.pass_obj
def command(context: Context) -> None:
    """Show each file with its counts and days, then which questions can be answered.

    \b
    Examples:
      graphkit status
      graphkit status --json
    """
    with context.open_store() as store:
        books = store.read(File).sort_values(["system", "kind", "path"])
        questions = answerable(store)
        unfinished = store.unfinished()
    files = [
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
    warnings = [f"The last {unfinished} did not finish: run it again."] if unfinished else []
    shown = ("file", "kind", "loaded", "repeated", "rejected", "from", "to")
    context.emit("status", files, columns=shown, title="Files", warnings=warnings)
    if context.form != "table":
        return
    context.emit(
        "questions",
        [
            {
                "question": one.question,
                "answerable": "no" if one.missing else "yes",
                "would help": one.export,
            }
            for one in questions
        ],
        title="Questions",
    )
    best = most_helpful(questions)
    if best:
        context.say(f"The one export that would help most: {best}.")
