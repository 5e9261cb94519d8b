"""What a text says of the things it names, each relation with the stretch that says so."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.attendance import AttendanceFinder
from nlp.components.companies import CANDIDATE, PERHAPS_COMPANY, PERHAPS_PERSON
from nlp.components.document import Mention, Reading, Relation, reading
from nlp.components.supply import SupplyFinder
from nlp.components.usage import UsageFinder
from nlp.components.view import View, views
from nlp.components.work import talked_to, works_at
from nlp.lexicon_files import read_lexicon

VERSION: Final = "1"
_BY_PLACE: Final = 0.5


@Language.factory("graphkit_relations", default_config={"folder": None})
def make_relations(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    folder: str | None,
) -> "RelationFinder":
    """The component that finds relations between mentions."""
    return RelationFinder(name, folder=folder)


class RelationFinder:
    """Finds relations.

    Args:
        name: Name of the component.
        folder: The shop's own folder of lexicon files.
    """

    def __init__(self, name: str, *, folder: str | None = None) -> None:
        tables = read_lexicon("relations", folder)
        self._component = f"{name}/{VERSION}"
        self._supply = SupplyFinder(tables)
        self._attendance = AttendanceFinder(tables)
        self._usage = UsageFinder(tables)

    def __call__(self, doc: Doc) -> Doc:
        """Add the relations to the doc's reading; names that none needs are dropped."""
        read = reading(doc)
        sentences = views(doc.text, read)
        read.relations = list(self._found(sentences))
        self._settle_names(read)
        return doc

    def _found(self, sentences: list[View]) -> Iterator[Relation]:
        supplied: set[int] = set()
        heading: int | None = None
        for view in sentences:
            for relation in self._supply.find(view, heading):
                supplied.add(relation.tail)
                yield relation
            companies = [index for index, _ in view.marks("C") if index not in supplied]
            heading = companies[-1] if companies else heading
        yield from self._attendance.find(sentences)
        yield from works_at(sentences)
        yield from talked_to(sentences)
        yield from self._usage.find(sentences, supplied)

    def _settle_names(self, read: Reading) -> None:
        """A name in a company's place is a company; one in no place is left out."""
        needed = {index for one in read.relations for index in (one.head, one.tail) if index >= 0}
        kept = [
            index
            for index, one in enumerate(read.mentions)
            if one.label != CANDIDATE or index in needed
        ]
        place = {old: new for new, old in enumerate(kept)}
        read.mentions = [_settled(read.mentions[index], index in needed) for index in kept]
        read.relations = [
            replace(one, head=place.get(one.head, one.head), tail=place.get(one.tail, one.tail))
            for one in read.relations
        ]


def _settled(mention: Mention, needed: bool) -> Mention:  # noqa: FBT001 - says what the place is
    if mention.label not in {CANDIDATE, PERHAPS_PERSON, PERHAPS_COMPANY}:
        return mention
    label = "COMPANY" if needed or mention.label == PERHAPS_COMPANY else "PERSON"
    return replace(mention, label=label, confidence=_BY_PLACE)
