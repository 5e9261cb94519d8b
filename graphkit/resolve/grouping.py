"""Groups accounts into companies: the surest pairs first, and never across a contradiction.

Joining along pairs alone would chain: A is like B and B is like C, though A and C are two
companies. So two groups join only if no pair across them contradicts, and if the pairs across them
agree on average (constrained average linkage).
"""

import collections
import dataclasses
import itertools
from collections.abc import Iterable, Sequence

from graphkit.resolve.decisions import Rulings
from graphkit.resolve.evidence import MERGE, Evidence

CONTRADICTION = -3.0
"""Log-odds below which a pair keeps two groups apart."""
_AGREEMENT = 0.5
_CLEAR = 0.4
_PLAUSIBLE = -1.0


@dataclasses.dataclass(slots=True)
class Grouping:
    """Which accounts are together.

    Attributes:
        group: Group of each position.
        members: Positions of each group.
        fits: Groups' positions that were joined since they are the only ones that fit, as pairs.
    """

    group: list[int]
    members: dict[int, list[int]]
    fits: list[tuple[int, int]]


class _Groups:
    """Groups that grow, and what keeps them apart."""

    def __init__(self, evidence: Evidence, rulings: Rulings) -> None:
        self.evidence = evidence
        accounts = evidence.accounts
        self.group = list(range(len(accounts)))
        self.members = {position: [position] for position in self.group}
        position_of = {one.id: position for position, one in enumerate(accounts)}
        self._apart: dict[int, set[int]] = collections.defaultdict(set)
        for one in rulings.apart:
            a, b = position_of[one.first], position_of[one.second]
            self._apart[a].add(b)
            self._apart[b].add(a)
        self._merged = [(position_of[one.first], position_of[one.second]) for one in rulings.merged]
        self._bound = {position for pair in self._merged for position in pair}
        self._imply_apart()

    def _imply_apart(self) -> None:
        """What is apart from one of two merged accounts is apart from the other."""
        changed = True
        while changed:
            changed = False
            for a, b in self._merged:
                both = self._apart[a] | self._apart[b]
                if both != self._apart[a] or both != self._apart[b]:
                    changed = True
                    for position in (a, b):
                        self._apart[position] = set(both)
                        for other in both:
                            self._apart[other].add(position)

    def obey(self) -> None:
        """Join what people merged, each with its whole group, then take out what must be apart."""
        for a, b in self._merged:
            self.join(a, b)
        for group in sorted(self.members):
            for position in sorted(self.members[group]):
                clashing = self._apart[position] & set(self.members[group])
                if clashing and position not in self._bound:
                    self._take_out(position)

    def _take_out(self, position: int) -> None:
        group = self.group[position]
        self.members[group].remove(position)
        fresh = max(self.members) + len(self.group)  # a number that no group has
        self.group[position] = fresh
        self.members[fresh] = [position]

    def join(self, i: int, j: int) -> None:
        keep, drop = self.group[i], self.group[j]
        if keep == drop:
            return
        if len(self.members[keep]) < len(self.members[drop]):
            keep, drop = drop, keep
        for position in self.members[drop]:
            self.group[position] = keep
        self.members[keep] += self.members.pop(drop)

    def agreement(self, a: int, b: int) -> float:
        """Mean log-odds across two groups; minus infinity where a pair contradicts.

        A system that tells two accounts apart by their ids keeps the groups apart, unless it has
        one account in each that strong evidence says are one: then it has companies twice.
        """
        total = 0.0
        two_ids: set[str] = set()
        doubled: set[str] = set()
        for i, j in itertools.product(self.members[a], self.members[b]):
            weight = self.evidence.total(i, j)
            if j in self._apart[i] or weight < CONTRADICTION:
                return float("-inf")
            if self.evidence.two_ids(i, j):
                system = self.evidence.accounts[i].system
                if weight >= MERGE:
                    doubled.add(system)
                elif self.evidence.told_apart(i, j):
                    two_ids.add(system)
            total += weight
        if two_ids - doubled:
            return float("-inf")
        return total / (len(self.members[a]) * len(self.members[b]))

    def fit(self, a: int, b: int) -> float:
        """Mean log-odds of the pairs across two groups in which both accounts have a name."""
        accounts = self.evidence.accounts
        found = [
            self.evidence.total(i, j)
            for i, j in itertools.product(self.members[a], self.members[b])
            if accounts[i].names and accounts[j].names
        ]
        return sum(found) / len(found) if found else 0.0


