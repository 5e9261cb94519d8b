"""What follows from the loaded rows: companies, which payment settled which invoice, text facts."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from graphkit import __version__
from graphkit.batch import Batch
from graphkit.pipeline.campaigns import find_campaigns
from graphkit.pipeline.industries import unused_industries
from graphkit.pipeline.repeats import find_repeats
from graphkit.pipeline.texts import read_texts
from graphkit.resolve import counted, paid_between, resolve, seen_open, settle
from graphkit.resolve.lookup import companies_by_account
from graphkit.schema import (
    REDIRECT,
    Account,
    Balance,
    Company,
    CreditedBy,
    Decision,
    File,
    Industry,
    Invoice,
    Is,
    Meta,
    Order,
    PaidBetween,
    Payment,
    Repeats,
    SettledBy,
)
from graphkit.store.base import GraphStore

Say = Callable[[str], None]

RESOLVED = "resolved"
"""Key in Meta of the digest of what the stored companies follow from; without it they are found
anew."""


def derive(
    store: GraphStore,
    *,
    run: int,
    precedence: Sequence[str] = (),
    say: Say = lambda _: None,
) -> None:
    """Companies, settlements and text facts from what is stored, each in a transaction of its own.

    Args:
        store: The store, writable.
        run: The run that the changes belong to.
        precedence: Instances, the one whose rows count first where two report the same.
        say: Takes lines of progress.
    """
    find_campaigns(store, run=run, say=say)
    resolve_all(store, run=run)
    if read_texts(store, run=run, say=say):
        resolve_all(store, run=run)
    settle_all(store, precedence=precedence, run=run)
    say(f"{store.count(Company):,} companies from {store.count(Account):,} accounts")


def resolve_all(store: GraphStore, *, run: int) -> None:
    """Which accounts are one company; found before when nothing that it follows from changed."""
    accounts, decisions = store.read(Account), store.read(Decision)
    joined, redirects = store.read(Is), _redirects(store)
    customers = {*store.values(Order, "account"), *store.values(Invoice, "account")}
    with store.transaction():
        if _resolved(store) != _digest(accounts, decisions, customers, joined, redirects):
            found = resolve(
                accounts,
                previous=joined,
                decisions=decisions,
                customers=customers,
                redirects=redirects,
            )
            gone = redirects.keys() - found.redirects.keys()
            store.write(_retired(found.redirects), run=run)
            store.remove(Meta, [REDIRECT + one for one in gone])
            store.write(Batch.of(Industry, found.industries), run=run)
            store.set_all(Batch.of(Company, found.companies), run=run)
            store.set_all(Batch.of(Is, found.joined), run=run)
            made = _digest(accounts, decisions, customers, store.read(Is), found.redirects)
            store.write(Batch.of(Meta, {"id": [RESOLVED], "value": [made]}), run=run)
        store.remove(Industry, unused_industries(store))


def _resolved(store: GraphStore) -> str:
    """The digest of what the stored companies follow from; empty when there is none."""
    return "".join(store.read(Meta, where=("id", [RESOLVED]))["value"])


def _digest(
    accounts: pd.DataFrame,
    decisions: pd.DataFrame,
    customers: set[str],
    joined: pd.DataFrame,
    redirects: Mapping[str, str],
) -> str:
    """A digest of all that companies follow from, themselves included, since they keep their ids.

    It is taken after they were found: found again from themselves they are the same.
    """
    tables = [one.to_csv(index=False, na_rep="\0") for one in (accounts, decisions, joined)]
    whole = [__version__, *tables, repr(sorted(customers)), repr(sorted(redirects.items()))]
    return hashlib.sha256("\0\0".join(whole).encode()).hexdigest()


def _redirects(store: GraphStore) -> dict[str, str]:
    """The company that took over each retired id."""
    books = store.read(Meta)
    return {
        key.removeprefix(REDIRECT): value
        for key, value in zip(books["id"], books["value"], strict=True)
        if key.startswith(REDIRECT)
    }


def _retired(redirects: Mapping[str, str]) -> Batch:
    old = sorted(redirects)
    values = [redirects[one] for one in old]
    return Batch.of(Meta, {"id": [REDIRECT + one for one in old], "value": values})


def settle_all(store: GraphStore, *, precedence: Sequence[str] = (), run: int) -> None:
    """What two systems report both, and when and by what invoices were settled."""
    companies = companies_by_account(store.read(Is))
    find_repeats(store, companies, precedence=precedence, run=run)
    invoices, repeats = store.read(Invoice), store.read(Repeats)
    repeats = repeats[(repeats["from_type"] == Invoice.__name__).to_numpy(dtype=bool)]
    balances = store.read(Balance)
    counted_as = dict(zip(repeats["from_id"], repeats["to_id"], strict=True))
    seen = seen_open(invoices, balances, counted_as)
    found = settle(counted(invoices, repeats), store.read(Payment), companies, seen)
    bounds = paid_between(invoices, balances, store.read(File), companies)
    with store.transaction():
        store.set_all(Batch.of(PaidBetween, bounds), run=run)
        store.set_all(Batch.of(SettledBy, found.paid), run=run)
        store.set_all(Batch.of(CreditedBy, found.credited), run=run)
