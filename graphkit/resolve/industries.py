"""Industries: which values say nothing, which spellings are one, and what a company's name says."""

import collections
import dataclasses
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from rapidfuzz import fuzz

from graphkit.resolve.matching import typing_errors
from graphkit.resolve.names import names_of, plain, readable, site_of, stem_of, words

_LONGEST_INITIALS = 3
_ALIKE = 85.0
"""Likeness (0 to 100) of two titles, word order aside, from which they mean one industry."""
_SHORTEST_IN_A_DOMAIN = 4
"""A shorter word may stand in a domain by chance: "ag" in "magna"."""
_REST_OF_A_WORD = 4


@dataclasses.dataclass(frozen=True, slots=True)
class KnownIndustry:
    """One of industries.toml.

    Attributes:
        title: What to call it where the shop has no name for it.
        naics: Its NAICS code.
        keys: `industry_key` of its title and of everything else that it is called.
        words: Whole words of company names that speak for it.
        beginnings: Likewise, the beginnings of words.
    """

    title: str
    naics: str
    keys: tuple[str, ...]
    words: frozenset[str]
    beginnings: tuple[str, ...]


@cache
def known_industries() -> tuple[KnownIndustry, ...]:
    """The industries of industries.toml."""
    return tuple(
        KnownIndustry(
            title=one["title"],
            naics=one["naics"],
            keys=tuple(
                dict.fromkeys(industry_key(name) for name in [one["title"], *one["called"]])
            ),
            words=frozenset(word for word in one["words"] if not word.endswith("*")),
            beginnings=tuple(word[:-1] for word in one["words"] if word.endswith("*")),
        )
        for one in _file()["industries"].values()
    )


def industry_of(value: str) -> str:
    """An industry as the system has it, or an empty text where it says nothing or too little.

    >>> industry_of(" Oil & Gas "), industry_of("OIL_GAS"), industry_of("Unknown")
    ('Oil & Gas', 'Oil Gas', '')
    >>> industry_of("Manufacturing"), industry_of("Medical Manufacturing")
    ('', 'Medical Manufacturing')
    """
    bare = " ".join(value.replace("_", " ").split())
    said = " ".join(re.findall(r"\w+", plain(bare)))
    if said in words().no_industry or industry_key(bare) in _vague():
        return ""
    shouted = bare.isupper() and len(bare) > _LONGEST_INITIALS
    return readable(bare) if shouted else bare


@cache
def industry_key(value: str) -> str:
    """What spellings of one industry have in common: its words, sorted, in one spelling.

    >>> industry_key("Aerospace & Defense") == industry_key("defence/aerospace")
    True
    """
    same = _file()["same"]
    found = re.findall(r"\w+", plain(value))
    bare = [one for one in found if one not in {"and", "the", "of", "industry", "sector", "market"}]
    return " ".join(sorted(same.get(one, one) for one in bare or found))


def spellings(values: Iterable[str], typed: Iterable[str] = ()) -> dict[str, str]:
    """The name to use for each industry that systems state, by every value that is one.

    Spellings that differ by signs, order, "and", British spelling, a plural or a typing error are
    one industry. It is called as most accounts call it, rightly spelt where one is.

    Args:
        values: What the accounts say, repeated as often as they say it; vague ones are left out.
        typed: What people confirmed: it does not rename what the systems call it.
    """
    counts = collections.Counter(said for value in values if (said := industry_of(value)))
    counts.update({said: 0 for value in typed if (said := industry_of(value))})
    weight: collections.Counter[str] = collections.Counter()
    for said, count in counts.items():
        weight[industry_key(said)] += count
    titles = {known.keys[0] for known in known_industries()}
    leader: dict[str, str] = {}
    for key in sorted(
        weight, key=lambda one: (not _spelt_right(one), -weight[one], one not in titles, one)
    ):
        near = (other for other in leader if leader[other] == other and _one_industry(key, other))
        leader[key] = next(near, key)
    called: dict[str, list[str]] = collections.defaultdict(list)
    for said in counts:
        called[leader[industry_key(said)]].append(said)
    best = {
        key: min(all_of, key=lambda one: (industry_key(one) != key, -counts[one], -len(one), one))
        for key, all_of in called.items()
    }
    return {said: best[leader[industry_key(said)]] for said in counts}


