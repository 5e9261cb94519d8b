"""How far two ids of one system tell two companies apart: as far as its own list is tidy."""

import collections
import itertools
import math
from collections.abc import Mapping, Sequence

from graphkit.resolve.matching import WHOLE, Matcher
from graphkit.resolve.profiles import Profile

_PRIOR_ACCOUNTS = 20
"""Accounts without a double that a system is taken to have: two in a list of three prove little."""
_LOOKED_AT = 20


def repeats_of_systems(accounts: Sequence[Profile], matcher: Matcher) -> Mapping[str, float]:
    """Log-odds that two accounts of a system are one company, by how it keeps its accounts.

    A system of record seldom has a company twice; a list that several people or programs write into
    does all the time, and shows it: accounts of like names at one telephone or street. The share of
    accounts that have such a double is what two ids are worth there.

    Args:
        accounts: Every account of the shop.
        matcher: Compares names.

    Returns:
        Log-odds by system, at most 0; systems without any double are left out.
    """
    blocks: dict[tuple[str, str], list[Profile]] = collections.defaultdict(list)
    reachable: collections.Counter[str] = collections.Counter()
    for one in accounts:
        contacts = [contact for contact in (one.phone, one.address) if contact]
        reachable[one.system] += bool(contacts and one.names)
        for contact in contacts:
            blocks[one.system, contact].append(one)
    doubled: dict[str, set[str]] = collections.defaultdict(set)
    for (system, _), block in blocks.items():
        for one, other in itertools.combinations(block[:_LOOKED_AT], 2):
            if _alike(one, other, matcher):
                doubled[system] |= {one.id, other.id}
    shares = {one: len(doubled[one]) / (reachable[one] + _PRIOR_ACCOUNTS) for one in doubled}
    return {one: min(math.log(share / (1.0 - share)), 0.0) for one, share in shares.items()}


def _alike(one: Profile, other: Profile, matcher: Matcher) -> bool:
    """Whether two accounts have a name in common."""
    return any(matcher.match(a, b).likeness in WHOLE for a in one.names for b in other.names)
