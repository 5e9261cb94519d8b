"""Why two accounts or companies are, or are not, one."""

import dataclasses
import itertools
from collections.abc import Mapping

import networkx as nx
import pandas as pd

from graphkit.errors import UnknownNameError
from graphkit.resolve.decisions import Ruling, Rulings, rulings
from graphkit.resolve.evidence import MERGE, REVIEW, Evidence, Signal, probability
from graphkit.resolve.lookup import companies_by_account
from graphkit.resolve.profiles import profiles


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: two accounts, how sure, and what speaks for and against.

    Attributes:
        first: Account id.
        second: Account id.
        first_name: Its spelling.
        second_name: Its spelling.
        log_odds: Sum of the signals.
        signals: Each signal.
        decision: What a person decided about exactly these two, if anybody did.
    """

    first: str
    second: str
    first_name: str
    second_name: str
    log_odds: float
    signals: tuple[Signal, ...]
    decision: Ruling | None = None

    @property
    def score(self) -> float:
        """Probability that the two are one company."""
        return probability(self.log_odds)


@dataclasses.dataclass(frozen=True, slots=True)
class Explanation:
    """Why two accounts or companies are, or are not, one.

    Attributes:
        together: Whether they are one company.
        pair: The pair that says most about it.
        chain: The surest pairs that lead from one to the other; empty when they are apart.
        decision: What a person decided about them, if anybody did.
        merge_at: Probability from which accounts are joined.
        review_at: Probability from which a person should look.
        verdict: The answer in a sentence.
    """

    together: bool
    pair: Link
    chain: tuple[Link, ...]
    decision: Ruling | None
    merge_at: float
    review_at: float
    verdict: str


def explain(
    accounts: pd.DataFrame, joined: pd.DataFrame, decisions: pd.DataFrame, a: str, b: str
) -> Explanation:
    """Why two accounts or companies are, or are not, one.

    Args:
        accounts: Frame of schema.Account, all of the shop: rarity is counted over it.
        joined: Frame of schema.Is.
        decisions: Frame of schema.Decision.
        a: Id of an account or company.
        b: Id of another.

    Raises:
        UnknownNameError: No account or company has one of the ids.
    """
    evidence = Evidence(profiles(accounts))
    position_of = {one.id: position for position, one in enumerate(evidence.accounts)}
    company_of = companies_by_account(joined)
    sides = [_positions(one, position_of, company_of) for one in (a, b)]
    pairs = [(i, j) for i, j in itertools.product(*sides) if i != j] or [(sides[0][0], sides[1][0])]
    ids = [one.id for one in evidence.accounts]
    ruled = rulings(decisions, set(ids))
    decision = next((found for i, j in pairs if (found := ruled.about(ids[i], ids[j]))), None)
    i, j = max(pairs, key=lambda pair: (evidence.total(*pair), -pair[0], -pair[1]))
    together = company_of.get(ids[i]) == company_of.get(ids[j], "")
    chain = _chain(evidence, ruled, company_of, i, j) if together and i != j else ()
    pair = _link(evidence, ruled, i, j)
    against = () if together else _against(evidence, ruled, company_of, (i, j))
    return Explanation(
        together=together,
        pair=pair,
        chain=chain,
        decision=decision,
        merge_at=probability(MERGE),
        review_at=probability(REVIEW),
        verdict=_verdict(pair, chain, decision) if together else _apart(pair, against, decision),
    )


def _positions(wanted: str, position_of: dict[str, int], company_of: dict[str, str]) -> list[int]:
    if wanted in position_of:
        return [position_of[wanted]]
    found = [position_of[one] for one, company in company_of.items() if company == wanted]
    if not found:
        raise UnknownNameError.of(
            "account or company", wanted, [*position_of, *company_of.values()]
        )
    return sorted(found)


def _link(evidence: Evidence, ruled: Rulings, i: int, j: int) -> Link:
    a, b = evidence.accounts[i], evidence.accounts[j]
    signals = tuple(sorted(evidence.signals(i, j), key=lambda one: (-abs(one.weight), one.name)))
    return Link(
        first=a.id,
        second=b.id,
        first_name=a.spelling or a.id,
        second_name=b.spelling or b.id,
        log_odds=sum(one.weight for one in signals),
        signals=signals,
        decision=ruled.about(a.id, b.id),
    )


def _members(evidence: Evidence, company_of: Mapping[str, str], position: int) -> list[int]:
    """The positions of all accounts of an account's company."""
    company = company_of[evidence.accounts[position].id]
    return [
        other for other, one in enumerate(evidence.accounts) if company_of.get(one.id) == company
    ]


