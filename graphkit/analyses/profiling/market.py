"""Whom a company supplies, where it goes, what it works on, and what people say of it."""

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from graphkit.analyses.profiling.sentences import Sentence
from graphkit.analyses.profiling.subject import Subject
from graphkit.analyses.wording import counted
from graphkit.findings import sources_of
from graphkit.schema import (
    Attended,
    HasSignal,
    Method,
    Note,
    Post,
    Project,
    Supplies,
    TradeShow,
    UsesMethod,
)

_SHOWN: Final = 8
_LONGEST: Final = 300
_NOT_SO: Final = {
    "negated": "it is denied",
    "hedged": "it is not sure",
    "past": "it was so once",
    "conditional": "only on a condition",
    "reported": "somebody else says so",
    "asked": "it was only asked",
}
"""What a polarity other than asserted means."""


def supplies(one: Subject) -> Iterator[Sentence]:
    """Whom it supplies, and who supplies it, with how sure that is.

    Args:
        one: The company.
    """
    every = one.snap.frame(Supplies)
    # A company that names itself supplies nobody.
    rows = every[
        (every["from_company"] != every["to_company"]).to_numpy(dtype=bool, na_value=False)
    ]
    ways = (
        ("from_company", "to_company", "It supplies {}"),
        ("to_company", "from_company", "{} supplies it"),
    )
    found = [
        sentence
        for mine, theirs, words in ways
        for sentence in _stated(one.of(rows, mine), theirs, words, one.snap.names)
    ]
    yield from found or [one.unknown("customers of its own", "Supplies", others=not every.empty)]


def shows(one: Subject) -> Iterator[Sentence]:
    """At which shows it was; where it was said not to be it was not.

    Args:
        one: The company.
    """
    every = one.snap.frame(Attended)
    company = every["from_company"].fillna(every["from_id"].map(one.snap.employers))
    rows = every.assign(company=company)
    editions = one.snap.frame(TradeShow)
    said = editions["series"] + " " + editions["year"].astype("string[pyarrow]")
    names = dict(zip(editions["id"], said, strict=True))
    found = list(_stated(one.of(rows), "to_id", "It was at {}", names))
    yield from found or [one.unknown("trade shows", "Attended", others=not every.empty)]


def works(one: Subject) -> Iterator[Sentence]:
    """Its projects with us, and the new methods it works with.

    Args:
        one: The company.
    """
    every = one.snap.frame(Project)
    projects = one.of(every).sort_values(["started_on", "id"], ascending=[False, True])
    for row in projects.head(_SHOWN).to_dict("records"):
        whom = one.snap.names.get(str(row["end_customer_company"]), "")
        makes = f" for {whom}" if whom else ""
        quote = str(row["description"]) if isinstance(row["description"], str) else ""
        text = f"Project {row['name']}{makes} began on {row['started_on']}."
        yield Sentence(text, (f"{row['file_id']}:{row['row']}",), quote=_short(quote))
    if projects.empty:
        yield one.unknown("projects", "UsesMethod", others=not every.empty)
    used = one.snap.frame(UsesMethod)
    of_project = used["from_id"].map(dict(zip(every["id"], every["company"], strict=True)))
    rows = used.assign(company=used["from_company"].fillna(of_project))
    found = list(_stated(one.of(rows), "to_id", "It works with or tries {}", one.names(Method)))
    yield from found or [one.unknown("new methods", "UsesMethod", others=not used.empty)]


def said(one: Subject) -> Iterator[Sentence]:
    """What notes and posts say of how it is doing, quoted, and the last of each.

    Args:
        one: The company.
    """
    every = one.snap.frame(HasSignal)
    rows = one.of(every, "from_company").sort_values(["on", "id"], ascending=[False, True])
    if rows.empty:
        yield one.unknown("words on how business goes", "HasSignal", others=not every.empty)
    for row in rows.head(_SHOWN).to_dict("records"):
        what = str(row["to_id"]).replace("_", " ").casefold()
        text = f"{row['on']}, a sign of {what}{_how_sure(row['polarity'], row['confidence'])}."
        source = (f"{row['file_id']}:{row['row']}",)
        yield Sentence(text, source, quote=_short(str(row["sentence"])))
    if len(rows) > _SHOWN:
        text = f"Besides these, {len(rows) - _SHOWN} earlier signs."
        yield Sentence(text, sources_of(rows.iloc[_SHOWN:]))
    for entity, day, what in ((Note, "written_on", "note"), (Post, "posted_on", "post")):
        texts = one.of(one.snap.frame(entity)).sort_values([day, "id"])
        if len(texts):
            last = texts.iloc[-1]
            text = f"The last of {counted(len(texts), what)} is of {last[day]}."
            yield Sentence(text, (f"{last['file_id']}:{last['row']}",), quote=_short(last["text"]))


def _stated(
    rows: pd.DataFrame, column: str, words: str, names: Mapping[str, str]
) -> Iterator[Sentence]:
    """One sentence for each thing that is said of it and how it is said, asserted ones first."""
    known = rows.dropna(subset=[column])
    groups = [some.sort_values(["on", "id"]) for _, some in known.groupby([column, "polarity"])]
    groups.sort(key=lambda some: (some["polarity"].iloc[0] != "asserted", -len(some)))
    for some in groups[:_SHOWN]:
        what = str(some[column].iloc[0])
        yield _said_so(some, words.format(names.get(what, what)))
    rest = groups[_SHOWN:]
    if rest:
        text = f"Besides these, {counted(len(rest), 'thing')} said less often."
        yield Sentence(text, sources_of(pd.concat(rest)))


def _said_so(rows: pd.DataFrame, text: str) -> Sentence:
    """What some rows say, in the words of the last that has words."""
    last, sources = rows.iloc[-1], sources_of(rows)
    polarity = str(last["polarity"])
    times = "" if len(sources) == 1 else f"{len(sources)} times, last "
    sure = _how_sure(polarity, float(rows["confidence"].max()))
    told = text if polarity == "asserted" else f"Not counted: \u201c{text}\u201d"
    quotes = rows["sentence"].dropna()
    quote = _short(str(quotes.iloc[-1])) if len(quotes) else ""
    return Sentence(f"{told}: said {times}on {last['on']}{sure}.", sources, quote=quote)


def _how_sure(polarity: str, confidence: float) -> str:
    meant = _NOT_SO.get(polarity, "")
    parts = [meant] * bool(meant) + [f"confidence {confidence:.2f}"]
    return f" ({', '.join(parts)})"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " ..."
