"""Whether interest spreads between companies in contact, topic by topic, and who is exposed."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.analyses.spreading.measure import Spread, Spreads
    from graphkit.findings import Finding
    from graphkit.snapshot import Snapshot

_WIDTH = 100
_ALL = "all topics"
_ALIKE = (
    "Companies in contact are alike and hear of the same things at the same time: that one came"
    " after the other does not show that it came from it."
)


@click.command("spread")
@as_of
@redact
@results
@click.pass_obj
def command(context: Context) -> None:
    """Show whether interest in topics spreads between companies in contact, and who is exposed.

    In contact is who follows, likes or shares, or has a project for somebody. after: first signs of
    interest within three months after a contact's; expected: as many by chance, their days
    shuffled. auc: how often exposure told which of two companies took a topic up next, where .5 is
    a coin.

    \b
    Examples:
      graphkit spread
      graphkit spread --csv
    """
    from graphkit.analyses.spreading.measure import spread_of_interest
    from graphkit.pipeline.analyse import analyse
    from graphkit.pipeline.questions import cautions
    from graphkit.reports.rows import finding_row

    settings = context.workspace().settings
    options = settings.options.get("spread", {})
    with context.open_store() as store:
        snap = context.snapshot(store)
        told = analyse(snap, settings, ["spread"])  # refuses options that there are not
        known = ("draws", "months", "seed")
        given = {name: value for name, value in options.items() if name in known}
        found = spread_of_interest(snap, **given)
        warnings = [*cautions(store, snap, ["spread"]), _ALIKE]
        told.sort(key=lambda one: one.details.get("rank", 0))
        findings = [finding_row(one, snap.files) for one in told]
    rows = [] if found is None else _rows(found)
    said = _said(found, given.get("months", 3))
    table = context.table_text(rows, title="First signs of interest").rstrip()
    lines = [*([said] if said else []), *_exposed(told, snap)]
    text = "\n".join(textwrap.fill(line, _WIDTH, subsequent_indent="   ") for line in lines)
    more = {"told": said, "findings": findings}
    context.emit(
        "spread",
        rows,
        as_of=snap.as_of,
        text=f"As of {snap.as_of}\n\n{table}\n\n{text}",
        warnings=warnings,
        more=more,
    )


def _exposed(told: "Sequence[Finding]", snap: "Snapshot") -> Iterator[str]:
    """A line a company and topic, the most exposed first; or why it cannot be told."""
    from graphkit.analyses.spread import named

    if any(one.object for one in told):
        yield "Most exposed to what they have shown no interest in yet:"
    for one in told:
        if one.object is None:
            yield f"{one.statement} {one.advice}"
        else:
            who = named(snap, one.details["contacts"])
            yield f"{one.details['rank']:>2}. {one.subject.name}: {one.object.name}, as {who} did"


def _rows(found: "Spreads") -> list[dict[str, Any]]:
    """One row a topic, the one that most took up first, then all together."""
    named = [(ref.name, one) for ref, one in zip(found.names, found.topics, strict=True)]
    named.sort(key=lambda one: (-one[1].adoptions, one[0]))
    return [_row(name, one) for name, one in [*named, (_ALL, found.whole)]]


def _row(name: str, one: "Spread") -> dict[str, Any]:
    auc = one.auc
    return {
        "topic": name,
        "adoptions": one.adoptions,
        "with_contacts": one.could,
        "after": one.after,
        "expected": round(one.expected, 1),
        "p": round(one.p, 3),
        "auc": None if auc is None else round(auc.value, 2),
        "low": None if auc is None else round(auc.low, 2),
        "high": None if auc is None else round(auc.high, 2),
    }


def _said(found: "Spreads | None", months: int) -> str:
    """What it comes to, in words."""
    from graphkit.analyses.spread import foretold

    if found is None:
        return "Nobody showed interest in any topic, or no company is in contact with another."
    whole = found.whole
    if not whole.enough:
        return ""  # the finding that it cannot be told says why
    came = (
        f"{whole.after} of {whole.could} first signs of companies with contacts came within"
        f" {months} months after a contact's, by chance {whole.expected:.1f} would"
        f" (p = {whole.p:.3f}, the larger of that against shuffled days and reversed contacts)"
    )
    if not whole.observed:
        return (
            f"Spread was not observed: {came}, so nobody is named as exposed."
            f" {foretold(found, months)}"
        )
    nobody = "" if found.worth_telling else " So nobody is named as exposed."
    return f"Spread was observed: {came}. {foretold(found, months)}{nobody}"
