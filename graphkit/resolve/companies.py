"""What a company is called and where it is, from what its accounts say."""

import collections
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

import pandas as pd

from graphkit.resolve.industries import industry_of, spellings
from graphkit.resolve.names import names_of, readable, site_of
from graphkit.resolve.profiles import parents_by_id
from graphkit.schema import Company, Industry, frame_of


def company_name(spellings: Sequence[str], fallback: str, domains: Sequence[str] = ()) -> str:
    """The name people use: the fullest spelling in the words that most spellings have.

    A company spells itself right in its domain: words that make up the domain's name come before
    those that somebody typed more often.

    Args:
        spellings: Every spelling, repeated for each account that has it.
        fallback: What to call a company that only its domain or handle is known of.
        domains: Its web domains.
    """
    if not spellings:
        return fallback
    parsed = {one: names_of(one) for one in set(spellings)}
    cores: collections.Counter[Hashable] = collections.Counter()
    for one in spellings:
        cores.update({parsed[one][0].words if parsed[one] else one})

    stems = {domain.partition(".")[0].replace("-", "") for domain in domains}

    def rank(one: str) -> tuple[object, ...]:
        name = parsed[one][0] if parsed[one] else None
        core = name.words if name else one
        whole = bool(name) and not name.cut if name else False
        as_in_domain = name is not None and name.squeezed in stems
        length = len(core) if name else 0
        return (
            not whole,
            not as_in_domain,
            -cores[core],
            one.isupper() or one.islower(),
            -length,
            not (name and name.legal),
            -spellings.count(one),
            -len(one),
            one,
        )

    return readable(min(parsed, key=rank))


_SAID = ("name", "domain", "email", "handle", "industry", "city", "owner", "parent_name")


def company_rows(
    accounts: pd.DataFrame,
    company_of: Mapping[str, str],
    customers: Collection[str],
    decided: Mapping[str, str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The companies and the industries they are in.

    Args:
        accounts: Frame of schema.Account.
        company_of: Company by account.
        customers: Accounts that ordered or were billed.
        decided: Industry by company, as people confirmed it; it wins over every system.

    Returns:
        Frames of schema.Company, sorted by id, and of schema.Industry.
    """
    said_of = _said_of(accounts, company_of)
    bought = {company_of[one] for one in customers if one in company_of}
    stated = [one for said in said_of.values() for one in said["industry"]]
    spelled = spellings(stated, decided.values())
    rows: dict[str, list[object]] = collections.defaultdict(list)
    for company in sorted(said_of):
        said = said_of[company]
        sites = [site for site in map(site_of, said["domain"]) if site]
        mail = [site for site in map(site_of, said["email"]) if site]
        keys = [one.partition(":")[2] or one for one in said["id"]]  # without the system's name
        fallback = next(iter([*sites, *mail, *said["handle"], *keys]))
        industries = [decided[company]] if company in decided else said["industry"]
        rows["id"].append(company)
        rows["name"].append(company_name(said["name"], fallback, sites or mail))
        rows["is_customer"].append(company in bought)
        rows["aliases"].append(sorted(set(said["name"])) or [fallback])
        rows["domain"].append(_commonest(sites or mail))
        rows["city"].append(_commonest(said["city"]))
        rows["industry"].append(
            _commonest(spelled[one] for one in map(industry_of, industries) if one)
        )
        rows["owner"].append(_commonest(said["owner"]))
    rows["parent"] = _parents(said_of, _stated_parents(accounts, company_of))
    industries_seen = sorted(set(spelled.values()))
    return (
        frame_of(Company, rows if said_of else {}),
        frame_of(Industry, {"id": industries_seen, "name": industries_seen}),
    )


def _said_of(
    accounts: pd.DataFrame, company_of: Mapping[str, str]
) -> dict[str, dict[str, list[str]]]:
    """What the accounts of each company say, by column, without blanks, in order of account id."""
    table = accounts.sort_values("id")
    ids = table["id"].tolist()
    found: dict[str, dict[str, list[str]]] = {}
    for account in ids:
        said = found.setdefault(company_of[account], {name: [] for name in ("id", *_SAID)})
        said["id"].append(account)
    for name in _SAID:
        values = table[name].to_numpy(dtype=object, na_value="")
        for account, value in zip(ids, values, strict=True):
            if value.strip():
                found[company_of[account]][name].append(value.strip())
    return found


def _commonest(values: Iterable[str]) -> str | None:
    """The value that most accounts have; of equally common ones the first in the alphabet."""
    counts = collections.Counter(one.strip() for one in values if one.strip())
    return min(counts, key=lambda one: (-counts[one], one), default=None)


def _stated_parents(accounts: pd.DataFrame, company_of: Mapping[str, str]) -> dict[str, set[str]]:
    """The companies that each one's accounts name as their group by an id."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for account, parent in parents_by_id(accounts).items():
        found[company_of[account]].add(company_of[parent])
    return found


def _parents(
    said_of: Mapping[str, Mapping[str, list[str]]], stated: Mapping[str, set[str]]
) -> list[object]:
    """The company that each one's accounts name as their group; an id says it before a name."""
    by_name: dict[tuple[str, ...], set[str]] = collections.defaultdict(set)
    for company, said in said_of.items():
        for spelling in said["name"]:
            for name in names_of(spelling):
                by_name[name.words].add(company)
    found: list[object] = []
    for company in sorted(said_of):
        named = [name for one in said_of[company]["parent_name"] for name in names_of(one)]
        called: set[str] = set().union(*(by_name.get(name.words, set()) for name in named))
        parents = (stated.get(company, set()) - {company}) or (called - {company})
        found.append(min(parents) if len(parents) == 1 else None)
    return found
