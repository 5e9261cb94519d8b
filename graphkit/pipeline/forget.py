"""Forgetting a person: out of the graph in one transaction, and out of every later load."""

import dataclasses
import datetime as dt
import json
import secrets
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.errors import UnknownNameError, UsageError
from graphkit.privacy import FORGET, Forgotten, keys_of, sequence_of
from graphkit.privacy.forgotten import TOLD
from graphkit.privacy.spoken import TEXTS, spoken
from graphkit.resolve.lookup import companies_by_account
from graphkit.schema import (
    TYPES,
    Account,
    Decision,
    Entity,
    Is,
    Mentions,
    Person,
    Rejected,
    Relationship,
    Value,
    frame_of,
)
from graphkit.store.base import GraphStore
from graphkit.verdicts import VERDICTS

_OF_PEOPLE = ("PERSON", "CONTACT")
"""What a text names that is a person's: a name, an address, a telephone number."""
_SHOWN = 6


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """One person, in however many rows systems and texts have of them.

    Attributes:
        rows: Rows of schema.Person; one made up of the name where only texts name them.
        accounts: Accounts of the companies where they work; an empty one where none is known.
    """

    rows: pd.DataFrame
    accounts: tuple[str, ...]

    def __str__(self) -> str:
        first = self.rows.iloc[0]
        parts = [one for one in (first["name"], first["title"], first["account"]) if _is_told(one)]
        return f"{', '.join(parts) or first['id']} ({first['id']})"


def _is_told(value: object) -> bool:
    return isinstance(value, str) and value != ""


def person_called(store: GraphStore, text: str) -> Found:
    """The person that is meant by an id, an e-mail address or a name.

    Rows of one e-mail address are one person, and so are rows of one name at one company.

    Args:
        store: A store to read.
        text: What somebody typed.

    Raises:
        UnknownNameError: Nobody is called so; names the nearest.
        UsageError: Several people are called so, or whoever was is forgotten.
    """
    rows = _people(store)
    company = companies_by_account(store.read(Is))
    wanted = text.strip().casefold()
    one_id = (rows["id"].str.casefold() == wanted).to_numpy(bool)
    mails = (rows["email"].fillna("").str.casefold() == wanted).to_numpy(bool)
    names = np.array([sequence_of(one) == sequence_of(text) for one in rows["name"].fillna("")])
    hits = one_id if one_id.any() else mails if mails.any() else names.astype(bool)
    if not wanted or not hits.any():
        _refuse_forgotten(store, text)
        known = sorted({*rows["name"].dropna(), *rows["email"].dropna()})
        raise UnknownNameError.of("person", text, known)
    groups = _groups(rows, company)
    meant = sorted({groups[at] for at in np.flatnonzero(hits)})
    people = [_found(rows[np.array(groups) == one], company) for one in meant]
    if len(people) > 1:
        more = f" and {len(people) - _SHOWN} more" if len(people) > _SHOWN else ""
        raise UsageError(
            f"Several people are called '{text}': {'; '.join(map(str, people[:_SHOWN]))}{more}.",
            next_step="the same with the id of one of them, which stands in brackets",
        )
    return people[0]


def _people(store: GraphStore) -> pd.DataFrame:
    """Everybody known, and those whom only texts name, as rows of Person."""
    known = store.read(Person)
    values = store.read(Value)
    named = values[(values["entity"] == "PERSON").to_numpy(bool)]
    taken = {sequence_of(one) for one in known["name"].dropna()}
    fresh = np.array([sequence_of(one) not in taken for one in named["name"]], dtype=bool)
    named = named[fresh]
    told = {"id": named["id"], "name": named["name"]}
    return pd.concat([known, frame_of(Person, told)], ignore_index=True)


