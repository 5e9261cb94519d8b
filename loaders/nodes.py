"""Accounts, employees and named things that facts link to."""

import hashlib
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.batch import Batch, shortened
from graphkit.encoded import decoded, encoded, factorized, is_encoded, taken, together
from graphkit.schema import MONEY_UNIT, Account, Employee, Entity, Kind
from loaders.amounts import MOST
from loaders.shape import Rows

FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.co.uk",
        "ymail.com",
        "hotmail.com",
        "hotmail.co.uk",
        "outlook.com",
        "live.com",
        "msn.com",
        "aol.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "comcast.net",
        "verizon.net",
        "att.net",
        "sbcglobal.net",
        "bellsouth.net",
        "charter.net",
        "cox.net",
        "earthlink.net",
        "frontier.com",
        "protonmail.com",
        "proton.me",
        "pm.me",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "t-online.de",
        "freenet.de",
        "mail.com",
        "mail.ru",
        "yandex.ru",
        "yandex.com",
        "qq.com",
        "163.com",
        "126.com",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "laposte.net",
        "libero.it",
        "zoho.com",
        "fastmail.com",
        "hey.com",
        "rocketmail.com",
        "juno.com",
    ]
)
"""Domains that say nothing about the company of whoever writes from them."""

_NOTHING = frozenset({"none", "n/a", "na", "no", "no finish", "not applicable", "tbd"})


def per_spelling(column: pd.Series, made: Callable[[str], object], kind: Kind) -> pd.Series:
    """A column through a function that is called once for each distinct text; empty stays empty.

    Texts of an encoded column are encoded again.
    """
    codes, texts = factorized(column)
    values = pa.array([made(text) for text in texts.tolist()], kind.arrow)
    found = encoded(codes, values) if kind is Kind.TEXT else taken(codes, values)
    return found if is_encoded(column) else decoded(found)


def folded(name: str) -> str:
    """A name without regard to case and spacing."""
    return " ".join(name.casefold().split())


def hashed(rows: Rows, names: tuple[str, ...]) -> pd.Series:
    """A stable id for rows that have none: a hash of some of their columns.

    Args:
        rows: Parsed rows.
        names: The columns that make a row what it is.
    """
    joined = rows.get(names[0]).astype(Kind.TEXT.dtype).fillna("")
    for name in names[1:]:
        joined = joined + "\x1f" + rows.get(name).astype(Kind.TEXT.dtype).fillna("")
    return per_spelling(
        joined, lambda text: hashlib.sha256(text.encode()).hexdigest()[:16], Kind.TEXT
    )


def account_ids(rows: Rows, native: str = "", name: str = "") -> pd.Series:
    """Ids of accounts: instance and native id where there is one, else the name without its case.

    Args:
        rows: Parsed rows.
        native: Field with the system's own id of the company.
        name: Field with the company's name.
    """
    if native in rows.columns and not rows.columns[native].hasnans:
        return rows.source.key(rows.encoded(native))
    by_name = rows.source.key(per_spelling(rows.encoded(name), folded, Kind.TEXT))
    if native not in rows.columns:
        return by_name
    return rows.source.key(rows.get(native)).fillna(decoded(by_name))


def accounts(rows: Rows, ids: pd.Series, columns: Mapping[str, pd.Series]) -> Batch:
    """Accounts with what the rows say about them; the first row that names one is its source.

    Args:
        rows: Parsed rows.
        ids: Account of each; empty where there is none.
        columns: Columns of Account.
    """
    given = {"id": ids, **columns}
    again = pd.Series(together([*given.values()])).duplicated().to_numpy(bool)
    at = np.flatnonzero(~again & ids.notna().to_numpy(bool))
    once = {name: decoded(column.iloc[at]) for name, column in given.items()}
    frame = pd.DataFrame(once).assign(system=rows.source.instance, row=rows.at.array[at])
    return Batch.of(Account, frame, source=rows.source)


def named(entity: type[Entity], column: pd.Series) -> tuple[pd.Series, Batch]:
    """Ids and nodes of things that are known by name; of spellings that differ in case the first.

    "None" and the like are no name.

    Args:
        entity: A node with nothing but a name, such as Process.
        column: Names as written.
    """
    codes, texts = factorized(column)
    first: dict[str, str] = {}
    cleaned = [" ".join(text.split()) for text in texts.tolist()]
    known = [
        None if name.casefold() in _NOTHING else first.setdefault(name.casefold(), name)
        for name in cleaned
    ]
    ids = encoded(codes, pa.array([one and shortened(one) for one in known], pa.string()))
    names = pd.Series(list(first.values()), dtype=Kind.TEXT.dtype)
    names = names[~names.str.casefold().isin(_NOTHING)].reset_index(drop=True)
    of_names = names.map(shortened).astype(Kind.TEXT.dtype)
    return ids, Batch.of(entity, {"id": of_names, "name": names})


def employees(column: pd.Series) -> tuple[pd.Series, Batch]:
    """Ids and nodes of our own people, by name."""
    return named(Employee, column)


def company_domains(emails: pd.Series) -> pd.Series:
    """The domains of e-mail addresses, empty for the providers of free mail."""

    def domain(email: str) -> str | None:
        found = email.rpartition("@")[2].casefold()
        return None if found in FREE_MAIL else found

    return per_spelling(emails, domain, Kind.TEXT)


def usual_by(keys: pd.Series, values: pd.Series) -> pd.Series:
    """For each row the value that its key has most often (of equals the least); empty if none.

    One consultant's address does not become the domain of a company.
    """
    pairs = pd.DataFrame({"key": keys, "value": values}).dropna()
    counts = pairs.groupby(["key", "value"], as_index=False).size()
    counts = counts.sort_values(["size", "value"], ascending=[False, True], kind="stable")
    most = counts.drop_duplicates("key").set_index("key")["value"]
    return keys.map(most).astype(Kind.TEXT.dtype)


def first_of(ids: str) -> str | None:
    """The first of several ids that stand in one cell, with semicolons between."""
    return ids.partition(";")[0].strip() or None


def text_or(column: pd.Series, other: pd.Series) -> pd.Series:
    """A column, filled from another one where it is empty."""
    return column.where(column.notna(), other)


def rounded_product(quantity: pd.Series, price: pd.Series) -> pd.Series:
    """Quantity times a price in whole units of money; empty where either is.

    What is more than any amount can be is the most (see `rejecting.excessive`).
    """
    known = (quantity.notna() & price.notna()).to_numpy(dtype=bool)
    product = quantity.fillna(0.0).to_numpy(dtype=float) * price.fillna(0).to_numpy(dtype=float)
    most = MOST * MONEY_UNIT
    units = np.clip(np.rint(product), -most, most).astype(np.int64)
    made = pd.Series(units, dtype=Kind.MONEY.dtype)
    return made.where(known)
