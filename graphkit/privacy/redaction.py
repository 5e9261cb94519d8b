"""What leaves the workspace with --redact: people, addresses and telephone numbers have numbers.

The same person has the same number everywhere in one output ("person 1"), and so has an address;
names of companies and of our own people stay, and so does everything else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NoReturn

import pandas as pd

from graphkit.privacy.masking import (
    KEPT,
    MAIL,
    PERSON,
    PHONE,
    Finder,
    Masked,
    digits_of,
    sequence_of,
    spellings_of,
)
from graphkit.privacy.spoken import spoken
from graphkit.schema import (
    Account,
    Company,
    Employee,
    Entity,
    Kind,
    Mentions,
    Person,
)
from graphkit.statistics.engine import Engine
from graphkit.store.base import GraphStore

_WHOLE: Mapping[type[Entity], Mapping[str, str]] = {
    Person: {"name": PERSON, "email": MAIL, "phone": PHONE},
    Account: {"email": MAIL, "phone": PHONE},
}
"""Columns whose every value is a name, an address or a number, whatever it looks like."""
_PEOPLE = ["PERSON"]


class Redaction:
    """Masks text after text, each person and address with its own number.

    Args:
        people: Full names of people, and what texts call them.
        mails: Known e-mail addresses.
        phones: Known telephone numbers.
        kept: Names of companies and of our own people, which stay.
    """

    def __init__(
        self,
        people: Iterable[str] = (),
        mails: Iterable[str] = (),
        phones: Iterable[str] = (),
        kept: Iterable[str] = (),
    ) -> None:
        numbers = list(phones)
        self._known = {sequence_of(one): KEPT for one in kept}
        self._known |= {sequence_of(one): PHONE for one in numbers}
        self._known |= {sequence_of(one): MAIL for one in mails}
        names = [one for name in people for one in spellings_of(name)]
        self._known |= dict.fromkeys(names, PERSON)
        self._known.pop("", None)
        self._begin = {one.partition(" ")[0] for one in self._known}
        self._digits = {digits for one in numbers for digits in digits_of(one)}
        self._numbers: dict[str, dict[str, int]] = {PERSON: {}, MAIL: {}, PHONE: {}}
        self._made: dict[str, Masked] = {}
        self._finder = Finder(
            self._known.get,
            self._begin.__contains__,
            self._digits.__contains__,
            lambda found: MAIL if "@" in found else PHONE,
        )

    @classmethod
    def of(cls, store: GraphStore) -> "Redaction":
        """What has to be masked of what a store holds.

        Args:
            store: A store to read.
        """
        people, accounts = store.read(Person), store.read(Account)
        companies = store.read(Company)
        columns = [accounts["name"], companies["name"], store.read(Employee)["name"]]
        kept = [
            *pd.concat(columns).dropna(),
            *(one for each in companies["aliases"] for one in each),
        ]
        return cls(
            [*people["name"].dropna(), *_read_as_people(store)],
            pd.concat([people["email"], accounts["email"]]).dropna(),
            pd.concat([people["phone"], accounts["phone"]]).dropna(),
            kept,
        )

    def masked(self, text: str) -> Masked:
        """A text without people, addresses and numbers, and where the rest of it now stands."""
        if text not in self._made:
            self._made[text] = self._finder.masked(text, self._shown)
        return self._made[text]

    def redacted(self, text: str) -> str:
        """A text without people, addresses and numbers."""
        return self.masked(text).text

    def values(self, value: Any) -> Any:
        """Any value of a result, with its texts redacted, keys of mappings excepted."""
        if isinstance(value, str):
            return self.redacted(value)
        if isinstance(value, Mapping):
            return {key: self.values(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.values(one) for one in value]
        return value

    def cell(self, text: str, kind: str) -> str:
        """What stands in place of a cell that is known to be of a kind."""
        return self._shown(kind, sequence_of(text) or text)

    def _shown(self, kind: str, value: str) -> str:
        known = self._numbers[kind]
        if kind == MAIL:
            value = sequence_of(value) or value
        elif kind == PHONE:
            value = min(digits_of(value), key=len, default=value)
        parts = value.split()
        turned = " ".join([*parts[1:], parts[0]]) if kind == PERSON and parts else value
        number = known.get(value) or known.get(turned) or len(known) + 1
        known[value] = number
        return f"{kind} {number}"


def _read_as_people(store: GraphStore) -> set[str]:
    """What texts call people: full names, and the words that stand there."""
    columns = ["from_id", "start", "end", "canonical"]
    mentions = store.read(Mentions, columns, where=("entity", _PEOPLE))
    return {*mentions["canonical"], *(words for _, words in spoken(store, mentions))} - {""}


class RedactedStore(GraphStore):
    """A store that is only read, and shows nobody.

    Args:
        store: The store; this one closes it.
        redaction: What is masked in it.
    """

    def __init__(self, store: GraphStore, redaction: Redaction) -> None:
        self._store, self._redaction = store, redaction
        self._meant: dict[str, set[str]] = {}

    def read(
        self,
        entity: type[Entity],
        columns: Sequence[str] = (),
        *,
        where: tuple[str, Collection[str]] | None = None,
        ordered: bool = True,
    ) -> pd.DataFrame:
        """Rows of a type with masked texts (see `GraphStore.read`); `where` takes masked values."""
        if where is not None:
            name, values = where
            where = name, {one for value in values for one in self._meant.get(value, {value})}
        rows = self._store.read(entity, columns, where=where, ordered=ordered)
        return rows.assign(**{str(name): self._column(entity, rows[name]) for name in rows})

    def values(self, entity: type[Entity], column: str) -> pd.Series:
        """Each masked value that a column has, once and sorted (see `GraphStore.values`)."""
        found = self._column(entity, self._store.values(entity, column))
        return found.drop_duplicates().sort_values(ignore_index=True)

    def _column(self, entity: type[Entity], column: pd.Series) -> pd.Series:
        name = str(column.name)
        kind = entity.properties[name].kind
        if kind is Kind.TEXTS:
            return pd.Series(
                [None if one is pd.NA else self._redaction.values(list(one)) for one in column],
                index=column.index,
                dtype=column.dtype,
                name=name,
            )
        if kind is not Kind.TEXT:
            return column
        whole = _WHOLE.get(entity, {}).get(name, "")
        new = {one: self._masked(one, whole) for one in column.dropna().unique()}
        if all(old == made for old, made in new.items()):
            return column
        return column.map(new).astype(Kind.TEXT.dtype)

    def _masked(self, text: str, kind: str) -> str:
        made = self._redaction.redacted(text)
        if kind and text.strip():
            made = self._redaction.cell(text, kind)
        if made != text:
            self._meant.setdefault(made, set()).add(text)
        return made

    def count(self, entity: type[Entity]) -> int:
        """How many rows a type has."""
        return self._store.count(entity)

    def engine(self, above: int) -> Engine:
        """What computes on graphs (see `GraphStore.engine`): they hold numbers only."""
        return self._store.engine(above)

    def unfinished(self) -> str:
        """What the run was doing that never ended, or an empty text."""
        return self._store.unfinished()

    def query(self, cypher: str, parameters: dict[str, object] | None = None) -> pd.DataFrame:
        """Rows of a read-only Cypher query, with masked texts."""
        rows = self._store.query(cypher, parameters)
        return rows.map(self._redaction.values)

    def close(self) -> None:
        """Release the store; closing twice is no error."""
        self._store.close()

    def transaction(self, *_given: object, **_options: object) -> NoReturn:
        """Refused: what is masked is never written."""
        raise _only_read()

    def write(self, *_given: object, **_options: object) -> NoReturn:
        """Refused: what is masked is never written."""
        raise _only_read()

    def replace(self, *_given: object, **_options: object) -> NoReturn:
        """Refused: what is masked is never written."""
        raise _only_read()

    def remove(self, *_given: object, **_options: object) -> NoReturn:
        """Refused: what is masked is never written."""
        raise _only_read()

    def set_all(self, *_given: object, **_options: object) -> NoReturn:
        """Refused: what is masked is never written."""
        raise _only_read()

    def next_run(self, *_given: object, **_options: object) -> NoReturn:
        """Refused: what is masked is never written."""
        raise _only_read()


def _only_read() -> RuntimeError:
    return RuntimeError("a redacted store is only read")
