"""Which company an account is, and which account somebody means by a name."""

import pandas as pd

from graphkit.errors import UnknownNameError, UsageError
from graphkit.resolve.names import names_of

_SPELLED = ("id", "name", "domain", "handle", "native_id")
_SHOWN = 6


def companies_by_account(joined: pd.DataFrame) -> dict[str, str]:
    """The id of the company that each account is, by the id of the account.

    Args:
        joined: Frame of schema.Is.
    """
    return dict(zip(joined["from_id"], joined["to_id"], strict=True))


def account_called(
    text: str, accounts: pd.DataFrame, joined: pd.DataFrame, companies: pd.DataFrame
) -> str:
    """The account that is meant by an id, a spelling, a domain, a handle or a company.

    A spelling that several accounts of one company share means the first of them.

    Args:
        text: What somebody typed.
        accounts: Frame of schema.Account.
        joined: Frame of schema.Is.
        companies: Frame of schema.Company.

    Raises:
        UnknownNameError: Nothing is called so; names the nearest.
        UsageError: Accounts of several companies are called so; lists them.
    """
    wanted = text.strip().removeprefix("@").casefold()
    company_of = companies_by_account(joined)
    if wanted in {one.casefold() for one in accounts["id"]}:
        return str(next(one for one in accounts["id"] if one.casefold() == wanted))
    hits = pd.Series(data=False, index=accounts.index)
    for column in _SPELLED:
        hits |= accounts[column].fillna("").str.casefold() == wanted
    found = sorted(accounts["id"][hits])
    if not found:
        called = companies["name"].str.casefold() == wanted
        chosen = set(companies["id"][called | (companies["id"].str.casefold() == wanted)])
        found = sorted(account for account, company in company_of.items() if company in chosen)
    if not found:
        found = _without_legal_form(wanted, accounts)
    if not found:
        raise UnknownNameError.of("company", text, sorted(set(companies["name"].dropna())))
    if len({company_of.get(one, one) for one in found}) > 1:
        names = dict(zip(companies["id"], companies["name"], strict=True))
        shown = [f"{names.get(company_of.get(one, ''), one)} ({one})" for one in found[:_SHOWN]]
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise UsageError(
            f"Accounts of several companies are called '{text}': {', '.join(shown)}{more}.",
            next_step="the same with one of these ids",
        )
    return str(found[0])


def _without_legal_form(wanted: str, accounts: pd.DataFrame) -> list[str]:
    """Accounts whose name is the one wanted but for its legal form, which nobody types."""
    cores = {name.squeezed for name in names_of(wanted)}
    named = accounts["name"].fillna("")
    same = [bool(cores & {name.squeezed for name in names_of(one)}) for one in named]
    return sorted(accounts["id"][same])
