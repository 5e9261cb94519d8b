"""What the commands that judge findings share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graphkit.cli.companies.industry import decider
from graphkit.cli.context import Context

if TYPE_CHECKING:  # imported late below, so that ids are completed while one types
    from graphkit.verdicts import Verdict

_PAST = {"dismiss": "dismissed", "confirm": "confirmed"}
_COLUMNS = ("decided", "finding", "level", "why", "who", "at")


def judge(context: Context, kind: str, finding: str, *, why: str) -> "Verdict":
    """Record what somebody says of a finding, and print it.

    Args:
        context: The command's.
        kind: dismiss or confirm.
        finding: As it was typed.
        why: Why.
    """
    from graphkit.pipeline.judge import claim_called, claims_to_judge, say_of
    from graphkit.verdicts import DISMISS

    with context.open_store(read_only=False) as store:
        claims = claims_to_judge(store)
        claim = claim_called(claims, finding)
        with store.next_run(kind) as run:
            said = say_of(store, kind, claim, who=decider(), why=why, run=run)
    context.emit("verdicts", [verdict_row(said)], text=f"{_PAST[kind].capitalize()}: {claim}")
    others = [one for one in claims if one.subject == claim.subject and one.id != claim.id]
    named = ", ".join(f"{one.kind} [{one.id[:6]}]" for one in others)
    if named and kind == DISMISS:
        context.say(f"What else is said of {claim.subject.name} stays: {named}.")
    return said


def verdict_row(said: "Verdict") -> dict[str, Any]:
    """A verdict as a row.

    Args:
        said: The verdict.
    """
    claim, effect = said.claim, said.claim.effect
    return {
        "id": claim.id,
        "decided": _PAST[said.kind],
        "finding": str(claim),
        "level": claim.level.value,
        "effect": None if effect is None else effect.value,
        "interval": None if effect is None else [effect.low, effect.high],
        "unit": None if effect is None else effect.unit,
        "as_of": claim.as_of,
        "why": said.why,
        "who": said.who,
        "at": said.at.isoformat(sep=" ", timespec="minutes"),
    }


def show(context: Context, said: "Sequence[Verdict]") -> None:
    """Print what was said of findings, oldest first.

    Args:
        context: The command's.
        said: What was said.
    """
    rows = [verdict_row(one) for one in said]
    title = f"{len(rows):,} dismissed or confirmed"
    context.emit("verdicts", rows, columns=("id", *_COLUMNS), title=title)
