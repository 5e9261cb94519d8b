"""One company from many spellings."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from graphkit.batch import Batch
from graphkit.resolve.candidates import candidate_pairs
from graphkit.resolve.companies import company_rows
from graphkit.resolve.decisions import Rulings, decided_industries, rulings
from graphkit.resolve.evidence import REVIEW, Evidence, probability
from graphkit.resolve.grouping import Grouping, group_accounts
from graphkit.resolve.identity import account_ages, company_ids, redirected
from graphkit.resolve.profiles import profiles
from graphkit.schema import Is, Kind, frame_of

REVIEW_COLUMNS = ("first", "second", "first_name", "second_name", "score", "reason")
"""Columns of the review list: two accounts, their names, the score, and each signal."""


@dataclasses.dataclass(frozen=True, slots=True)
class Resolution:
    """Which accounts are one company.

    Attributes:
        companies: Frame of schema.Company.
        joined: Frame of schema.Is: the company of every account.
        industries: Frame of schema.Industry.
        review: Pairs that may or may not be one company (REVIEW_COLUMNS), the likeliest first.
        redirects: The company that took over each retired id.
    """

    companies: pd.DataFrame
    joined: pd.DataFrame
    industries: pd.DataFrame
    review: pd.DataFrame
    redirects: Mapping[str, str]


def resolve(
    accounts: pd.DataFrame,
    *,
    previous: pd.DataFrame,
    decisions: pd.DataFrame,
    customers: Collection[str],
    redirects: Mapping[str, str] | None = None,
) -> Resolution:
    """Which accounts are one company, whatever each system calls it.

    Equal accounts, decisions and previous ids give equal companies, in whatever order they come.

    Args:
        accounts: Frame of schema.Account.
        previous: Frame of schema.Is as it was, so that companies keep their ids; may be empty.
        decisions: Frame of schema.Decision: merge, split and never over pairs of accounts,
            and the industry of one.
        customers: Accounts that ordered or were billed.
        redirects: Where ids retired earlier lead to.

    Returns:
        Companies, the company of each account, industries, and pairs for a person to look at.
    """
    evidence = Evidence(profiles(accounts))
    ids = [one.id for one in evidence.accounts]
    ruled = rulings(decisions, set(ids))
    pairs = candidate_pairs(evidence.accounts)
    grouping = group_accounts(evidence, pairs, ruled)
    groups = sorted([ids[one] for one in sorted(group)] for group in grouping.members.values())
    before = dict(zip(previous["from_id"], previous["to_id"], strict=True))
    chosen = company_ids(groups, before, account_ages(accounts), redirects or {})
    company_of = {
        account: company for group, company in zip(groups, chosen, strict=True) for account in group
    }
    decided = decided_industries(decisions, company_of)
    companies, industries = company_rows(
        accounts, company_of, customers, {one: found.second for one, found in decided.items()}
    )
    return Resolution(
        companies=companies,
        joined=_joined(evidence, grouping, ruled, company_of),
        industries=industries,
        review=_review(evidence, pairs, grouping, ruled),
        redirects=redirected(before, company_of, redirects or {}),
    )


def _joined(
    evidence: Evidence, grouping: Grouping, ruled: Rulings, company_of: Mapping[str, str]
) -> pd.DataFrame:
    """The company of each account, with what ties it to the company's other accounts."""
    decided = {account for one in ruled.merged for account in (one.first, one.second)}
    fitted = {position for pair in grouping.fits for position in pair[:1]}
    scores, reasons = [], []
    for position, one in enumerate(evidence.accounts):
        others = [
            other for other in grouping.members[grouping.group[position]] if other != position
        ]
        if not others:
            score, reason = 1.0, "the only account of it"
        elif one.id in decided:
            score, reason = 1.0, "decided by a person"
        else:
            best = max(others, key=lambda other: (evidence.total(position, other), -other))
            score = probability(evidence.total(position, best))
            reason = _because(evidence, position, best)
            if position in fitted:
                reason += "; the only company that it fits"
        scores.append(score)
        reasons.append(reason)
    ids = [one.id for one in evidence.accounts]
    to_ids = [company_of[one] for one in ids]
    columns = {"from_id": ids, "to_id": to_ids, "score": scores, "reason": reasons}
    return Batch.of(Is, frame_of(Is, columns).drop(columns="id")).frame


def _because(evidence: Evidence, i: int, j: int) -> str:
    """What speaks for a pair, the strongest first."""
    signals = [one for one in evidence.signals(i, j) if one.weight > 0]
    strongest = sorted(signals, key=lambda one: (-one.weight, one.name))[:3]
    other = evidence.accounts[j]
    return ", ".join(one.said for one in strongest) + f" as {other.spelling or other.id}"


def _review(
    evidence: Evidence,
    pairs: Sequence[tuple[int, int]],
    grouping: Grouping,
    ruled: Rulings,
) -> pd.DataFrame:
    """The best pair of each two groups that may be one company."""
    settled = {frozenset((one.first, one.second)) for one in ruled.apart}
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    refused = set()
    for i, j in pairs:
        a, b = sorted((grouping.group[i], grouping.group[j]))
        if a == b:
            continue
        if frozenset((evidence.accounts[i].id, evidence.accounts[j].id)) in settled:
            refused.add((a, b))
        weight = evidence.total(i, j)
        if weight >= REVIEW and weight > best.get((a, b), (float("-inf"), 0, 0))[0]:
            best[a, b] = (weight, i, j)
    found = sorted(
        (one for key, one in best.items() if key not in refused),
        key=lambda one: (-one[0], *one[1:]),
    )
    rows = [
        (
            evidence.accounts[i].id,
            evidence.accounts[j].id,
            evidence.accounts[i].spelling or evidence.accounts[i].id,
            evidence.accounts[j].spelling or evidence.accounts[j].id,
            probability(weight),
            "; ".join(f"{one.name}: {one.said}" for one in evidence.signals(i, j)),
        )
        for weight, i, j in found
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(REVIEW_COLUMNS)
    dtypes = [Kind.TEXT] * 4 + [Kind.NUMBER, Kind.TEXT]
    return pd.DataFrame(
        {
            name: pd.Series(list(column), dtype=kind.dtype)
            for name, column, kind in zip(REVIEW_COLUMNS, columns, dtypes, strict=True)
        }
    )
