"""Which pairs of accounts are worth comparing: those that share something rare."""

import collections
import itertools
from collections.abc import Iterator, Sequence

from graphkit.resolve.names import Name, squeezed_forms
from graphkit.resolve.profiles import Profile

_WORD_BLOCK = 60
"""A word in more accounts than this brings no pairs by itself; pairs of words do."""
_STRONG_BLOCK = 400
_LEAST_WORD = 3
_LEAST_STEM = 6
_BEGINNING = 3


def candidate_pairs(accounts: Sequence[Profile]) -> list[tuple[int, int]]:
    """Pairs of positions (lower first), sorted, that share a key.

    Domain, handle, telephone, address and squeezed name are strong keys; a word, a pair of words
    and a word with the beginning of the next are weak ones, used while few accounts have them.
    Words and squeezed names are also keyed with each letter left out, so that names which differ by
    one typing error meet (the deletion neighbourhood of SymSpell).

    Args:
        accounts: Every account of the shop.
    """
    strong: dict[str, list[int]] = collections.defaultdict(list)
    weak: dict[str, list[int]] = collections.defaultdict(list)
    for position, one in enumerate(accounts):
        for key in set(_strong_keys(one)):
            strong[key].append(position)
        for key in {key for name in one.names for key in _weak_keys(name)}:
            weak[key].append(position)
    found: set[tuple[int, int]] = set()
    for blocks, most in ((strong, _STRONG_BLOCK), (weak, _WORD_BLOCK)):
        for block in blocks.values():
            if 1 < len(block) <= most:
                found.update(itertools.combinations(block, 2))
    return sorted(found)


def _strong_keys(one: Profile) -> Iterator[str]:
    yield from (f"site {site}" for site in one.sites)
    if one.phone:
        yield f"phone {one.phone[-7:]}"
    if one.address:
        yield f"address {one.address}"
    if one.handle:
        yield f"handle {one.handle}"
    forms = set(one.stems)
    for name in one.names:
        forms |= squeezed_forms(name)
    for form in forms:
        yield f"form {form}"
        if len(form) > _LEAST_STEM:
            yield from (f"form {near}" for near in _without_a_letter(form))


def _weak_keys(name: Name) -> Iterator[str]:
    long = [word for word in name.words if len(word) >= _LEAST_WORD]
    yield from long
    for word in long:
        if len(word) > _LEAST_WORD + 1:
            yield from _without_a_letter(word)
    for one, other in itertools.combinations(sorted(set(name.words)), 2):
        yield f"{one} {other}"
    for one, other in itertools.pairwise(name.words):
        yield f"{one} {other[:_BEGINNING]}"
        yield f"{one[:_BEGINNING]} {other}"
    yield f"squeezed {name.squeezed[:_LEAST_STEM]}"


def _without_a_letter(word: str) -> Iterator[str]:
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
