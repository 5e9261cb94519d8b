"""The report on industries, side by side, or on one: its customers, and who is alone in it."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from graphkit.analyses.orders import Ordered, compared, orders_by
from graphkit.analyses.payment_table import Billed, payments_by
from graphkit.analyses.profiling.sentences import Sentence, told
from graphkit.analyses.wording import counted, listed
from graphkit.drawing import Draw
from graphkit.errors import UnknownNameError
from graphkit.findings import Finding, Level, Ref, sources_of
from graphkit.reports.charted import Table
from graphkit.reports.charts.concentration import concentration_charts
from graphkit.reports.charts.orders_over_time import orders_over_time
from graphkit.reports.charts.side_by_side import (
    Sides,
    orders_side_by_side,
    payments_side_by_side,
)
from graphkit.reports.charts.sourced import cell_of
from graphkit.reports.charts.topic_heat import topic_heat
from graphkit.reports.citations import Citations
from graphkit.reports.page import Block, Contents, page_of
from graphkit.schema import Industry, Invoice, Order
from graphkit.snapshot import Snapshot

_TROUBLE: Final = ("slowing-customer", "rough-times", "paying-later")
_OF_INDUSTRY: Final = ("slowing-industry", "pays-late", "paying-later")
_MARKET: Final = "slowing-industry"
_SHOWN: Final = 12
"""Findings that the report of one industry tells in full."""


def industry_contents(
    snap: Snapshot, findings: Sequence[Finding], *, name: str = "", missing: Sequence[str] = ()
) -> Contents:
    """What the report says, whatever its form.

    Args:
        snap: What was known.
        findings: What was found, the gravest first.
        name: The industry; all when empty.
        missing: What is missing, and which export would bring it.

    Raises:
        UnknownNameError: No such industry.
    """
    known = _industries(snap)
    one = _called(name, known) if name else None
    contents = _one(snap, findings, one) if one else _all(snap, findings, known)
    return dataclasses.replace(contents, missing=missing)


def industry_report(
    snap: Snapshot,
    findings: Sequence[Finding],
    form: str,
    *,
    name: str = "",
    missing: Sequence[str] = (),
    draw: Draw | None = None,
) -> str:
    """The report as text, Markdown or a self-contained HTML page.

    Args:
        snap: What was known.
        findings: What was found, the gravest first.
        form: text, markdown or html.
        name: The industry; all when empty.
        missing: What is missing, and which export would bring it.
        draw: Makes SVG of charts; None where nothing is installed that does.

    Raises:
        UnknownNameError: No such form or industry.
    """
    contents = industry_contents(snap, findings, name=name, missing=missing)
    return page_of(contents, Citations(snap.files), form, draw)


def _industries(snap: Snapshot) -> dict[str, str]:
    """Names by id, of those that any company is in."""
    nodes = snap.frame(Industry)
    named = dict(zip(nodes["id"], nodes["name"], strict=True))
    stated = sorted(snap.companies["industry"].dropna().unique())
    return {one: named.get(one, one) for one in stated}


def _called(name: str, known: Mapping[str, str]) -> Ref:
    for one, called in known.items():
        if name.strip().casefold() in {called.casefold(), one.casefold()}:
            return Ref("Industry", one, called)
    raise UnknownNameError.of("industry", name, list(known.values()))


def _told(findings: Sequence[Finding], subjects: Sequence[str]) -> dict[str, str]:
    """What is told of each of these, in words, as tables have it."""
    wanted, found = set(subjects), dict[str, dict[str, None]]()
    for one in findings:
        if one.subject.id in wanted and one.level is not Level.CANNOT_TELL:
            mark = "" if one.level is Level.ALERT else "?"
            found.setdefault(one.subject.id, {})[one.kind + mark] = None
    return {subject: ", ".join(kinds) for subject, kinds in found.items()}


def _all(snap: Snapshot, findings: Sequence[Finding], known: Mapping[str, str]) -> Contents:
    of = {str(one): str(of) for one, of in snap.companies["industry"].dropna().items()}
    about = [
        one
        for one in findings
        if one.subject.type == "Industry"
        and one.kind in _OF_INDUSTRY
        and one.level is not Level.CANNOT_TELL
    ]
    sides = Sides("Industry", of, known, _told(about, list(known)))
    blocks = [
        Block("What deserves attention", [told(one, advice=True) for one in about]),
        Block(
            "Orders and payments",
            table=_table(snap, "industry", sides, list(known)),
            charts=[orders_side_by_side(snap, sides), payments_side_by_side(snap, sides)],
        ),
        Block("On whom revenue hangs", charts=concentration_charts(snap)),
        Block("The whole shop", charts=[orders_over_time(snap)]),
        Block("What is read and spoken of", charts=[topic_heat(snap)]),
        Block("Of these it cannot be told", _untold(findings)),
    ]
    everybody = counted(len(snap.customers), "customer")
    placed = int(snap.companies.loc[snap.customers.index, "industry"].notna().sum())
    industries = "1 industry" if len(known) == 1 else f"{len(known)} industries"
    some = everybody if placed == len(snap.customers) else f"{placed} of {everybody}"
    return Contents("Industries", f"As of {snap.as_of}: {some} in {industries}.", blocks)


def _untold(findings: Sequence[Finding]) -> list[Sentence]:
    return [
        told(one)
        for one in findings
        if one.subject.type == "Industry" and one.kind == _MARKET and one.level is Level.CANNOT_TELL
    ]


def _one(snap: Snapshot, findings: Sequence[Finding], industry: Ref) -> Contents:
    companies = snap.companies
    within = (companies["industry"] == industry.id).to_numpy(dtype=bool, na_value=False)
    inside = companies.index[within & companies["is_customer"].to_numpy(dtype=bool)]
    members = {one: snap.names[one] for one in inside.tolist()}
    marked = _told([one for one in findings if one.kind in _TROUBLE], list(members))
    sides = Sides("Customer", {one: one for one in members}, members, marked, industry)
    own = [one for one in findings if one.subject.id == industry.id and one.kind in _OF_INDUSTRY]
    theirs = [
        one
        for one in findings
        if one.subject.id in members and one.kind in _TROUBLE and one.level is not Level.CANNOT_TELL
    ]
    blocks = [
        Block("The market", [told(one, advice=bool(one.advice)) for one in own]),
        Block("Alone, or with the others", _alone(industry, own, theirs)),
        Block(
            "Its customers",
            table=_table(snap, "customer", sides, list(members)),
            charts=[orders_side_by_side(snap, sides), payments_side_by_side(snap, sides)],
        ),
        Block(
            "What is read and spoken of", charts=[topic_heat(snap, members, whose=industry.name)]
        ),
        Block("What was found of them", [told(one, advice=True) for one in theirs[:_SHOWN]]),
    ]
    lead = f"Industry, as of {snap.as_of}: {counted(len(members), 'customer')}."
    return Contents(industry.name, lead, blocks)


def _alone(industry: Ref, own: Sequence[Finding], theirs: Sequence[Finding]) -> list[Sentence]:
    """Whether who is in trouble is so with its market or alone."""
    market = next(
        (one for one in own if one.kind == _MARKET and one.level is not Level.CANNOT_TELL), None
    )
    names = dict.fromkeys(one.subject.name for one in theirs)
    if market is not None:
        return _with_others(market)
    untold = next((one for one in own if one.kind == _MARKET), None)
    if not names:
        return []
    first = theirs[0]
    if untold is not None:
        text = f"{listed(list(names))}: whether alone or with the market cannot be told."
        return [Sentence(text, finding=untold)]
    verb = "orders less or pays later alone" if len(names) == 1 else "order less or pay later"
    rest = "" if len(names) == 1 else ", each for itself"
    text = f"{listed(list(names))} {verb}{rest}: {industry.name} as a whole does not slow down."
    return [Sentence(text, finding=first)]


def _with_others(market: Finding) -> list[Sentence]:
    """Who goes with a market that slows down, and who goes against it."""
    members = market.details["members"]
    down = [one["name"] for one in members if one["score"] > 0]
    up = [one["name"] for one in members if one["score"] <= 0]
    said = [f"With the market: {listed(down)}."] * bool(down)
    said += [f"Against it, ordering and paying as before: {listed(up)}."] * bool(up)
    account, share = market.details["largest_account"], market.details["largest_account_share"]
    said.append(f"{account} is {share:.0%} of what the market lost.")
    orders = next(one.sources for one in market.evidence if one.label == "customers")
    return [Sentence(one, sources=orders) for one in said]


def _table(snap: Snapshot, by: str, sides: Sides, ids: Sequence[str]) -> Table | None:
    """One row an industry or customer, as `graphkit orders` and `graphkit payments` have them."""
    ordered = (
        _by_id(orders_by(snap, Ordered.of(snap), by, compared(snap)), ids) if _orders(snap) else {}
    )
    billed = Billed.of(snap)
    paid = _by_id(payments_by(billed, by), ids) if billed.customers else {}
    rows = [
        {
            "name": sides.names[one],
            **_figures(ordered.get(one, {}), paid.get(one, {})),
            "told": sides.marked.get(one, ""),
            "read": cell_of(
                snap, _sources(snap, [who for who, side in sides.of.items() if side == one])
            ),
        }
        for one in ids
        if one in ordered or one in paid
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: (-(row["amount"] or 0), -(row["orders"] or 0), row["name"]))
    headings = {
        "name": sides.what,
        "orders": "Orders, last 12 months",
        "orders_before": "12 before",
        "amount": f"Ordered, {snap.currency}",
        "change": "Change, %",
        "late": "Median days late, last 12 months",
        "late_before": "12 before",
        "overdue": f"Overdue, {snap.currency}",
        "told": "Mind",
        "read": "Where it was read",
    }
    return Table.of(pd.DataFrame(rows), headings)


def _orders(snap: Snapshot) -> bool:
    return len(Ordered.of(snap).orders) > 0


def _by_id(rows: Sequence[Mapping[str, Any]], ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    wanted = set(ids)
    return {str(row["id"]): row for row in rows if row["id"] in wanted}


def _figures(ordered: Mapping[str, Any], paid: Mapping[str, Any]) -> dict[str, Any]:
    change = ordered.get("amount_change")
    return {
        "orders": ordered.get("recent_orders"),
        "orders_before": ordered.get("before_orders"),
        "amount": _whole(ordered.get("recent_amount")),
        "change": None if change is None else round(100 * change),
        "late": paid.get("median_days_late"),
        "late_before": paid.get("before_median_days_late"),
        "overdue": _whole(paid.get("overdue")),
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _sources(snap: Snapshot, companies: Sequence[str]) -> list[str]:
    """The orders and invoices of some companies."""
    found: list[str] = []
    for entity in (Order, Invoice):
        rows = snap.frame(entity)
        found += sources_of(rows[rows["company"].isin(list(companies)).to_numpy(dtype=bool)])
    return found
