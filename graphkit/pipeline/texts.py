"""Texts become facts: which have to be read, and the facts that they replace."""

from collections.abc import Callable

import pandas as pd

from graphkit import registry
from graphkit.batch import Batch
from graphkit.plugins import Enricher, Known
from graphkit.schema import (
    SAID_IN,
    Account,
    Campaign,
    Employee,
    Is,
    Kind,
    Meta,
    Note,
    OrderLine,
    Page,
    Person,
    Post,
    Project,
)
from graphkit.store.base import GraphStore

Say = Callable[[str], None]

TEXT_SYSTEM = "text"
"""The system of accounts that only texts name."""
_TELL_TOPICS = ("Campaign", "Page")
"""Texts that say which topics the shop writes about."""
_MATERIAL = "Material"
"""What order lines call a material is a text too: one that says what that is a kind of."""
_NAMES = (*_TELL_TOPICS, _MATERIAL)
"""Texts whose readers need nothing installed."""
_UNREAD = "unread"
"""Key in Meta of how many texts a load could not read."""


def read_texts(store: GraphStore, *, run: int, say: Say) -> bool:
    """Whether texts were read; they are when a text, a model, a lexicon or a known name changed."""
    texts = _texts(store)
    readers = [one for one in registry.enrichers() if not one.unavailable()]
    whole = len(readers) == len(registry.enrichers())
    left = 0 if whole else int((~texts["kind"].isin(_NAMES)).sum())
    store.write(Batch.of(Meta, {"id": [_UNREAD], "value": [str(left)]}), run=run)
    for line in filter(None, [unread(store)]):
        say(line)
    before = _read_before(store)
    if not readers or (texts.empty and not before):
        return False
    known = _known(store)
    due, replaced, state = _due(store, texts, _state(readers, known, texts), before)
    gone = before - set(texts["id"])
    if due.empty and not gone:
        return False
    batches = []
    if not due.empty:
        for line in filter(None, [_reading(due, whole=whole), *(one.warning() for one in readers)]):
            say(line)
        columns = due.drop(columns=["run"]).reset_index(drop=True)
        batches = [batch for one in readers for batch in one.run(columns, known)]
    with store.transaction():
        _write_facts(store, batches, replaced | gone, run=run)
        store.write(Batch.of(Meta, {"id": ["texts"], "value": [state]}), run=run)
    return True


def unread(store: GraphStore) -> str:
    """What is missing because texts were stored unread, and what helps; empty when all is read.

    Args:
        store: A store to read.
    """
    stored = store.read(Meta, where=("id", [_UNREAD]))["value"].tolist()
    count = int(stored[0]) if stored else 0
    if not count:
        return ""
    return (
        f"{count:,} texts are unread (notes, posts, projects, notes of orders): shows, customers' "
        f"customers, methods and tolerances are missing. Try: {reading_advice()}"
    )


def reading_advice() -> str:
    """The commands after which texts that were stored unread are read."""
    reasons = sorted({one.unavailable() for one in registry.enrichers()} - {""})
    return ", then ".join([*(one.partition(": ")[2] or one for one in reasons), "graphkit rebuild"])


def _reading(due: pd.DataFrame, *, whole: bool) -> str:
    """What is about to be read: without every reader only what says which topics we write about."""
    topics = int(due["kind"].isin(_TELL_TOPICS).sum())
    count = int((due["kind"] != _MATERIAL).sum()) if whole else topics
    what = "texts" if whole else "subjects of mails and titles of pages"
    return f"reading {count:,} {what}" if count else ""


def _due(
    store: GraphStore, texts: pd.DataFrame, state: str, read: set[str]
) -> tuple[pd.DataFrame, set[str], str]:
    """Texts to hand to the readers, those whose facts are replaced, and the state to remember.

    Mails and pages are always handed over, since they say which topics the shop writes about. The
    run up to which texts were read is remembered, so that a load which was killed between writing
    texts and reading them is made up for; and which materials there were, as they know no run.
    """
    last = int(texts["run"].max()) if len(texts) else 0
    stored = store.read(Meta, where=("id", ["texts"]))["value"].tolist()
    before, _, upto = (stored[0] if stored else "").rpartition(" @")
    before, _, materials_before = before.rpartition(" ")
    material = texts["kind"] == _MATERIAL
    materials = _digest(texts.loc[material, ["id", "text"]])
    remembered = f"{state} {materials} @{last}"
    if before != state:
        return texts, set(texts["id"]) | read, remembered
    fresh = texts["run"] > int(upto or 0)
    if materials != materials_before:
        fresh |= material
    if not bool(fresh.any()):
        return texts[:0], set(), remembered
    due = texts[fresh | texts["kind"].isin(_TELL_TOPICS)]
    return due, set(due["id"]), remembered


def _read_before(store: GraphStore) -> set[str]:
    """Ids of the texts from which facts are stored."""
    found = [store.read(entity, [key])[key] for entity, key in SAID_IN.items()]
    return set(pd.concat(found).dropna()) - {""}