def in_the_shops_words(title: str, own: Collection[str]) -> str:
    """What the shop calls an industry: its own name for it, if it has one.

    >>> in_the_shops_words("agriculture", ["Farm Machinery", "Marine"])
    'Farm Machinery'

    Args:
        title: An industry, as a text, NAICS or our list has it.
        own: Names of the industries that the shop uses.
    """
    key = industry_key(title)
    mine = {industry_key(one): one for one in sorted(own)}
    if key in mine:
        return mine[key]
    known = next((one for one in known_industries() if key in one.keys), None)
    wanted = known.keys if known else (key,)
    for other in wanted:
        if other in mine:
            return mine[other]
    likeness = {
        name: max(fuzz.token_sort_ratio(one, other) for other in wanted)
        for one, name in mine.items()
    }
    best = max(likeness, key=lambda name: (likeness[name], name), default="")
    if best and likeness[best] >= _ALIKE:
        return best
    return known.title if known else title[:1].upper() + title[1:]


def named_industries(name: str, domain: str = "") -> dict[str, str]:
    """Titles of the industries that the words of a name and domain speak for, with those words.

    >>> named_industries("Salt Fork Marine LLC"), named_industries("", "kettleaero.com")
    ({'Marine': 'marine'}, {'Aerospace': 'aero'})
    """
    said = [word for one in names_of(name) for word in one.words]
    stem = stem_of(site_of(domain))
    found: dict[str, str] = {}
    for known in known_industries():
        hits = [word for word in said if word in known.words or word.startswith(known.beginnings)]
        hits = hits or _in_domain(stem, known)
        if hits:
            found[known.title] = max(hits, key=lambda one: (len(one), one))
    return found


def _in_domain(stem: str, known: KnownIndustry) -> list[str]:
    """Words at the end of a domain's own part, and beginnings at its start or in its last word."""
    whole = [one for one in known.words if stem.endswith(one)]
    begun = [
        one
        for one in known.beginnings
        if stem.startswith(one) or re.search(rf"{one}[a-z]{{0,{_REST_OF_A_WORD}}}$", stem)
    ]
    return [one for one in (*whole, *begun) if len(one) >= _SHORTEST_IN_A_DOMAIN]


def _one_industry(key: str, other: str) -> bool:
    """Whether two keys differ by typing errors or plurals only, word by word."""
    pairs = list(zip(key.split(), other.split(), strict=False))
    if len(key.split()) != len(other.split()):
        return False
    return all(one == two or _misspelt(one, two) for one, two in pairs)


def _misspelt(one: str, other: str) -> bool:
    if one in {f"{other}s", other.removesuffix("s")}:
        return True
    both_right = {one, other} <= _vocabulary()
    return not both_right and typing_errors(one, other) > 0


def _spelt_right(key: str) -> bool:
    return set(key.split()) <= _vocabulary()


@cache
def _vocabulary() -> frozenset[str]:
    """Words that are spelt as they should be: "Printing" is no misspelt "Painting"."""
    titles = (word for known in known_industries() for key in known.keys for word in key.split())
    return frozenset({*titles, *_file()["same"].values(), *_file()["vocabulary"]["words"]})


@cache
def _vague() -> frozenset[str]:
    return frozenset(industry_key(one) for one in _file()["vague"]["values"])


@cache
def _file() -> Mapping[str, Any]:
    text = resources.files("graphkit.resolve").joinpath("industries.toml").read_text("utf-8")
    return tomllib.loads(text)
