"""Topics that notes and posts talk of, so that talk counts beside opens and clicks."""

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import Mention, reading
from nlp.components.phrases import PhraseTable, words
from nlp.topics import TopicBook, topic_key

VERSION: Final = "1"


@Language.factory("graphkit_topics", default_config={"topics": [], "folder": None})
def make_topics(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    topics: list[str],
    folder: str | None,
) -> "TopicMentioner":
    """The component that finds topics in running text."""
    return TopicMentioner(name, topics, folder=folder)


class TopicMentioner:
    """Finds topics in running text.

    A stretch may be a process and a topic at once, so these mentions stand in a list of their own.

    Args:
        name: Name of the component.
        topics: Topics of the shop's own mails and pages, besides those of topics.toml.
        folder: The shop's own folder of lexicon files.
    """

    def __init__(self, name: str, topics: list[str], *, folder: str | None = None) -> None:
        self._component = f"{name}/{VERSION}"
        self._table: PhraseTable[str] = PhraseTable()
        listed = TopicBook(folder).names()
        for topic, ways in listed.items():
            for one in ways:
                self._table.add(one, topic, plural=True)
        known = {topic_key(topic) for topic in listed}
        for topic in sorted(topics):
            if topic_key(topic) not in known:
                self._table.add(topic, topic, plural=True)

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the topics of the doc's reading."""
        read = reading(doc)
        taken: list[tuple[int, int]] = []
        found = self._table.find(doc.text, words(doc.text))
        for item in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            inside_name = any(
                one.start < item.end
                and item.start < one.end
                and one.label in {"COMPANY", "PERSON", "TRADE_SHOW"}
                for one in read.mentions
            )
            if inside_name or any(a < item.end and item.start < b for a, b in taken):
                continue
            taken.append((item.start, item.end))
            read.topics.append(
                Mention(item.start, item.end, "TOPIC", item.values[0], self._component, 0.9)
            )
        read.topics.sort(key=lambda one: one.start)
        return doc
