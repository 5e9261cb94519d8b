"""What is read from notes and posts: see it, judge it, and which model reads."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import click

from graphkit import registry
from graphkit.cli.context import Context
from graphkit.cli.options import output, redact, results, rows_only
from graphkit.errors import AccessRefusedError, GraphkitError
from graphkit.plugins import TextToShow
from graphkit.privacy.readings import redacted_readings

_COLOURS = ("cyan", "green", "yellow", "magenta", "blue", "red")
_KINDS = ("note", "call", "email", "anecdote", "post", "project")
_NOBODY = (
    "It says nothing of a company: none is named. --account NAME tells under which one it is filed."
)
_model = click.option(
    "--model",
    default="",
    metavar="NAME",
    help="Language model, or a folder of nlp train; 'rules' for none (see nlp info).",
)
_companies = click.option(
    "--companies",
    type=click.Path(path_type=Path),
    help="File with the names of your companies, one a line.",
)


@click.group("nlp")
def command() -> None:
    """Show and judge what is read from texts, apart from any workspace.

    \b
    Examples:
      graphkit nlp show "Aurora Falls Bearings: 250 pcs 17-4, bore +/-.0005, by EOM"
      graphkit nlp info
    """


@command.command("info")
@_model
@results
@click.pass_obj
def info(context: Context, *, model: str) -> None:
    """Say which language model reads, and where it comes from.

    \b
    Examples:
      graphkit nlp info
      graphkit nlp info --model rules
    """
    rows = registry.text_reader().models(model)
    warnings = [str(one["warning"]) for one in rows if one["chosen"] and one["warning"]]
    shown = [{key: value for key, value in one.items() if key != "warning"} for one in rows]
    context.emit("nlp-info", shown, title="Language models", warnings=warnings)


@command.command("show")
@click.argument("text")
@click.option("--account", metavar="NAME", help="Company under which it is filed, or who posts it.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Day it was written; else today.")
@click.option("--kind", type=click.Choice(_KINDS), default=_KINDS[0], show_default=True)
@_companies
@_model
@click.option("--html", "as_page", is_flag=True, help="A page to look at in a browser.")
@redact
@results
@click.pass_obj
def show(context: Context, /, *, text: str, **how: Any) -> None:
    """Show what would be read from TEXT, and how sure each fact is.

    \b
    Examples:
      graphkit nlp show "Aurora Falls Bearings is slow to pay, might skip IMTS next yr"
      graphkit nlp show "Pays late, wants 40 pcs" --account "Aurora Falls Bearings"
      graphkit nlp show "Net 30, 500 ea of 303" --html -o read.html
    """
    reader, companies = registry.text_reader(), _names(how["companies"])
    written = how["date"].date() if how["date"] else dt.datetime.now(dt.UTC).date()
    wanted = TextToShow(text, how["kind"], written, how["account"])
    found = reader.show(wanted, companies, how["model"])
    if context.redact:
        [found] = redacted_readings([found], companies)
    if how["as_page"]:
        with context.out() as stream:
            stream.write(reader.page(found))
        return
    rows = [_fact_row(found, one, how["account"]) for one in _list(found, "relations")]
    named = how["account"] or any(one["label"] == "COMPANY" for one in _list(found, "entities"))
    hint = [] if rows or named else [_NOBODY]
    if context.form in {"json", "csv"}:
        more = found if context.form == "json" else {}
        context.emit("nlp-show", rows, warnings=hint, more=more)
        return
    with context.out() as stream:
        _write_read(context, stream, found, rows)
    for line in hint:
        context.say(line)


@command.command("extract")
@click.argument("texts", type=click.Path(path_type=Path))
@_companies
@_model
@redact
@output
@click.pass_obj
def extract(context: Context, texts: Path, *, companies: Path | None, model: str) -> None:
    """Write what is read from each line of TEXTS.

    TEXTS holds a JSON object a line: id and text, and what else is known of it (docs/texts.md).

    \b
    Examples:
      graphkit nlp extract texts.jsonl --companies customers.txt -o read.jsonl
    """
    lines = registry.text_reader().extract(texts, _names(companies), model)
    if context.redact:
        read = redacted_readings([json.loads(line) for line in lines], _names(companies))
        lines = iter([json.dumps(one, ensure_ascii=False) for one in read])
    with context.out() as stream:
        for line in lines:
            stream.write(f"{line}\n")


@command.command("evaluate")
@click.argument("labelled", type=click.Path(path_type=Path))
@_companies
@_model
@results
@click.pass_obj
def evaluate(context: Context, labelled: Path, *, companies: Path | None, model: str) -> None:
    """Compare what is read with LABELLED texts.

    Their form is told in docs/texts.md. Shown are precision, recall and F1 of each label, and the
    90 % interval of F1 over texts drawn with replacement. "Pattern labels" are figures, shows and
    words of the lexicon files. Facts and signals are judged twice: with the labelled names given,
    and end to end, where a name that is not found costs its facts too. The last line counts negated
    and hedged facts, and how many of them were taken for asserted.

    \b
    Examples:
      graphkit nlp evaluate labelled.jsonl
      graphkit nlp evaluate labelled.jsonl --companies customers.txt --json
    """
    rows = registry.text_reader().evaluate(labelled, _names(companies), model)
    context.emit("nlp-evaluate", rows, title="How well texts are read")


@command.command("train")
@click.argument("labelled", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--into",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Where to write the model.",
)
@_companies
@_model
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of draws.")
@rows_only
@click.pass_obj
def train(context: Context, /, labelled: Path, into: Path, **how: Any) -> None:
    """Train a language model on your LABELLED texts.

    It learns names of companies and people, and labels of your own, from four fifths of the texts
    (docs/texts.md). The last fifth says when to stop, and how well names are read before and after.

    \b
    Examples:
      graphkit nlp train labelled.jsonl --into shop-model
      graphkit nlp train labelled.jsonl --into shop-model --companies customers.txt --seed 1
    """
    companies = _names(how["companies"])
    made = registry.text_reader().train(labelled, into, companies, how["model"], how["seed"])
    more = {key: value for key, value in made.items() if key not in {"scores", "notes"}}
    notes = [str(one) for one in _list(made, "notes")]
    read = (
        f"Trained on {made['texts']} texts; these figures are of {made['aside']} others, which "
        f"also said when to stop. Use it with --model {into}"
    )
    title = "Names found before and after training"
    rows = _list(made, "scores")
    context.emit("nlp-train", rows, title=title, warnings=[*notes, read], more=more)


def _names(path: Path | None) -> list[str]:
    """The names in a file, one a line."""
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise GraphkitError("this is no UTF-8 text", where=str(path)) from error
    except OSError as error:
        raise AccessRefusedError(f"cannot be read: {error.strerror}", where=str(path)) from error
    return [line.strip() for line in lines if line.strip()]


def _list(found: Mapping[str, object], key: str) -> list[Any]:
    value = found[key]
    return list(value) if isinstance(value, list) else []


def _fact_row(
    found: Mapping[str, object], fact: list[Any], account: str | None
) -> dict[str, object]:
    """A fact with names instead of places."""
    head, label, tail, polarity, sure = fact
    entities = _list(found, "entities")

    def name(end: int | str) -> str:
        if end == "ACCOUNT" and account:
            return account
        return str(entities[end]["canonical"]) if isinstance(end, int) else str(end)

    return {"who": name(head), "says": label, "what": name(tail), "meant": polarity, "sure": sure}


def _write_read(
    context: Context, stream: TextIO, found: Mapping[str, object], rows: list[dict[str, object]]
) -> None:
    """The text with its mentions in colour, each with its label, and below what it says."""
    text, at = str(found["text"]), 0
    entities = _list(found, "entities")
    labels = sorted({str(one["label"]) for one in entities})
    pieces: list[tuple[str, str]] = []
    for one in sorted(entities, key=lambda each: int(each["start"])):
        colour = _COLOURS[labels.index(one["label"]) % len(_COLOURS)]
        surface = text[one["start"] : one["end"]]
        told = [*([one["canonical"]] if one["canonical"] != surface else []), *one["kind_of"]]
        pieces += [
            (text[at : one["start"]], ""),
            (surface, f"bold {colour}"),
            (f"[{' '.join([one['label'], ', '.join(told)]).rstrip()}]", colour),
        ]
        at = int(one["end"])
    context.screen.show_marked([*pieces, (text[at:], "")], stream)
    if rows:
        context.write_text(context.table_text(rows, title="What it says"), stream)
    else:
        stream.write("\n")
