"""Which industry a company without one may be in, with what speaks for it and how sure that is.

Four kinds of evidence: words of the name or domain, what the company's own texts mention, the
industries of those it supplies, and the industries of companies that share a distinctive word with
it. Each kind counts as much as it proved right for the companies whose industry is stated; twenty
imagined companies stand for what one would expect before having any.
"""

import collections
import dataclasses
from collections.abc import Iterator

import pandas as pd

from graphkit.batch import Batch
from graphkit.resolve.industries import (
    in_the_shops_words,
    industry_key,
    industry_of,
    named_industries,
)
from graphkit.resolve.lookup import companies_by_account
from graphkit.resolve.matching import Rarity
from graphkit.resolve.names import names_of, words
from graphkit.schema import (
    Account,
    Company,
    Decision,
    Industry,
    Is,
    Mentions,
    Note,
    Post,
    Project,
    Supplies,
)
from graphkit.store.base import GraphStore

_EXPECTED = {"name": 0.6, "texts": 0.4, "supplies": 0.4, "alike": 0.5}
"""How often each kind of evidence is expected to be right, before the shop's own companies say."""
_EXPECTED_WEIGHT = 20.0
_SUREST = 0.95
_LEAST_SURE = 0.05
_DISTINCTIVE = 0.35
_LEAST_ALIKE = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """An industry that a company may be in.

    Attributes:
        industry: Its name, as the shop calls it.
        sure: Probability, 0 to 1.
        evidence: What speaks for it, in words.
    """

    industry: str
    sure: float
    evidence: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """What is known about the industry of a company.

    Attributes:
        company: Its id.
        name: Its name.
        is_customer: Whether it buys from the shop.
        industry: The industry that it counts as; empty when it has none.
        said: What its systems say, also where that says too little.
        suggestions: What it may be in, the likeliest first.
    """

    company: str
    name: str
    is_customer: bool
    industry: str
    said: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Hint:
    """One piece of evidence: how strongly its kind points to an industry."""

    company: str
    kind: str
    industry: str
    strength: float
    said: str


def standings(store: GraphStore) -> list[Standing]:
    """What is known about the industry of each company, customers first.

    Args:
        store: A store to read.
    """
    companies = store.read(Company).sort_values(["is_customer", "name"], ascending=[False, True])
    company_of = companies_by_account(store.read(Is))
    known: dict[str, str] = dict(companies[["id", "industry"]].dropna().itertuples(index=False))
    own = sorted(set(known.values()))
    hints = [
        dataclasses.replace(one, industry=in_the_shops_words(one.industry, own))
        for one in _hints(store, companies, company_of, known)
    ]
    reliable = _reliability(hints, known)
    by_company: dict[str, list[_Hint]] = collections.defaultdict(list)
    for one in hints:
        by_company[one.company].append(one)
    said = _said(store, company_of)
    return [
        Standing(
            company=one,
            name=name,
            is_customer=bool(customer),
            industry=known.get(one, ""),
            said=tuple(sorted(said[one])),
            suggestions=_suggestions(by_company[one], reliable),
        )
        for one, name, customer in companies[["id", "name", "is_customer"]].itertuples(index=False)
    ]


def confirm(store: GraphStore, company: str, industry: str, *, who: str, run: int) -> None:
    """Record which industry a company is in, for each of its accounts, so that splits keep it.

    Args:
        store: The store, writable.
        company: Its id.
        industry: The industry.
        who: Who decided.
        run: The run that the change belongs to.
    """
    accounts = store.read(Is, ["from_id"], where=("to_id", [company]))["from_id"].tolist()
    count = len(accounts)
    columns = {
        "id": [f"industry|{one}" for one in accounts],
        "kind": ["industry"] * count,
        "first": accounts,
        "value": [industry] * count,
        "who": [who] * count,
        "at": [pd.Timestamp.now()] * count,
    }
    store.write(Batch.of(Decision, pd.DataFrame(columns)), run=run)


def unused_industries(store: GraphStore) -> list[str]:
    """Industries that no company is in and no text mentions: stated once, and no longer."""
    used = set(store.values(Company, "industry"))
    mentioned = store.read(Mentions, ["to_id"], where=("to_type", ["Industry"]))
    return sorted(set(store.read(Industry, ["id"])["id"]) - used - set(mentioned["to_id"]))


