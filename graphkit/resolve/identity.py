"""Ids of companies: minted once, kept for ever."""

import collections
import hashlib
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

import pandas as pd


def mint(account: str) -> str:
    """The id of a company that is new, from its first account.

    >>> mint("erp:C100")
    'co-9eee31da97'
    """
    return "co-" + hashlib.sha256(account.encode()).hexdigest()[:10]


def company_ids(
    groups: Sequence[Sequence[str]],
    previous: Mapping[str, str],
    age: Mapping[str, int],
    retired: Collection[str] = (),
) -> list[str]:
    """The id of each group of accounts.

    An id goes to the group that holds most of its former accounts (the part with most accounts, on
    a split); a group that is due several takes that of the elder company (on a merge). A part of a
    split that had an id of its own before a merge takes that back, so that merging and splitting
    leaves everything as it was. A group that is due none gets a new one.

    Args:
        groups: Accounts of each group, sorted, without repeats between groups.
        previous: Company by account, as it was.
        age: Run that brought each account; the lower, the elder.
        retired: Ids that merges took away.

    Returns:
        One id a group; equal input gives equal ids.
    """
    held: dict[str, list[tuple[int, int, str, int]]] = collections.defaultdict(list)
    eldest: dict[str, tuple[int, int, str]] = {}
    former: dict[str, list[str]] = collections.defaultdict(list)
    for account, company in previous.items():
        former[company].append(account)
    for company, accounts in former.items():
        runs = [age[one] for one in accounts if one in age]
        eldest[company] = (min(runs, default=0), -len(accounts), company)
    eldest |= {company: (0, 0, company) for company in retired if company not in eldest}
    for position, group in enumerate(groups):
        counts = collections.Counter(previous[one] for one in group if one in previous)
        for company, count in counts.items():
            held[company].append((-count, -len(group), group[0], position))
    due: dict[int, list[str]] = collections.defaultdict(list)
    for position, company in _taken_back(groups, held, set(retired)).items():
        due[position].append(company)
    for company, claims in held.items():
        due[min(claims)[-1]].append(company)
    taken = {min(companies, key=eldest.__getitem__) for companies in due.values()}
    found = []
    for position, group in enumerate(groups):
        if position in due:
            found.append(min(due[position], key=eldest.__getitem__))
        else:
            fresh = next(one for one in _fresh(group) if one not in taken)
            taken.add(fresh)
            found.append(fresh)
    return found


def _taken_back(
    groups: Sequence[Sequence[str]],
    held: dict[str, list[tuple[int, int, str, int]]],
    retired: set[str],
) -> dict[int, str]:
    """Retired ids by the position of the split-off group that had them; its other claims go."""
    found: dict[int, str] = {}
    for company, claims in held.items():
        for claim in sorted(claims, reverse=True):
            own = {mint(one) for one in groups[claim[-1]]}
            if len(claims) > 1 and company not in own and own & retired:
                found[claim[-1]] = min(own & retired)
                claims.remove(claim)
    return found


def _fresh(accounts: Sequence[str]) -> Iterator[str]:
    """Ids that a new company may have; more than one, since a former company may hold the first."""
    yield from (mint(one) for one in accounts)
    yield from (mint(f"{accounts[0]}#{i}") for i in itertools.count())


def redirected(
    previous: Mapping[str, str], company_of: Mapping[str, str], earlier: Mapping[str, str]
) -> dict[str, str]:
    """Where ids that no company has any longer lead to.

    Args:
        previous: Company by account, as it was.
        company_of: Company by account, as it is.
        earlier: Redirects known before.
    """
    living = set(company_of.values())
    moved: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for account, company in previous.items():
        if company not in living and account in company_of:
            moved[company][company_of[account]] += 1
    found = {old: min(new, key=lambda one: (-new[one], one)) for old, new in moved.items()}
    for old, new in earlier.items():
        if old not in living:
            found.setdefault(old, found.get(new, new))
    return dict(sorted(found.items()))


def account_ages(accounts: pd.DataFrame) -> dict[str, int]:
    """The run that last wrote each account."""
    runs = accounts["run"].to_numpy(dtype="int64", na_value=0)
    return dict(zip(accounts["id"], runs.tolist(), strict=True))