def _groups(rows: pd.DataFrame, company: Mapping[str, str]) -> list[int]:
    """A number for each row, the same for rows that are one person."""
    root: dict[str, int] = {}
    numbers: list[int] = []
    columns = [rows[name].fillna("") for name in ("id", "email", "name", "account")]
    for at, (key, mail, name, account) in enumerate(zip(*columns, strict=True)):
        signs = [f"id {key}"]
        signs += [f"mail {mail.casefold()}"] * bool(mail)
        place = company.get(account, account)
        signs += [f"name {sequence_of(name)} {place}"] * bool(name and place)
        same = {root[one] for one in signs if one in root}
        number = min(same, default=at)
        numbers = [number if one in same else one for one in numbers] + [number]
        root = (
            {one: number if mine in same else mine for one, mine in root.items()}
            if len(same) > 1
            else root
        )
        root |= dict.fromkeys(signs, number)
    return numbers


def _found(rows: pd.DataFrame, company: Mapping[str, str]) -> Found:
    own = set(rows["account"].dropna())
    places = {company[one] for one in own if one in company}
    accounts = {*own, *(one for one, place in company.items() if place in places)}
    return Found(rows.reset_index(drop=True), tuple(sorted(accounts)) or ("",))


def _refuse_forgotten(store: GraphStore, text: str) -> None:
    forgotten = Forgotten.of(store.read(Decision))
    signs = [("id", text.strip().casefold()), ("mail", text.strip().casefold())]
    if any(forgotten.has(*one) for one in [*signs, ("words", sequence_of(text))]):
        raise UsageError("Nobody of that name is left: they are forgotten already.")


def forget(store: GraphStore, person: Found, *, who: str, run: int) -> dict[str, int]:
    """Take a person out of the graph, and record by hashes that no load brings them back.

    Args:
        store: The store, writable.
        person: Whom `person_called` found.
        who: Who decides.
        run: The run that the changes belong to.

    Returns:
        How many rows left or were masked, by what they are.
    """
    decisions = store.read(Decision)
    salt = Forgotten.of(decisions).salt or secrets.token_hex(16)
    mentions = store.read(Mentions, where=("to_id", person.rows["id"].tolist()))
    keys = keys_of(person.rows, person.accounts, spoken(store, mentions))
    forgotten = Forgotten(salt, frozenset())
    forgotten = Forgotten(salt, frozenset(map(forgotten.hashed, keys)))
    number = secrets.token_hex(8)
    columns: dict[str, object] = {
        "id": [f"{FORGET}:{number}"],
        "kind": [FORGET],
        "first": [number],
        "value": [json.dumps({"salt": salt, "hashes": sorted(forgotten.hashes)})],
        "who": [who],
        "at": [dt.datetime.now()],  # noqa: DTZ005 - wall time, as of other decisions
    }
    counts: dict[str, int] = {}
    with store.transaction():
        for what, count in _taken_out(store, forgotten, run=run):
            counts[what] = counts.get(what, 0) + count
        store.write(Batch.of(Decision, columns), run=run)
    return {what: count for what, count in counts.items() if count}


def _taken_out(store: GraphStore, forgotten: Forgotten, *, run: int) -> Iterator[tuple[str, int]]:
    """Remove and mask type by type; how many rows of each."""
    people = store.read(Person)
    yield "Person", store.remove(Person, people["id"][forgotten.people(people)].tolist())
    yield from _without_values(store, forgotten)
    for entity in TYPES.values():
        if issubclass(entity, Relationship) and any("Person" in ends for ends in entity.ends):
            rows = store.read(entity)
            gone = forgotten.ties(entity, rows)
            yield entity.label, store.remove(entity, rows["id"][gone].tolist())
    yield from _masked(store, forgotten, run=run)
    rejected = store.read(Rejected, ["id", "content"])
    own = forgotten.contents(rejected["content"].tolist())
    yield "Rejected", store.remove(Rejected, rejected["id"][own].tolist())