def group_accounts(
    evidence: Evidence, pairs: Sequence[tuple[int, int]], rulings: Rulings
) -> Grouping:
    """Groups of accounts that are one company each.

    Args:
        evidence: Compares accounts.
        pairs: Candidate pairs of positions.
        rulings: What people decided.
    """
    groups = _Groups(evidence, rulings)
    weighed = [(evidence.total(i, j), i, j) for i, j in pairs]
    sure = sorted((one for one in weighed if one[0] >= MERGE), key=lambda one: (-one[0], *one[1:]))
    for _, i, j in sure:
        a, b = groups.group[i], groups.group[j]
        if a != b and groups.agreement(a, b) >= _AGREEMENT:
            groups.join(i, j)
    fits = _join_only_fits(groups, pairs)
    groups.obey()
    return Grouping(groups.group, groups.members, fits)


def _join_only_fits(groups: _Groups, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a group known by a shortened name to the one company that it can be.

    "Copper Fal." may be Copper Falls Fittings or Copper Falls Gauges; if the system that wrote it
    has another account of one of them, it is the other. Without a clear best it stays alone and
    goes to review. Clear ones go first, since each leaves fewer choices to the others.
    """
    parts = [
        (short, full)
        for i, j in pairs
        if groups.evidence.is_part(i, j)
        for short, full in ((i, j), (j, i))
        if _shorter(groups.evidence, short, full)
    ]
    joined: list[tuple[int, int]] = []
    changed = True
    while changed:
        changed = False
        touched: set[int] = set()
        for short, full in _clear_fits(groups, parts):
            a, b = groups.group[short], groups.group[full]
            if a != b and not touched & {a, b}:
                groups.join(short, full)
                joined.append((short, full))
                touched |= {a, b}
                changed = True
    return joined


def _clear_fits(groups: _Groups, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Shortened names with one fit that stands out, the clearest first."""
    choices: dict[int, dict[int, tuple[float, int, int]]] = collections.defaultdict(dict)
    for short, full in parts:
        a, b = groups.group[short], groups.group[full]
        known = a == b or b in choices[a]
        if not known and groups.agreement(a, b) >= _PLAUSIBLE:
            choices[a][b] = (groups.fit(a, b), short, full)
    ranked = []
    for group in sorted(choices):
        fits = sorted(choices[group].values(), key=lambda one: (-one[0], *one[1:]))
        if fits and _may_fit(groups, group):
            lead = fits[0][0] - fits[1][0] if len(fits) > 1 else float("inf")
            if lead >= _CLEAR:
                ranked.append((-lead, -fits[0][0], fits[0][1], fits[0][2]))
    return [(short, full) for _, _, short, full in sorted(ranked)]


def _may_fit(groups: _Groups, group: int) -> bool:
    """Whether a group's name may be short for another's.

    A name that is visibly cut off may; else only one that no system has given an id, since a system
    of record that lists "Granite Inc" means Granite, Inc.
    """
    accounts = [groups.evidence.accounts[position] for position in groups.members[group]]
    cut = any(len(name.words) - 1 in name.cut for one in accounts for name in one.names)
    return cut or not any(one.native for one in accounts)


def _shorter(evidence: Evidence, short: int, full: int) -> bool:
    """Whether the first account gives the beginning of the second one's name."""
    a, b = evidence.accounts[short], evidence.accounts[full]
    one = min((len(name.squeezed) for name in a.names), default=0)
    other = max((len(name.squeezed) for name in b.names), default=0)
    if not one or not other:
        one = one or max((len(stem) for stem in a.stems), default=0)
        other = other or max((len(stem) for stem in b.stems), default=0)
    return one < other
