"""What the command about industries does: list who has none, tell about one, and confirm."""

from typing import Any

from graphkit.cli.companies.industry import decider
from graphkit.cli.context import Context
from graphkit.errors import UsageError
from graphkit.pipeline.derive import resolve_all
from graphkit.pipeline.industries import Standing, confirm, standings
from graphkit.resolve.decisions import Ruling, decided_industries
from graphkit.resolve.industries import industry_of
from graphkit.resolve.lookup import account_called, companies_by_account
from graphkit.schema import Account, Company, Decision, Is
from graphkit.store.base import GraphStore

_COLUMNS = ("name", "said", "suggestion", "sure", "evidence")


def show_one(context: Context, name: str) -> None:
    """Tell about one company: its industry, who says so, and what it may be in.

    Args:
        context: The command's.
        name: A name of the company.
    """
    with context.open_store() as store:
        _show(context, store, _company(store, name))


def list_all(context: Context, *, everybody: bool) -> None:
    """List who has no industry: customers, and on request all others below them.

    Args:
        context: The command's.
        everybody: Whether those too who buy nothing.
    """
    with context.open_store() as store:
        found = standings(store)
    asked = [one for one in found if everybody or one.is_customer]
    rows = [_row(one) for one in asked if not one.industry]
    who = "companies" if everybody else "customers"
    title = f"{len(rows):,} of {len(asked):,} {who} have no industry, or a vague one"
    context.emit("industry", rows, columns=_COLUMNS, title=title)
    others = sum(not one.industry for one in found) - len(rows)
    if others:
        context.say(
            f"Not listed, since they do not buy from you (such as end customers): {others:,}. "
            "Also these: graphkit companies industry --all"
        )
    if rows:
        context.say('Confirm with: graphkit companies industry "NAME" "INDUSTRY", or --suggested')


def confirm_one(context: Context, name: str, industry: str) -> None:
    """Record the industry, the likeliest one when none is given, and resolve anew.

    Args:
        context: The command's.
        name: A name of the company.
        industry: What it is in.
    """
    if industry and not industry_of(industry):
        raise UsageError(
            f"'{industry}' says too little to be an industry.",
            next_step=f'graphkit companies industry "{name}" shows what it may be in',
        )
    with context.open_store(read_only=False) as store, store.next_run("industry") as run:
        company = _company(store, name)
        chosen = industry or _likeliest(context, _standing(store, company))
        with store.transaction():
            confirm(store, company, chosen, who=decider(), run=run)
        resolve_all(store, run=run)
        _show(context, store, company)


def _likeliest(context: Context, standing: Standing) -> str:
    if not standing.suggestions:
        raise UsageError(
            f"Nothing speaks for any industry of '{standing.name}'.",
            next_step=f'graphkit companies industry "{standing.name}" "INDUSTRY"',
        )
    best = standing.suggestions[0]
    context.say(f"{best.industry} was {best.sure:.0%} sure: {'; '.join(best.evidence)}")
    return best.industry


def _company(store: GraphStore, name: str) -> str:
    """The company that is meant by a name."""
    joined = store.read(Is)
    account = account_called(name, store.read(Account), joined, store.read(Company))
    return str(joined.loc[joined["from_id"] == account, "to_id"].item())


def _standing(store: GraphStore, company: str) -> Standing:
    return next(one for one in standings(store) if one.company == company)


def _show(context: Context, store: GraphStore, company: str) -> None:
    """Tell about one company: its industry, who says so, and what it may be in."""
    standing = _standing(store, company)
    decision = _decisions(store).get(company)
    told = [_verdict(standing, decision)]
    if standing.said:
        told.append(f"Its systems say: {', '.join(standing.said)}.")
    others = [one for one in standing.suggestions if one.industry != standing.industry]
    told += [
        f"It may be in {one.industry} ({one.sure:.0%} sure): {'; '.join(one.evidence)}."
        for one in (others if not standing.industry else ())
    ]
    if not standing.industry and not others:
        told.append("Nothing known speaks for any industry.")
    context.emit("industry", [_row(standing, decision)], text="\n".join(told) + "\n")


def _verdict(standing: Standing, decision: Ruling | None) -> str:
    if decision is not None:
        return (
            f"{standing.name} is in {standing.industry}: "
            f"{decision.who} decided so on {decision.at[:10]}."
        )
    if standing.industry:
        return f"{standing.name} is in {standing.industry}."
    return f"{standing.name} has no industry{', only a vague one' if standing.said else ''}."


def _decisions(store: GraphStore) -> dict[str, Ruling]:
    return decided_industries(store.read(Decision), companies_by_account(store.read(Is)))


def _row(standing: Standing, decision: Ruling | None = None) -> dict[str, Any]:
    best = standing.suggestions[0] if standing.suggestions else None
    return {
        "id": standing.company,
        "name": standing.name,
        "is_customer": standing.is_customer,
        "industry": standing.industry or None,
        "decided_by": decision and decision.who,
        "decided_at": decision and decision.at[:19],
        "said": list(standing.said),
        "suggestion": best and best.industry,
        "sure": best and round(best.sure, 3),
        "evidence": list(best.evidence) if best else [],
        "others": [
            {"industry": one.industry, "sure": round(one.sure, 3), "evidence": list(one.evidence)}
            for one in standing.suggestions[1:]
        ],
    }
