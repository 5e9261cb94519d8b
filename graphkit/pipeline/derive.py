"""What follows from the loaded rows: companies, which payment settled which invoice, text facts."""

from collections.abc import Callable, Mapping

import pandas as pd

from graphkit.batch import Batch
from graphkit.pipeline.campaigns import find_campaigns
from graphkit.pipeline.texts import read_texts
from graphkit.resolve import resolve, settle
from graphkit.schema import (
    REDIRECT,
    Account,
    Company,
    Decision,
    Industry,
    Invoice,
    Is,
    Meta,
    Order,
    Payment,
    SettledBy,
)
from graphkit.store.base import GraphStore

Say = Callable[[str], None]


def derive(store: GraphStore, *, run: int, say: Say = lambda _: None) -> None:
    """Companies, settlements and text facts from what is stored, each in a transaction of its own.

    Args:
        store: The store, writable.
        run: The run that the changes belong to.
        say: Takes lines of progress.
    """
    find_campaigns(store, run=run, say=say)
    resolve_all(store, run=run)
    if read_texts(store, run=run, say=say):
        resolve_all(store, run=run)
    settle_all(store, run=run)
    say(f"{store.count(Company):,} companies from {store.count(Account):,} accounts")


def resolve_all(store: GraphStore, *, run: int) -> None:
    """Which accounts are one company."""
    ordered = store.read(Order, ["account"])["account"]
    billed = store.read(Invoice, ["account"])["account"]
    found = resolve(
        store.read(Account),
        previous=store.read(Is),
        decisions=store.read(Decision),
        customers=set(pd.concat([ordered, billed]).dropna()),
        redirects=_redirects(store),
    )
    with store.transaction():
        store.write(_retired(found.redirects), run=run)
        store.write(Batch.of(Industry, found.industries), run=run)
        store.set_all(Batch.of(Company, found.companies), run=run)
        store.set_all(Batch.of(Is, found.joined), run=run)


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


def settle_all(store: GraphStore, *, run: int) -> None:
    """Which payment settled which invoice."""
    joined = store.read(Is, ["from_id", "to_id"])
    companies = dict(zip(joined["from_id"], joined["to_id"], strict=True))
    found = settle(store.read(Invoice), store.read(Payment), companies)
    with store.transaction():
        store.set_all(Batch.of(SettledBy, found), run=run)