def _said(store: GraphStore, company_of: dict[str, str]) -> dict[str, set[str]]:
    """What the systems of each company state as its industry."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for account, stated in store.read(Account, ["id", "industry"]).dropna().itertuples(index=False):
        if stated.strip():
            found[company_of[account]].add(stated.strip())
    return found


def _hints(
    store: GraphStore, companies: pd.DataFrame, company_of: dict[str, str], known: dict[str, str]
) -> Iterator[_Hint]:
    yield from _by_name(companies)
    yield from _by_texts(store, company_of)
    yield from _by_supplies(store, company_of, known, companies)
    yield from _by_likeness(companies, known)


def _by_name(companies: pd.DataFrame) -> Iterator[_Hint]:
    table = companies[["id", "name", "domain"]].fillna("")
    for company, name, domain in table.itertuples(index=False):
        found = named_industries(name, domain)
        for industry, word in found.items():
            where = "name" if word in name.casefold() else f"domain {domain}"
            said = f"its {where} has '{word}'"
            yield _Hint(company, "name", industry, 1.0 / len(found), said)


def _by_texts(store: GraphStore, company_of: dict[str, str]) -> Iterator[_Hint]:
    """Industries that a company's own notes, posts and projects mention without denying them."""
    accounts: dict[str, str] = {}
    for entity in (Note, Post, Project):
        accounts.update(store.read(entity, ["id", "account"]).dropna().itertuples(index=False))
    rows = store.read(
        Mentions, ["from_id", "canonical", "polarity"], where=("to_type", ["Industry"])
    )
    rows = rows[rows["polarity"].isin(["asserted", "past", "reported"])]
    texts: dict[str, dict[str, set[str]]] = collections.defaultdict(
        lambda: collections.defaultdict(set)
    )
    for text, industry in rows[["from_id", "canonical"]].itertuples(index=False):
        company = company_of.get(accounts.get(text, ""))
        if company:
            texts[company][industry].add(text)
    for company, found in texts.items():
        every = sum(len(one) for one in found.values())
        for industry, some in found.items():
            count = f"{len(some)} texts" if len(some) > 1 else "a text"
            said = f"{count} about it {'mention' if len(some) > 1 else 'mentions'} {industry}"
            yield _Hint(company, "texts", industry, len(some) / every, said)


def _by_supplies(
    store: GraphStore, company_of: dict[str, str], known: dict[str, str], companies: pd.DataFrame
) -> Iterator[_Hint]:
    """Industries of a company's own customers."""
    stated = store.read(Supplies, ["from_id", "to_id"], where=("polarity", ["asserted"]))
    projects = store.read(Project, ["account", "end_customer"]).dropna()
    pairs = {
        (company_of.get(one, ""), company_of.get(other, ""))
        for rows in (stated, projects)
        for one, other in rows.itertuples(index=False)
    }
    names: dict[str, str] = dict(companies[["id", "name"]].itertuples(index=False))
    buyers: dict[str, dict[str, list[str]]] = collections.defaultdict(
        lambda: collections.defaultdict(list)
    )
    for company, buyer in sorted(pairs):
        if company and company != buyer and buyer in known:
            buyers[company][known[buyer]].append(names[buyer])
    for company, found in buyers.items():
        every = sum(len(one) for one in found.values())
        for industry, some in found.items():
            said = f"it supplies {' and '.join(some[:2])}, in {industry}"
            yield _Hint(company, "supplies", industry, len(some) / every, said)


def _by_likeness(companies: pd.DataFrame, known: dict[str, str]) -> Iterator[_Hint]:
    """The industry that most companies with the same distinctive word in their names are in."""
    names = {
        company: {word for one in names_of(name) for word in one.words}
        for company, name in companies[["id", "name"]].itertuples(index=False)
    }
    rarity = Rarity(one for name in companies["name"] for one in names_of(name))
    sharing: dict[str, list[str]] = collections.defaultdict(list)
    for company in sorted(names):
        for word in names[company] - words().generic:
            if rarity.of(word) >= _DISTINCTIVE:
                sharing[word].append(company)
    for word, together in sorted(sharing.items()):
        for company in together:
            others = [known[one] for one in together if one != company and one in known]
            if len(others) < _LEAST_ALIKE:
                continue
            counts = collections.Counter(others)
            industry, most = min(counts.items(), key=lambda one: (-one[1], one[0]))
            if most * 2 > len(others):
                said = f"{most} of {len(others)} others with '{word}' in their names are in it"
                yield _Hint(company, "alike", industry, most / (len(others) + 1), said)


def _reliability(hints: list[_Hint], known: dict[str, str]) -> dict[str, float]:
    """How often each kind of evidence is right, among the companies whose industry is stated."""
    right = {kind: share * _EXPECTED_WEIGHT for kind, share in _EXPECTED.items()}
    seen = dict.fromkeys(_EXPECTED, _EXPECTED_WEIGHT)
    for one in hints:
        if one.company in known:
            seen[one.kind] += one.strength
            right[one.kind] += one.strength * (one.industry == known[one.company])
    return {kind: right[kind] / seen[kind] for kind in seen}


def _suggestions(hints: list[_Hint], reliable: dict[str, float]) -> tuple[Suggestion, ...]:
    """Industries by how sure they are: evidence that is wrong by chance seldom agrees."""
    doubt: dict[str, float] = collections.defaultdict(lambda: 1.0)
    evidence: dict[str, list[str]] = collections.defaultdict(list)
    for one in hints:
        if industry_of(one.industry) and industry_key(one.industry):
            doubt[one.industry] *= 1.0 - reliable[one.kind] * one.strength
            evidence[one.industry].append(one.said)
    found = [
        Suggestion(industry, min(1.0 - left, _SUREST), tuple(evidence[industry]))
        for industry, left in doubt.items()
        if 1.0 - left >= _LEAST_SURE
    ]
    return tuple(sorted(found, key=lambda one: (-one.sure, one.industry)))
