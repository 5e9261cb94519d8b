"""What is read from texts, in the form of labelled texts, to be seen and judged."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nlp.components.document import ACCOUNT as FILED_UNDER
from nlp.components.document import US as OURS
from nlp.components.document import Context, Mention, Polarity, Reading
from nlp.components.normalise import Clean
from nlp.labelled import ACCOUNT, SIGNAL, US, Entity, Fact, Labelled
from nlp.model import Model

_LABELS: Final = {"METHOD": "PROCESS", "EMPLOYEE": "PERSON"}
_FACTS: Final = {"ATTENDED": "ATTENDS", "USES_METHOD": "USES_PROCESS"}
_NOT_TOLD: Final = frozenset({"TALKED_TO", "INTERESTED_IN"})
_MEANT: Final[dict[Polarity, str]] = {
    "asserted": "asserted",
    "negated": "negated",
    "past": "negated",
    "hedged": "hedged",
    "conditional": "hedged",
    "reported": "hedged",
    "asked": "hedged",
}
"""What was and is no more is not so; hearsay and conditions leave it open."""


def extracted(
    texts: Sequence[Labelled],
    *,
    model: Model,
    companies: Iterable[str] = (),
    lexicons: str | None = None,
) -> list[Labelled]:
    """The texts with what is read from them, whatever labels they have.

    Args:
        texts: Texts.
        model: Finds names that no list has.
        companies: Names on the shop's list; what is linked to one has it as canonical name.
        lexicons: Folder of the shop's own lexicon files.
    """
    from nlp.components.pipeline import Known, build, read_all  # noqa: PLC0415 - spaCy is slow

    known = Known(companies=tuple((one, one) for one in companies), lexicons=lexicons)
    read = read_all(build(model, known), [(one.text, _context(one)) for one in texts])
    return [_told(one, *each) for one, each in zip(texts, read, strict=True)]


def shown(
    one: Labelled, *, model: Model, companies: Iterable[str] = ()
) -> tuple[Labelled, dict[Fact, float]]:
    """A text with what is read from it, and how sure each fact is, 0 to 1.

    Args:
        one: The text.
        model: Finds names that no list has.
        companies: Names on the shop's list.
    """
    from nlp.components.pipeline import Known, build, read_all  # noqa: PLC0415 - spaCy is slow

    known = Known(companies=tuple((name, name) for name in companies))
    [(clean, read)] = read_all(build(model, known), [(one.text, _context(one))])
    sure = dict(zip(_facts(read), _confidences(read), strict=True))
    return _told(one, clean, read), sure


def _confidences(read: Reading) -> Iterator[float]:
    yield from (one.confidence for one in read.relations if one.label not in _NOT_TOLD)
    yield from (one.confidence for one in read.signals)


def related(texts: Sequence[Labelled], *, lexicons: str | None = None) -> list[Labelled]:
    """The texts with what is said of the entities that they are labelled with.

    Args:
        texts: Texts with their entities.
        lexicons: Folder of the shop's own lexicon files.
    """
    from nlp.components.pipeline import build_given, read_all  # noqa: PLC0415 - spaCy is slow

    read = read_all(build_given(lexicons), [(one.text, given_context(one)) for one in texts])
    return [_told(one, *each) for one, each in zip(texts, read, strict=True)]


def _context(one: Labelled) -> Context:
    return Context(one.id, one.kind, one.date, account=one.account)


def given_context(one: Labelled) -> Context:
    """What is known of a labelled text before it is read, its entities included."""
    mentions = tuple(
        Mention(each.start, each.end, each.label, each.canonical, "given") for each in one.entities
    )
    return dataclasses.replace(_context(one), given=mentions)


def _told(text: Labelled, clean: Clean, read: Reading) -> Labelled:
    entities = tuple(
        Entity(*clean.span(one.start, one.end), _LABELS.get(one.label, one.label), one.canonical)
        for one in read.mentions
    )
    return dataclasses.replace(text, entities=entities, facts=tuple(dict.fromkeys(_facts(read))))


def _facts(read: Reading) -> list[Fact]:
    """Relations, then signals; some may be the same."""
    relations = [
        Fact(_end(one.head), _FACTS.get(one.label, one.label), _end(one.tail), _MEANT[one.polarity])
        for one in read.relations
        if one.label not in _NOT_TOLD
    ]
    return relations + [
        Fact(_end(one.head), SIGNAL, one.name, _MEANT[one.polarity]) for one in read.signals
    ]


_ENDS: Final = {OURS: US, FILED_UNDER: ACCOUNT}


def _end(index: int) -> int | str:
    return _ENDS.get(index, index)