def _write_facts(store: GraphStore, batches: list[Batch], read: set[str], *, run: int) -> None:
    """Replace the facts of the texts read or gone, as a set; those of other texts stay."""
    for entity, key in SAID_IN.items():
        stored = store.read(entity, ["id", key])
        old = stored[stored[key].isin(read)]
        fresh = {one for batch in batches if batch.entity is entity for one in batch.frame["id"]}
        store.remove(entity, sorted(set(old["id"]) - fresh))
    for batch in batches:
        store.write(batch, run=run)


def _state(readers: list[Enricher], known: Known, texts: pd.DataFrame) -> str:
    """What all that texts say depends on, apart from each text itself."""
    told = texts.loc[texts["kind"].isin(_TELL_TOPICS), ["id", "text"]]
    ours = known.employees[["id", "name"]]
    versions = [f"{one.name} {one.version()}" for one in readers]
    digests = [_digest(one) for one in (known.companies, known.people, ours, told)]
    return " ".join([*versions, *digests])


def _digest(rows: pd.DataFrame) -> str:
    """Changes when a row does, is new or gone."""
    return str(pd.util.hash_pandas_object(rows, index=False).sum())


def _known(store: GraphStore) -> Known:
    """Companies by every spelling, without those that only texts name: no feeding on itself."""
    accounts = store.read(Account, ["id", "name", "system"])
    accounts = accounts[(accounts["system"] != TEXT_SYSTEM) & accounts["name"].notna()]
    joined = store.read(Is, ["from_id", "to_id"]).rename(columns={"to_id": "company"})
    companies = accounts.merge(joined, left_on="id", right_on="from_id")
    companies = companies.rename(columns={"id": "account"})[["company", "account", "name"]]
    people = store.read(Person, ["id", "name", "account"]).merge(
        joined, left_on="account", right_on="from_id", how="left"
    )
    people = people[people["name"].notna()][["id", "name", "company"]]
    return Known(
        companies=companies.sort_values(["company", "account"]).reset_index(drop=True),
        people=people.sort_values("id").reset_index(drop=True),
        employees=store.read(Employee),
    )


def _texts(store: GraphStore) -> pd.DataFrame:
    """Every text with the columns that an Enricher reads, and the run that last changed it."""
    pieces = [
        _columns(store.read(Note), "Note", on="written_on", text="text", author="author"),
        _columns(store.read(Post), "Post", on="posted_on", text="text"),
        _columns(store.read(Project), "Project", on="started_on", text="description"),
        _columns(store.read(Campaign), "Campaign", on="sent_at", text="subject"),
        _columns(store.read(Page), "Page", text="title"),
        _columns(_lines_with_figures(store), "OrderLine", on="ordered_on", text="note"),
        _columns(_materials(store), _MATERIAL, text="id"),
    ]
    texts = pd.concat(pieces, ignore_index=True)
    blank = texts["text"].isna() | (texts["text"].str.strip() == "")
    return texts[~blank].sort_values(["kind", "id"]).reset_index(drop=True)


def _materials(store: GraphStore) -> pd.DataFrame:
    """What order lines call a material; families of it, which are materials too, are not asked."""
    return pd.DataFrame({"id": store.values(OrderLine, "material")}).dropna()


def _lines_with_figures(store: GraphStore) -> pd.DataFrame:
    """The order lines whose note could state a tolerance; the notes of all others stay unread."""
    notes = store.values(OrderLine, "note")
    wanted = notes[notes.str.contains(_FIGURES, regex=True)]
    columns = ["id", "ordered_on", "note", "file_id", "row", "run"]
    return store.read(OrderLine, columns, where=("note", wanted.tolist()))


_FORMS = (
    "tol|flat|parallel|perpendic|position|runout|tir|concentric|cylindric|round|profile|straight"
    "|square"
)
_FIGURES = (
    "(?is)(?:\u00b1|[+] ?/? ?-|[+-] ?0?[.][0-9]|plus).*[0-9]"
    f"|[0-9].*(?:thou|tenths|micron|\u00b5m|\u03bcm|um|{_FORMS})"
    f"|(?:within|hold|{_FORMS}).*[0-9]"
)
"""What a note has that states a tolerance: a sign or a word for one, and a figure."""


def _columns(
    rows: pd.DataFrame, kind: str, *, text: str, on: str = "", author: str = ""
) -> pd.DataFrame:
    empty = pd.Series([None] * len(rows), dtype=Kind.TEXT.dtype)
    words = rows[text].fillna("")
    if kind == "Page":  # the path often says more than the title
        words = (words + " " + rows["id"]).str.strip()
    return pd.DataFrame(
        {
            "id": rows["id"],
            "kind": pd.Series([kind] * len(rows), dtype=Kind.TEXT.dtype),
            "on": rows[on].astype(Kind.DATE.dtype) if on else empty.astype(Kind.DATE.dtype),
            "text": words,
            "account": rows.get("account", empty),
            "author": rows[author] if author else empty,
            "file_id": rows.get("file_id", empty),
            "row": rows.get("row", empty.astype(Kind.INTEGER.dtype)),
            "run": rows.get("run", pd.Series([0] * len(rows), dtype=Kind.INTEGER.dtype)),
        }
    )
