"""Why two accounts or companies are, or are not, one."""

import dataclasses
import itertools

import networkx as nx
import pandas as pd

from graphkit.errors import UnknownNameError
from graphkit.resolve.decisions import Ruling, rulings
from graphkit.resolve.evidence import MERGE, REVIEW, Evidence, Signal, probability
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
    """

    first: str
    second: str
    first_name: str
    second_name: str
    log_odds: float
    signals: tuple[Signal, ...]

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
    company_of = dict(zip(joined["from_id"], joined["to_id"], strict=True))
    sides = [_positions(one, position_of, company_of) for one in (a, b)]
    pairs = [(i, j) for i, j in itertools.product(*sides) if i != j] or [(sides[0][0], sides[1][0])]
    ids = [one.id for one in evidence.accounts]
    ruled = rulings(decisions, set(ids))
    decision = next((found for i, j in pairs if (found := ruled.about(ids[i], ids[j]))), None)
    i, j = max(pairs, key=lambda pair: (evidence.total(*pair), -pair[0], -pair[1]))
    together = company_of.get(ids[i]) == company_of.get(ids[j], "")
    chain = _chain(evidence, company_of, i, j) if together and i != j else ()
    pair = _link(evidence, i, j)
    return Explanation(
        together=together,
        pair=pair,
        chain=chain,
        decision=decision,
        merge_at=probability(MERGE),
        review_at=probability(REVIEW),
        verdict=_verdict(pair, chain, decision, together=together),
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


def _link(evidence: Evidence, i: int, j: int) -> Link:
    a, b = evidence.accounts[i], evidence.accounts[j]
    signals = tuple(sorted(evidence.signals(i, j), key=lambda one: (-abs(one.weight), one.name)))
    return Link(
        first=a.id,
        second=b.id,
        first_name=a.spelling or a.id,
        second_name=b.spelling or b.id,
        log_odds=sum(one.weight for one in signals),
        signals=signals,
    )


def _chain(evidence: Evidence, company_of: dict[str, str], i: int, j: int) -> tuple[Link, ...]:
    """The path from one account to another along the company's surest pairs."""
    company = company_of[evidence.accounts[i].id]
    members = [
        position
        for position, one in enumerate(evidence.accounts)
        if company_of.get(one.id) == company
    ]
    graph: nx.Graph[int] = nx.Graph()
    for one, other in itertools.combinations(members, 2):
        graph.add_edge(one, other, doubt=-evidence.total(one, other))
    tree = nx.minimum_spanning_tree(graph, weight="doubt")
    path = nx.shortest_path(tree, i, j)
    return tuple(_link(evidence, one, other) for one, other in itertools.pairwise(path))


def _verdict(
    pair: Link, chain: tuple[Link, ...], decision: Ruling | None, *, together: bool
) -> str:
    names = f"'{pair.first_name}' and '{pair.second_name}'"
    if decision is not None:
        said = {"merge": "merged", "split": "split", "never": "never to be merged"}[decision.kind]
        return f"{names} are {said}: {decision.who} decided so on {decision.at[:10]}."
    if not together:
        if pair.log_odds >= MERGE:
            return (
                f"{names} would be one company by themselves ({pair.score:.0%}), but other "
                f"accounts of the two contradict."
            )
        if pair.log_odds >= REVIEW:
            return f"{names} may be one company ({pair.score:.0%}): decide with merge or never."
        return f"{names} are two companies ({pair.score:.0%} that they are one)."
    return _together(names, pair, chain)


def _together(names: str, pair: Link, chain: tuple[Link, ...]) -> str:
    if pair.log_odds >= MERGE:
        return f"{names} are one company ({pair.score:.0%})."
    if len(chain) > 1:
        between = ", ".join(f"'{one.second_name}'" for one in chain[:-1])
        return f"{names} are one company through {between}."
    return f"{names} are one company: it is the only one that the shorter name fits."
