"""The persona of a cluster: its typical customer, every sentence with where it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.clustering.features import customer_features
from graphkit.analyses.clustering.traits import TOLD
from graphkit.analyses.clustering.words import sentence
from graphkit.analyses.measures.lateness import lateness
from graphkit.analyses.measures.month_panel import (
    MonthPanel,
    lines_that_count,
    month_panel,
    orders_that_count,
)
from graphkit.analyses.profiling.paying import after_due
from graphkit.analyses.profiling.sentences import Section, Sentence, first_of, told
from graphkit.analyses.wording import counted, listed, money, month_name, tolerance, whole
from graphkit.declaration import MONEY_UNIT
from graphkit.errors import UnknownNameError
from graphkit.findings import Finding, sources_of
from graphkit.snapshot import Snapshot, days_of
from graphkit.statistics.censored import Estimate, median
from graphkit.statistics.medians import median_of_few
from graphkit.statistics.share import Share

_YEAR: Final = 12
_SHOWN: Final = 4
_NAMED: Final = 12
_DESCRIBE: Final = "The traits found the cluster: they describe it and are no proof of it."

_FEWEST: Final = 2  # members; what one of them has is not typical

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Persona:
    """What the members of a cluster are like.

    Attributes:
        finding: The cluster.
        sections: What is typical of them, question by question.
    """

    finding: Finding
    sections: tuple[Section, ...]


def cluster_called(
    findings: Sequence[Finding], name: str, company: str, *, companies: Sequence[str] = ()
) -> Finding:
    """The cluster that is meant by its name or id, or by a customer in it.

    Args:
        findings: The clusters.
        name: What somebody typed.
        company: Id of the company that is called so; empty when none is.
        companies: Names of companies, one of which may have been meant.

    Raises:
        UnknownNameError: None is meant; names the nearest.
    """
    known = [one for one in findings if one.details.get("members")]
    wanted = name.strip().casefold()
    for one in known:
        if wanted in {one.subject.name.casefold(), one.subject.id}:
            return one
    for one in known:
        if company in {member["id"] for member in one.details["members"]}:
            return one
    names = [*(one.subject.name for one in known), *([] if company else companies)]
    raise UnknownNameError.of("cluster", name, names)


def personas(snap: Snapshot, clusters: Sequence[Finding]) -> list[Persona]:
    """What is typical of each cluster: medians over its members and shares, with their intervals.

    Every member counts once, however much it orders, so that the largest account is not the
    persona.

    Args:
        snap: What was known.
        clusters: Findings of the analysis clusters that have members.
    """
    shop = _Shop(snap)
    return [_persona(shop, one) for one in clusters]


class _Shop:
    """What all personas look up, made once.

    Args:
        snap: What was known.
    """

    def __init__(self, snap: Snapshot) -> None:
        self.snap = snap
        self.customers = [str(one) for one in snap.customers.index]
        self.features = customer_features(snap)
        self.panel = month_panel(snap)
        self.orders = orders_that_count(snap)
        self.lines = lines_that_count(snap)
        self.late = lateness(snap, self.customers)


def _persona(shop: _Shop, cluster: Finding) -> Persona:
    ids = sorted(member["id"] for member in cluster.details["members"])
    members = np.isin(np.array(shop.customers, dtype=object), ids)
    ordered = [*_paces(shop, ids), *_lots(shop, ids)]
    parts = [
        ("traits", "What sets them apart", [told(cluster), *_traits(cluster)], _DESCRIBE),
        ("orders", "Their typical order", ordered, ""),
        ("pays", "How they pay", list(_payments(shop, members)), ""),
        ("reads", "What they read", list(_had(shop, members, ("clicked", "visited"))), ""),
        ("shows", "Where they go", list(_had(shop, members, ("show",))), ""),
        ("supplies", "Who they sell to", list(_had(shop, members, ("end customer",))), ""),
        ("members", "Who belongs to it", list(_members(cluster)), ""),
    ]
    nothing = Sentence("Unknown: the exports say nothing that members share.", unknown=True)
    return Persona(
        cluster,
        tuple(
            Section(key, title, tuple(said or [nothing]), more) for key, title, said, more in parts
        ),
    )


def _traits(cluster: Finding) -> Iterator[Sentence]:
    """Each trait with the share of members, its interval, that of the others and the odds ratio."""
    for one in cluster.details["traits"]:
        share = _share(one["inside"], one["known_inside"])
        odds = f"{one['odds']:.1f}" if one["odds"] < 1000 else "beyond 1,000"  # noqa: PLR2004
        text = (
            f"{one['inside']} of {one['known_inside']} {one['told']} ({share}), against"
            f" {one['outside']} of {one['known_outside']} others: odds ratio {odds}."
        )
        yield Sentence(text, finding=cluster)


def _paces(shop: _Shop, ids: Sequence[str]) -> Iterator[Sentence]:
    """How often and for how much a member orders in a year, against the year before."""
    panel = shop.panel
    if panel is None:
        return
    at = np.flatnonzero(np.isin(panel.customers, ids))
    length = min(_YEAR, panel.months)
    if not len(at):
        return
    mine = shop.orders[shop.orders["company"].isin(ids).to_numpy(dtype=bool)]
    recent = mine[days_of(mine["ordered_on"]) >= panel.day(panel.months - length)]
    until = month_name(panel.month(panel.months - 1))
    times = median_of_few(panel.orders[at, -length:].sum(axis=1))
    text = (
        f"In the {counted(length, 'month')} to {until} a member orders {_typical(times, 'times')}"
    )
    amounts = panel.amount[at, -length:].sum(axis=1)
    if amounts.any():
        text += f" for {_typical_money(median_of_few(amounts), shop.snap.currency)}"
    yield Sentence(f"{text}.", sources_of(recent) or sources_of(mine))
    yield from _change(panel, at, length, mine)


def _change(
    panel: MonthPanel, at: npt.NDArray[np.intp], length: int, rows: pd.DataFrame
) -> Iterator[Sentence]:
    """How many members order less than in the year before."""
    if panel.months < 2 * length:
        return
    now = panel.orders[at, -length:].sum(axis=1)
    before = panel.orders[at, -2 * length : -length].sum(axis=1)
    fewer, known = int((now < before).sum()), int(((now > 0) | (before > 0)).sum())
    if known:
        text = f"{fewer} of {counted(known, 'member')} ordered less often than in the year before"
        yield Sentence(f"{text} ({_share(fewer, known)}).", sources_of(rows))


def _lots(shop: _Shop, ids: Sequence[str]) -> Iterator[Sentence]:
    """The lot and the tolerance that are usual with a member."""
    lines = shop.lines[shop.lines["company"].isin(ids).to_numpy(dtype=bool)]
    if lines.empty:
        return
    lots = lines.assign(value=lines["quantity"].to_numpy(dtype=np.float64))
    usual = median_of_few(lots.groupby("company")["value"].median().to_numpy(dtype=np.float64))
    yield Sentence(f"A usual lot of a member is {_typical(usual, 'pieces')}.", sources_of(lines))
    stated = lines[(lines["tolerance"] > 0).to_numpy(dtype=bool, na_value=False)]
    if len(stated):
        values = stated.assign(value=stated["tolerance"].to_numpy(dtype=np.float64))
        tight = median_of_few(
            values.groupby("company")["value"].median().to_numpy(dtype=np.float64)
        )
        text = (
            f"A usual tolerance of a member is {tolerance(tight.value)} (90 % interval"
            f" {tolerance(tight.low)} to {tolerance(tight.high)})."
        )
        yield Sentence(text, sources_of(stated))


def _payments(shop: _Shop, members: Bools) -> Iterator[Sentence]:
    """The delay that is usual with a member, and what all owe."""
    late, snap = shop.late, shop.snap
    theirs = members[late.times.customer]
    due = theirs & (late.due <= np.datetime64(snap.as_of))
    delays = []
    for number in np.unique(late.times.customer[due]).tolist():
        its = due & (late.times.customer == number)
        delays.append(median(late.times.days[its], late.times.ended[its]).value)
    if not delays:
        return
    # Of who has most invoices open it is only known that it pays later than all others.
    usual = median_of_few(np.array(delays))
    if np.isfinite(usual.value):
        high = f"{whole(usual.high):.0f}" if np.isfinite(usual.high) else "more"
        text = (
            f"Half of a usual member's invoices are paid by {after_due(usual.value)} (median over"
            f" {counted(len(delays), 'member')}, 90 % interval {whole(usual.low):.0f} to {high})."
        )
        yield Sentence(text, sources_of(late.rows[due]))
    owed, overdue = (
        float(each[members].sum()) for each in (late.balances, late.overdue(snap.as_of))
    )
    if whole(owed / MONEY_UNIT) >= 1:
        text = f"Together they owe {money(owed, snap.currency)}, of which"
        text += f" {money(overdue, snap.currency)} are overdue."
        yield Sentence(
            text, sources_of(late.rows[theirs & (late.open > 0)]) or sources_of(late.rows[theirs])
        )


def _had(shop: _Shop, members: Bools, families: Sequence[str]) -> Iterator[Sentence]:
    """What most members have of some families, against the others."""
    found = []
    for one in shop.features:
        if one.family.name not in families:
            continue
        has = one.family.counts > 0
        inside, outside = has[members].sum(axis=0), has[~members].sum(axis=0)
        for column in np.flatnonzero(inside >= _FEWEST).tolist():
            rows = {source for source in one.sources[members, column].tolist() if source}
            name = TOLD[one.family.name].format(one.names[column])
            count, others = int(inside[column]), int(outside[column])
            text = (
                f"{count} of {int(members.sum())} {name}"
                f" ({_share(count, int(members.sum()))}), against {others} of"
                f" {int((~members).sum())} others."
            )
            found.append((-count, others, text, tuple(sorted(rows))))
    for _, _, text, rows_ in sorted(found)[:_SHOWN]:
        yield Sentence(text, rows_, basis="" if rows_ else "graphkit clusters")


def _members(cluster: Finding) -> Iterator[Sentence]:
    names = [str(member["name"]) for member in cluster.details["members"]]
    text = f"Members, the surest first: {listed(first_of(names, _NAMED))}"
    yield Sentence(sentence(text), finding=cluster)
    between = list(cluster.details["between"])
    if between:
        text = f"Between this and another cluster: {listed(first_of(between, _NAMED))}"
        yield Sentence(sentence(text), finding=cluster)


def _typical(one: Estimate, unit: str) -> str:
    low, high = (f"{whole(value):,.0f}" for value in (one.low, one.high))
    return f"{whole(one.value):,.0f} {unit} (90 % interval {low} to {high})"


def _typical_money(one: Estimate, currency: str) -> str:
    low, high = (money(value, currency) for value in (one.low, one.high))
    return f"{money(one.value, currency)} (90 % interval {low} to {high})"


def _share(count: int, of: int) -> str:
    """A share with its 90 % interval (Wilson).

    >>> _share(12, 17)
    '71 %, 90 % interval 51 to 85 %'
    """
    one = Share.counted(count, of)
    return f"{100 * count / of:.0f} %, 90 % interval {100 * one.low:.0f} to {100 * one.high:.0f} %"