def _without_values(store: GraphStore, forgotten: Forgotten) -> Iterator[tuple[str, int]]:
    """Remove the names and addresses that texts alone know, with what mentions them."""
    mentions = store.read(Mentions)
    named = mentions["entity"].isin(_OF_PEOPLE).to_numpy(bool)
    named = named & (mentions["to_type"] == Value.__name__).to_numpy(bool)
    own = [bool(forgotten.masked(*one).cuts) for one in _pairs(mentions, "canonical", "from_id")]
    gone = mentions["id"][named & np.array(own, dtype=bool)]
    yield Mentions.label, store.remove(Mentions, gone.tolist())
    values = store.read(Value)
    own = [bool(forgotten.masked(one, "").cuts) for one in values["name"]]
    is_person = values["entity"].isin(_OF_PEOPLE).to_numpy(bool)
    still = set(store.read(Mentions, ["to_id"])["to_id"])
    lost = is_person & np.array(own, dtype=bool) & ~values["id"].isin(still).to_numpy(bool)
    yield Value.label, store.remove(Value, values["id"][lost].tolist())


def _pairs(rows: pd.DataFrame, *columns: str) -> Iterator[tuple[str, ...]]:
    return zip(*(rows[name].fillna("") for name in columns), strict=True)


def _masked(store: GraphStore, forgotten: Forgotten, *, run: int) -> Iterator[tuple[str, int]]:
    """Mask what names somebody, in texts and in what repeats them."""
    _move_mentions(store, forgotten, run=run)
    for entity in TOLD:
        rows = store.read(entity)
        made = forgotten.rewritten(entity, rows)
        if made is not None:
            # None becomes a mask, never empty: so types that fill are written like others.
            done = store.write(Batch.of(entity, _changed(entity, rows, made)), run=run)
            yield f"{entity.label} masked", done.changed
    yield "Decision masked", _mask_verdicts(store, forgotten, run=run)
    accounts = store.read(Account)
    made = forgotten.rewritten(Account, accounts)
    if made is not None:  # only `set_all` empties a cell of a type that fills
        done = store.set_all(Batch(Account, made), run=run)
        yield "Account without their address", done.changed


def _mask_verdicts(store: GraphStore, forgotten: Forgotten, *, run: int) -> int:
    """Mask whom people named when they said why they dismiss or confirm a finding."""
    rows = store.read(Decision, where=("kind", VERDICTS))
    made = [forgotten.masked(text, key).text for key, text in _pairs(rows, "id", "value")]
    changed = rows.assign(value=pd.Series(made, index=rows.index, dtype=rows["value"].dtype))
    differs = (changed["value"] != rows["value"]).to_numpy(bool)
    batch = Batch.of(Decision, changed[differs].reset_index(drop=True))
    return store.write(batch, run=run).changed if differs.any() else 0


def _changed(entity: type[Entity], rows: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    differs = np.zeros(len(rows), dtype=bool)
    for name in TOLD[entity]:
        differs |= (made[name].fillna("") != rows[name].fillna("")).to_numpy(bool)
    return made[differs].reset_index(drop=True)


def _move_mentions(store: GraphStore, forgotten: Forgotten, *, run: int) -> None:
    """Let mentions stand where their words are once the texts are masked."""
    cut = {}
    for entity, column in TEXTS.items():
        for key, text in _pairs(store.read(entity, ["id", column]), "id", column):
            masked = forgotten.masked(text, key)
            if masked.cuts:
                cut[key] = masked
    rows = store.read(Mentions, where=("from_id", list(cut)))
    if rows.empty:
        return
    spans = [
        cut[key].moved(start, end)
        for key, start, end in rows[["from_id", "start", "end"]].itertuples(index=False)
    ]
    kept = rows[[one is not None for one in spans]].drop(columns=["id"])
    places = [one for one in spans if one is not None]
    kept = kept.assign(start=[one for one, _ in places], end=[other for _, other in places])
    store.remove(Mentions, rows["id"].tolist())
    store.write(Batch.of(Mentions, kept.reset_index(drop=True)), run=run)