def _chain(
    evidence: Evidence, ruled: Rulings, company_of: Mapping[str, str], i: int, j: int
) -> tuple[Link, ...]:
    """The path from one account to another along decisions and the company's surest pairs."""
    graph: nx.Graph[int] = nx.Graph()
    for one, other in itertools.combinations(_members(evidence, company_of, i), 2):
        graph.add_edge(one, other, doubt=-evidence.total(one, other))
    position_of = {one.id: position for position, one in enumerate(evidence.accounts)}
    for decided in ruled.merged:
        one, other = position_of[decided.first], position_of[decided.second]
        if graph.has_edge(one, other):
            graph.edges[one, other]["doubt"] = float("-inf")
    tree = nx.minimum_spanning_tree(graph, weight="doubt")
    path = nx.shortest_path(tree, i, j)
    return tuple(_link(evidence, ruled, one, other) for one, other in itertools.pairwise(path))


def _against(
    evidence: Evidence, ruled: Rulings, company_of: Mapping[str, str], pair: tuple[int, int]
) -> tuple[Link, ...]:
    """The two accounts of two companies that most clearly are not one, other than the pair."""
    sides = [_members(evidence, company_of, position) for position in pair]
    others = [one for one in itertools.product(*sides) if one != pair]
    links = [_link(evidence, ruled, *one) for one in others]
    return tuple(sorted(links, key=lambda one: (one.decision is None, one.log_odds, one.first))[:1])


def sureness(score: float) -> str:
    """A probability as people say it: nothing is certain.

    >>> sureness(0.9999), sureness(0.62), sureness(0.0004)
    ('over 99%', '62%', 'under 1%')
    """
    if score > _CERTAIN:
        return f"over {_CERTAIN:.0%}"
    return f"under {1 - _CERTAIN:.0%}" if score < 1 - _CERTAIN else f"{score:.0%}"


_CERTAIN = 0.99


def _decided(decision: Ruling) -> str:
    said = {
        "merge": "are merged",
        "split": "are split",
        "never": "are never to be merged",
    }[decision.kind]
    return f"{said}: {decision.who} decided so on {decision.at[:10]}"


def _apart(pair: Link, against: tuple[Link, ...], decision: Ruling | None) -> str:
    """Why two are two companies."""
    names = f"'{pair.first_name}' and '{pair.second_name}'"
    if decision is not None:
        return f"{names} {_decided(decision)}."
    if pair.log_odds < REVIEW:
        return f"{names} are two companies ({sureness(pair.score)} that they are one)."
    if pair.log_odds < MERGE:
        return f"{names} may be one company ({sureness(pair.score)}): decide with merge or never."
    said = f"{names} look like one company ({sureness(pair.score)}), but "
    if not against:
        return said + "other accounts of the two contradict."
    (worst,) = against
    two = f"'{worst.first_name}' ({worst.first}) and '{worst.second_name}' ({worst.second})"
    if worst.decision is not None:
        return f"{said}{two} {_decided(worst.decision)}."
    reasons = [one for one in worst.signals if one.weight < 0]
    why = f": {reasons[0].said}" if reasons else ""
    return f"{said}{two}, which belong to them, are not{why}. Decide with merge or never."


def _verdict(pair: Link, chain: tuple[Link, ...], decision: Ruling | None) -> str:
    """Why two are one company."""
    names = f"'{pair.first_name}' and '{pair.second_name}'"
    if decision is not None:
        return f"{names} {_decided(decision)}."
    if pair.log_odds >= MERGE:
        return f"{names} are one company ({sureness(pair.score)} sure)."
    for one in chain:
        if one.decision is not None:
            two = f"'{one.first_name}' and '{one.second_name}'"
            return f"{names} are one company, since {two} {_decided(one.decision)}."
    if len(chain) > 1:
        between = ", ".join(f"'{one.second_name}'" for one in chain[:-1])
        return f"{names} are one company through {between}."
    return f"{names} are one company: it is the only one that the shorter name fits."
