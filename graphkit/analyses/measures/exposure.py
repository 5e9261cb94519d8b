"""How much of what customers order hangs on one company or industry, down the chains of supply."""

import dataclasses
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.month_panel import MonthPanel, month_panel
from graphkit.errors import UnknownNameError
from graphkit.findings import Ref
from graphkit.schema import Industry
from graphkit.snapshot import Snapshot
from graphkit.statistics.censored import Estimate
from graphkit.statistics.uncertain_links import UncertainLinks, Upstream
from graphkit.ties import supply_links

YEAR: Final = 12
"""Months that are looked at."""
MOST_LINKS: Final = 4
"""In a chain of supply: further down nobody can say whose order it was."""
_INTERVAL: Final = (5, 95)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """That a company supplies another one, or belongs to it.

    Attributes:
        to: The other one's id.
        confidence: How sure that is, 0 to 1.
        sources: Rows that say so, as "file_id:row"; none for the group that it belongs to.
    """

    to: str
    confidence: float
    sources: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Reached:
    """A customer whom a drop would reach.

    Attributes:
        company: Its id.
        ordered: What it ordered, in ten-thousandths.
        probability: That a chain leads from it to where the drop is; 1 when it is there itself.
        evenly: What part of its orders ends there if it sells evenly to all whom it is known to
            supply.
        over: Its own links on the way there; none when it is there itself.
    """

    company: str
    ordered: float
    probability: float
    evenly: float
    over: tuple[Link, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Exposure:
    """What hangs on one company or industry.

    Attributes:
        subject: The company or industry.
        reached: Customers, those who ordered most first.
        ordered: What they ordered, in ten-thousandths, with its 90 % interval over the links.
        share: The same as a share of what all customers ordered.
        sources: Rows that state the customers' links on the way, as "file_id:row".
        stated: How many such links there are.
    """

    subject: Ref
    reached: tuple[Reached, ...]
    ordered: Estimate
    share: Estimate
    sources: tuple[str, ...]
    stated: int

    @property
    def where(self) -> str:
        """The word before its name: at a company, in an industry."""
        return "in" if self.subject.type == "Industry" else "at"

    @property
    def evenly(self) -> float:
        """What would end there if every customer sold evenly to all whom it is known to supply."""
        return sum(one.ordered * one.evenly for one in self.reached)


class Exposures:
    """What hangs on whom.

    Attributes:
        panel: What was ordered, by month.

    Args:
        snap: What was known.
        panel: Its whole months.
        draws: How often the uncertain links are drawn.
        seed: Of the draws.
    """

    def __init__(self, snap: Snapshot, panel: MonthPanel, *, draws: int, seed: int) -> None:
        self.panel = panel
        self._snap = snap
        self._nodes = pd.Index(sorted(snap.companies["id"]))
        self._ordered = np.zeros(len(self._nodes))
        ordered = panel.amount[:, -YEAR:].sum(axis=1)
        self._ordered[self._nodes.get_indexer(pd.Index(panel.customers))] = ordered
        self._links = _links(snap)
        ends = [self._nodes.get_indexer(self._links[end]) for end in ("from", "to")]
        self._start, self._end = (end.astype(np.int64) for end in ends)
        sure = self._links["confidence"].to_numpy(np.float64)
        self._uncertain = UncertainLinks(
            self._start, self._end, sure, len(self._nodes), draws=draws, seed=seed
        )
        supplies = self._links["supplies"].to_numpy(bool)
        of = np.bincount(self._start[supplies], minlength=len(self._nodes))
        self._said = [
            Link(*one)
            for one in zip(self._links["to"], sure.tolist(), self._links["sources"], strict=True)
        ]
        self._flow = np.where(supplies, sure / np.maximum(of[self._start], 1), 1.0)

    @property
    def months(self) -> int:
        """How many months are looked at: a year, or what there is."""
        return min(YEAR, self.panel.months)

    @property
    def total(self) -> float:
        """What all customers ordered, in ten-thousandths."""
        return float(self._ordered.sum())

    @cached_property
    def supplying(self) -> frozenset[str]:
        """Companies that are stated to supply somebody."""
        return frozenset(self._links.loc[self._links["supplies"], "from"])

    @property
    def known(self) -> float:
        """The share of what was ordered by customers of whom it is known whom they supply."""
        named = self._nodes.isin(self.supplying)
        return float(self._ordered[named].sum()) / self.total

    def ordered(self, company: str) -> float:
        """What a company ordered, in ten-thousandths."""
        return float(self._ordered[self._nodes.get_loc(company)])

    def of_companies(self) -> list[Exposure]:
        """Every company on which anything hangs, the largest share first."""
        at = np.union1d(np.flatnonzero(self._ordered > 0), self._end)
        found = [self._exposure(self._snap.ref(self._nodes[one]), [one]) for one in at.tolist()]
        return _largest_first(found)

    def of_industries(self) -> list[Exposure]:
        """Every industry on which anything hangs, the largest share first."""
        return _largest_first([self._industry(one) for one in self._industries])

    def called(self, name: str) -> Exposure:
        """What hangs on a company, by any of its names, or on an industry.

        Raises:
            UnknownNameError: Nothing is called so; names the nearest.
            UsageError: Several companies are; lists them.
        """
        for industry, called in self._industries.items():
            if name.strip().casefold() == called.casefold():
                return self._industry(industry)
        try:
            company = self._snap.find_company(name)
        except UnknownNameError:
            known = [*self._industries.values(), *self._snap.names.values()]
            raise UnknownNameError.of("company or industry", name, known) from None
        return self._exposure(self._snap.ref(company), [self._nodes.get_loc(company)])

    @cached_property
    def _industries(self) -> dict[str, str]:
        """Names by id, of those that any company is in."""
        rows = self._snap.frame(Industry)
        named = dict(zip(rows["id"], rows["name"], strict=True))
        stated = sorted(self._snap.companies["industry"].dropna().unique())
        return {one: named.get(one, one) for one in stated}

    def _industry(self, industry: str) -> Exposure:
        companies = self._snap.companies
        members = companies.index[
            (companies["industry"] == industry).to_numpy(bool, na_value=False)
        ]
        subject = Ref("Industry", industry, self._industries[industry])
        return self._exposure(subject, self._nodes.get_indexer(members).tolist())

    def _exposure(self, subject: Ref, goals: Sequence[int]) -> Exposure:
        upstream = self._uncertain.upstream(np.array(goals, dtype=np.int64), MOST_LINKS)
        leads = self._uncertain.leads(upstream, MOST_LINKS)
        ordered = self._ordered[upstream.nodes]
        sums = ordered @ leads
        low, high = np.percentile(sums, _INTERVAL).tolist()
        estimate = Estimate(float(sums.mean()), low, high)
        reached = self._reached(upstream, leads.mean(axis=1), ordered)
        links = [link for one in reached for link in one.over]
        return Exposure(
            subject=subject,
            reached=tuple(sorted(reached, key=lambda one: (-one.ordered, one.company))),
            ordered=estimate,
            share=Estimate(*(part / self.total for part in (estimate.value, low, high))),
            sources=tuple(sorted({source for link in links for source in link.sources})),
            stated=len(links),
        )

    def _reached(self, upstream: Upstream, probability: Floats, ordered: Floats) -> list[Reached]:
        over: dict[int, list[Link]] = {}
        for start, link in zip(upstream.start.tolist(), upstream.links.tolist(), strict=True):
            if not upstream.goal[start]:
                over.setdefault(start, []).append(self._said[link])
        evenly = upstream.share(self._flow, MOST_LINKS)
        return [
            Reached(
                self._nodes[upstream.nodes[at]],
                float(ordered[at]),
                float(probability[at]),
                float(evenly[at]),
                tuple(over.get(at, ())),
            )
            for at in np.flatnonzero((ordered > 0) & (probability > 0)).tolist()
        ]


def exposures(snap: Snapshot, *, draws: int = 2048, seed: int = 1) -> Exposures | None:
    """What hangs on whom, over stated supply links and groups of companies.

    A link holds with the confidence of those who read it; several texts that say the same are
    independent readings. A customer is reached where a chain of links leads from it to the company;
    that is the most that can be meant, since no export says which of its orders end there.

    Args:
        snap: Needs Order, OrderLine and Company; Supplies for chains.
        draws: How often the uncertain links are drawn.
        seed: Of the draws.

    Returns:
        None where nothing was ordered in a year of whole months.
    """
    panel = month_panel(snap)
    if panel is None or not panel.amount[:, -YEAR:].sum() > 0:
        return None
    return Exposures(snap, panel, draws=draws, seed=seed)


def _links(snap: Snapshot) -> pd.DataFrame:
    """from, to, supplies, confidence and sources; one row a pair, sorted."""
    said = supply_links(snap).sort_values(["from_company", "to_company"], kind="stable")
    pairs = pd.MultiIndex.from_frame(said[["from_company", "to_company"]])
    begins = np.flatnonzero(~pairs.duplicated())
    wrong = 1.0 - said["confidence"].to_numpy(np.float64)
    rows = np.split(np.arange(len(said)), begins[1:]) if len(said) else []
    supplies = pd.DataFrame(
        {
            "from": said["from_company"].iloc[begins],
            "to": said["to_company"].iloc[begins],
            "supplies": True,
            "confidence": 1.0 - np.multiply.reduceat(wrong, begins) if len(said) else [],
            "sources": _sources(said, rows),
        }
    )
    parents = snap.companies.dropna(subset=["parent"])
    groups = pd.DataFrame(
        {
            "from": parents["id"],
            "to": parents["parent"],
            "supplies": False,
            "confidence": 1.0,
            "sources": [()] * len(parents),
        }
    )
    every = pd.concat([one for one in (supplies, groups) if len(one)] or [supplies])
    every = every[(every["from"] != every["to"]).to_numpy(bool)]
    every = every.sort_values(["from", "to"], kind="stable")
    return every.drop_duplicates(["from", "to"]).reset_index(drop=True)


def _sources(said: pd.DataFrame, rows: "list[Ints]") -> list[tuple[str, ...]]:
    """Where each link was read: the rows that state it, as "file_id:row"."""
    read = (said["file_id"] + ":" + said["row"].astype("string[pyarrow]")).tolist()
    return [tuple(sorted({read[one] for one in some.tolist()})) for some in rows]


def _largest_first(found: list[Exposure]) -> list[Exposure]:
    some = [one for one in found if one.share.high > 0]
    return sorted(some, key=lambda one: (-one.share.value, one.subject.name, one.subject.id))
