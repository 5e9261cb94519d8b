"""What the commands about two companies do: explain why they are one or not, and decide it."""

from typing import Any

from graphkit.cli.companies.industry import decider
from graphkit.cli.context import Context
from graphkit.errors import UsageError
from graphkit.pipeline.decide import record
from graphkit.pipeline.derive import resolve_all, settle_all
from graphkit.resolve import explain
from graphkit.resolve.decisions import Ruling
from graphkit.resolve.explanation import Explanation, Link, sureness
from graphkit.resolve.lookup import account_called
from graphkit.schema import Account, Company, Decision, Is
from graphkit.store.base import GraphStore


def explain_both(context: Context, a: str, b: str) -> None:
    """Print why two accounts are, or are not, one company.

    Args:
        context: The command's.
        a: A name, domain or id of one.
        b: Of the other.
    """
    with context.open_store() as store:
        first, second = _two_accounts(store, a, b)
        found = explain(store.read(Account), store.read(Is), store.read(Decision), first, second)
    context.emit("why", [_row(found)], text=_told(found))


def decide(context: Context, kind: str, a: str, b: str) -> None:
    """Record a decision about two accounts, resolve anew, and print what became of it.

    Args:
        context: The command's.
        kind: merge, split or never.
        a: A name, domain or id of one.
        b: Of the other.
    """
    precedence = context.workspace().settings.precedence
    with context.open_store(read_only=False) as store, store.next_run(kind) as run:
        first, second = _two_accounts(store, a, b)
        with store.transaction():
            record(store, kind, first, second, who=decider(), run=run)
        resolve_all(store, run=run)
        settle_all(store, precedence=precedence, run=run)
        found = explain(store.read(Account), store.read(Is), store.read(Decision), first, second)
    context.emit("why", [_row(found)], text=found.verdict)


def _two_accounts(store: GraphStore, a: str, b: str) -> tuple[str, str]:
    accounts, joined, companies = store.read(Account), store.read(Is), store.read(Company)
    first, second = (account_called(one, accounts, joined, companies) for one in (a, b))
    if first == second:
        raise UsageError(f"'{a}' and '{b}' are the same account, {first}.")
    return first, second


def _row(found: Explanation) -> dict[str, Any]:
    decision = found.decision
    return {
        "together": found.together,
        "verdict": found.verdict,
        **_step(found.pair),
        "merge_at": found.merge_at,
        "review_at": found.review_at,
        "decision": decision and _said(decision),
        "chain": [_step(one) for one in found.chain],
    }


def _step(link: Link) -> dict[str, Any]:
    return {
        "first": link.first,
        "second": link.second,
        "first_name": link.first_name,
        "second_name": link.second_name,
        "score": link.score,
        "log_odds": link.log_odds,
        "decision": link.decision and _said(link.decision),
        "signals": [
            {"signal": one.name, "weight": one.weight, "said": one.said} for one in link.signals
        ],
    }


def _said(decision: Ruling) -> str:
    return f"{decision.kind} by {decision.who} at {decision.at}"


def _told(found: Explanation) -> str:
    lines = [found.verdict, "", "Points for (+) and against (-) one company:", *_lines(found.pair)]
    all_the_same = found.together and found.pair.score < found.merge_at
    lines.append(
        f"  joined from {found.merge_at:.0%}, for a person to look at from {found.review_at:.0%}"
        + "\n  this one below that, for the reason given first" * all_the_same
    )
    if len(found.chain) > 1:
        lines += ["", "The surest way from one to the other:"]
        for one in found.chain:
            lines += _lines(one)
    return "\n".join(lines) + "\n"


def _lines(link: Link) -> list[str]:
    head = f"{link.first_name} ({link.first}) and {link.second_name} ({link.second})"
    lines = [head]
    if link.decision is not None:
        lines.append(
            f"  decided: {link.decision.kind} by {link.decision.who} on {link.decision.at[:10]}"
        )
    lines += [f"  {one.weight:+5.1f}  {one.name}: {one.said}" for one in link.signals]
    if not link.signals:
        lines.append("   nothing that both say, for or against")
    return [*lines, f"  {link.log_odds:+5.1f}  in all, that is {sureness(link.score)}"]
