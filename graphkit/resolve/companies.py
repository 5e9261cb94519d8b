"""What a company is called and where it is, from what its accounts say."""

import collections
import re
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

import pandas as pd

from graphkit.resolve.names import names_of, plain, site_of, words
from graphkit.schema import Company, Industry, frame_of

_LONGEST_INITIALS = 3
_VOWELS = frozenset("aeiouy")


def industry_of(value: str) -> str:
    """An industry as the system has it, or an empty text where it says nothing.

    >>> industry_of(" Oil & Gas "), industry_of("Unknown"), industry_of("N/A")
    ('Oil & Gas', '', '')
    """
    bare = " ".join(value.replace("_", " ").split())
    said = " ".join(re.findall(r"\w+", plain(bare)))
    if said in words().no_industry:
        return ""
    shouted = bare.isupper() and len(bare) > _LONGEST_INITIALS
    return readable(bare) if shouted else bare


def readable(name: str) -> str:
    """A name in upper case as people would write it; other names stay.

    >>> readable("WOLF CREEK INSTRUMENTS LLC"), readable("Wolf Creek"), readable("JK TOOL CO")
    ('Wolf Creek Instruments LLC', 'Wolf Creek', 'JK Tool Co')
    """
    if not name.isupper():
        return name
    return re.sub(r"[^\W_]+(?:['\u2019][^\W_]+)?", _titled, name)


def _titled(found: re.Match[str]) -> str:
    word = found.group()
    bare = word.casefold()
    initials = {"llc", "llp", "lp", "plc", "pc", "pllc", "ag", "kg", "bv", "nv", "sa", "usa", "us"}
    short = len(word) <= _LONGEST_INITIALS and not _VOWELS & set(bare)
    if bare in initials or (short and bare not in {"ltd", "mfg", "pty", "pte", "st", "mt", "ft"}):
        return word
    return word[:1] + word[1:].lower()


def company_name(spellings: Sequence[str], fallback: str) -> str:
    """The name people use: the fullest spelling in the words that most spellings have.

    Args:
        spellings: Every spelling, repeated for each account that has it.
        fallback: What to call a company that only its domain or handle is known of.
    """
    if not spellings:
        return fallback
    parsed = {one: names_of(one) for one in set(spellings)}
    cores: collections.Counter[Hashable] = collections.Counter()
    for one in spellings:
        cores.update({parsed[one][0].words if parsed[one] else one})

    def rank(one: str) -> tuple[object, ...]:
        name = parsed[one][0] if parsed[one] else None
        core = name.words if name else one
        whole = bool(name) and not name.cut if name else False
        length = len(core) if name else 0
        return (
            not whole,
            -cores[core],
            one.isupper() or one.islower(),
            -length,
            not (name and name.legal),
            -spellings.count(one),
            -len(one),
            one,
        )

    return readable(min(parsed, key=rank))


def company_rows(
    accounts: pd.DataFrame,
    company_of: Mapping[str, str],
    customers: Collection[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The companies and the industries they are in.

    Args:
        accounts: Frame of schema.Account.
        company_of: Company by account.
        customers: Accounts that ordered or were billed.

    Returns:
        Frames of schema.Company, sorted by id, and of schema.Industry.
    """
    table = accounts.sort_values("id")
    table = table.assign(company=[company_of[one] for one in table["id"]])
    groups = table.groupby("company", sort=True)
    bought = {company_of[one] for one in customers if one in company_of}
    spelled = _industry_spellings(table["industry"].dropna())
    rows: dict[str, list[object]] = collections.defaultdict(list)
    for company, members in groups:
        names = [one.strip() for one in members["name"].dropna() if one.strip()]
        sites = [site for site in map(site_of, members["domain"].dropna()) if site]
        mail = [site for site in map(site_of, members["email"].dropna()) if site]
        handles = members["handle"].dropna().tolist()
        fallback = next(iter([*sites, *mail, *handles]), str(members["id"].iloc[0]))
        industries = [industry_of(one) for one in members["industry"].dropna()]
        rows["id"].append(company)
        rows["name"].append(company_name(names, fallback))
        rows["is_customer"].append(company in bought)
        rows["aliases"].append(sorted(set(names)) or [fallback])
        rows["domain"].append(_commonest(sites or mail))
        rows["city"].append(_commonest(members["city"].dropna()))
        rows["industry"].append(_commonest(spelled[plain(one)] for one in industries if one))
        rows["owner"].append(_commonest(members["owner"].dropna()))
    rows["parent"] = _parents(groups, rows)
    companies = frame_of(Company, rows) if rows["id"] else frame_of(Company)
    names_seen = sorted(set(spelled.values()))
    return companies, frame_of(Industry, {"id": names_seen, "name": names_seen})


def _industry_spellings(values: Iterable[str]) -> dict[str, str]:
    """The commonest spelling of each industry, by the spelling without case."""
    found: dict[str, list[str]] = collections.defaultdict(list)
    for value in values:
        if said := industry_of(value):
            found[plain(said)].append(said)
    return {key: str(_commonest(spellings)) for key, spellings in found.items()}


def _commonest(values: Iterable[str]) -> str | None:
    """The value that most accounts have; of equally common ones the first in the alphabet."""
    counts = collections.Counter(one.strip() for one in values if one.strip())
    return min(counts, key=lambda one: (-counts[one], one), default=None)


def _parents(
    groups: Iterable[tuple[Hashable, pd.DataFrame]], rows: Mapping[str, list[object]]
) -> list[object]:
    """The company that each one's accounts name as their group, where it is one of these."""
    by_name: dict[tuple[str, ...], set[object]] = collections.defaultdict(set)
    for company, aliases in zip(rows["id"], rows["aliases"], strict=True):
        for alias in aliases:  # type: ignore[attr-defined]
            for name in names_of(alias):
                by_name[name.words].add(company)
    found: list[object] = []
    for company, members in groups:
        named = [name for one in members["parent_name"].dropna() for name in names_of(one)]
        parents = set().union(*(by_name.get(name.words, set()) for name in named)) - {company}
        found.append(min(parents, key=str) if len(parents) == 1 else None)
    return found
