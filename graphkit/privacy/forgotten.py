"""Who is forgotten: known again by salted hashes, so that no later load brings them back.

A decision of kind "forget" holds hashes of the ids, e-mail addresses, telephone numbers and names
of one person, and nothing that can be read. The salt is the store's own and stands beside them:
somebody who has the store and guesses a name can still try whether it is among them.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from graphkit.batch import Batch, Reading
from graphkit.privacy.masking import (
    PERSON,
    Finder,
    Masked,
    digits_of,
    sequence_of,
    spellings_of,
)
from graphkit.schema import (
    SAID_IN,
    Account,
    Attended,
    Campaign,
    Entity,
    FindingNode,
    HasSignal,
    Kind,
    Mentions,
    Note,
    OrderLine,
    Person,
    Post,
    Project,
    Quote,
    Relationship,
    Supplies,
    TalkedTo,
    UsesMethod,
)

FORGET = "forget"
"""Kind of the decision."""
MASK = "[person]"
"""What stands where somebody forgotten was named."""
TOLD: Mapping[type[Entity], tuple[str, ...]] = {
    Note: ("text",),
    Post: ("text",),
    Project: ("name", "description"),
    OrderLine: ("note",),
    Quote: ("name", "reason"),
    Campaign: ("title", "subject"),
    Mentions: ("canonical", "sentence"),
    Attended: ("sentence",),
    Supplies: ("sentence",),
    UsesMethod: ("sentence",),
    TalkedTo: ("sentence",),
    HasSignal: ("sentence",),
    FindingNode: ("statement", "advice"),
}
"""Columns in which people write, or the graph repeats, what may name somebody."""
_CONTACT = ("email", "phone")

Told = tuple[str, str]
"""What is said of somebody ("mail", "name", ...), and the value."""


def keys_of(
    people: pd.DataFrame, accounts: Iterable[str], said: Iterable[tuple[str, str]]
) -> set[Told]:
    """What a person is known again by.

    Args:
        people: Rows of schema.Person that are this one.
        accounts: Accounts of the companies that the person works at.
        said: Texts, and what each calls the person besides the full name.
    """
    found: set[Told] = {("id", one.casefold()) for one in people["id"]}
    at = list(accounts)
    for name in people["name"].dropna():
        found |= {("at", f"{sequence_of(name)} {account}") for account in at}
        found |= {("words", one) for one in spellings_of(name)}
    for mail in people["email"].dropna():
        found |= {("mail", mail.strip().casefold()), ("words", sequence_of(mail))}
    for phone in people["phone"].dropna():
        found |= {("phone", digits) for digits in digits_of(phone)}
    found |= {("said", f"{sequence_of(words)} {text}") for text, words in said}
    spoken = [value for kind, value in found if kind == "words"]
    begin = [*spoken, *(sequence_of(words) for _, words in said)]
    return found | {("begin", one.partition(" ")[0]) for one in begin if one}


@dataclasses.dataclass(slots=True)
class Forgotten:
    """Everybody who is forgotten.

    Attributes:
        salt: The store's salt; empty when nobody is forgotten.
        hashes: What they are known again by.
    """

    salt: str
    hashes: frozenset[str]
    _seen: dict[Told, bool] = dataclasses.field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, decisions: pd.DataFrame) -> "Forgotten":
        """Those that decisions say are forgotten.

        Args:
            decisions: Frame of schema.Decision; other kinds are left out.
        """
        values = decisions.loc[(decisions["kind"] == FORGET).to_numpy(bool), "value"]
        held = [json.loads(one) for one in values]
        salt = held[0]["salt"] if held else ""
        return cls(salt, frozenset(one for each in held for one in each["hashes"]))

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def hashed(self, told: Told) -> str:
        """The salted hash of something that a person is known by."""
        text = "\0".join(told).encode(errors="replace")
        return hashlib.blake2b(text, key=self.salt.encode(), digest_size=10).hexdigest()

    def has(self, kind: str, value: str) -> bool:
        """Whether somebody forgotten is known by this."""
        told = (kind, value)
        if told not in self._seen:
            self._seen[told] = self.hashed(told) in self.hashes
        return self._seen[told]

    def masked(self, text: str, text_id: str) -> Masked:
        """A text with a mask wherever somebody forgotten is named.

        Args:
            text: What is stored or about to be.
            text_id: The id of the text, or of the text that it repeats.
        """

        def kind_of(words: str) -> str | None:
            known = self.has("words", words) or self.has("said", f"{words} {text_id}")
            return PERSON if known else None

        def by_pattern(found: str) -> str | None:
            known = self.has("mail", found.casefold()) or self.has("phone", found)
            return PERSON if known else None

        finder = Finder(
            kind_of,
            lambda word: self.has("begin", word),
            lambda digits: self.has("phone", digits),
            by_pattern,
        )
        return finder.masked(text, lambda _kind, _value: MASK)

    def people(self, rows: pd.DataFrame) -> np.ndarray:
        """Which rows of schema.Person are of somebody forgotten."""
        columns = [rows[name].fillna("") for name in ("id", "email", "name", "account")]
        return np.array(
            [
                self.has("id", key.casefold())
                or (mail != "" and self.has("mail", mail.strip().casefold()))
                or (name != "" and self.has("at", f"{sequence_of(name)} {account}"))
                for key, mail, name, account in zip(*columns, strict=True)
            ],
            dtype=bool,
        )

    def ties(self, entity: type[Relationship], rows: pd.DataFrame) -> np.ndarray:
        """Which rows of a relationship are of somebody forgotten."""
        gone = np.zeros(len(rows), dtype=bool)
        for side, ends in zip(("from", "to"), entity.ends, strict=True):
            if Person.__name__ not in ends:
                continue
            own = [self.has("id", one.casefold()) for one in rows[f"{side}_id"]]
            typed = rows.get(f"{side}_type")
            is_person = True if typed is None else (typed == Person.__name__).to_numpy(bool)
            gone |= np.array(own, dtype=bool) & is_person
        return gone

    def contents(self, contents: Sequence[str]) -> np.ndarray:
        """Which rejected rows, as JSON, hold something of somebody forgotten."""
        return np.array([self._in_content(one) for one in contents], dtype=bool)

    def _in_content(self, content: str) -> bool:
        values = json.loads(content).values()
        whole = " ".join(str(one) for one in values)  # a name may stand in two cells
        mails = any(self.has("id", str(one).strip().casefold()) for one in values)
        return mails or bool(self.masked(whole, "").cuts)

    def left_out_of(self, readings: Sequence[Reading]) -> list[Reading]:
        """What files hold, without those who are forgotten.

        Args:
            readings: What each file holds.
        """
        if not self:
            return list(readings)
        return [
            dataclasses.replace(one, batches=tuple(map(self.left_out, one.batches)))
            for one in readings
        ]

    def left_out(self, batch: Batch) -> Batch:
        """A batch without the rows of somebody forgotten, and masked where they are named."""
        entity, frame = batch.entity, batch.frame
        if entity is Person:
            frame = frame[~self.people(frame)]
        elif issubclass(entity, Relationship):
            frame = frame[~self.ties(entity, frame)]
        changed = self.rewritten(entity, frame)
        if len(frame) == len(batch.frame) and changed is None:
            return batch
        rows = frame if changed is None else changed
        kept = Batch.of(entity, rows.reset_index(drop=True))
        return dataclasses.replace(kept, kept=batch.kept)

    def rewritten(self, entity: type[Entity], rows: pd.DataFrame) -> pd.DataFrame | None:
        """Rows with masked texts; None when none of them names anybody forgotten."""
        if entity is Account:
            return self._without_contacts(rows)
        made = rows
        for name in TOLD.get(entity, ()):
            own = SAID_IN.get(entity, "id")  # what is in no other text is its own
            texts, ids = rows[name].fillna(""), rows[own].fillna("")
            new = [self.masked(*each).text for each in zip(texts, ids, strict=True)]
            column = pd.Series(new, index=rows.index, dtype=Kind.TEXT.dtype)
            differs = (column != texts).to_numpy(bool)
            if differs.any():
                made = made.assign(**{name: rows[name].mask(differs, column)})
        return None if made is rows else made

    def _without_contacts(self, rows: pd.DataFrame) -> pd.DataFrame | None:
        """Accounts without the addresses of somebody forgotten."""
        is_own: Mapping[str, Callable[[str], bool]] = {
            "email": lambda text: self.has("mail", text.strip().casefold()),
            "phone": lambda text: any(self.has("phone", one) for one in digits_of(text)),
        }
        made = rows
        for name in _CONTACT:
            own = np.array([is_own[name](one) for one in rows[name].fillna("")], dtype=bool)
            if own.any():
                made = made.assign(**{name: rows[name].mask(own)})
        return None if made is rows else made
