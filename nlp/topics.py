"""What a mail or page is about, from its subject, title and path. Needs no spaCy.

A topic of topics.toml is recognised by its names. Else the frame of the line gives it away: "Five
tips on X", "Case study: X", /resources/x. Where neither holds the topic is None: unassigned is
shown as such, a wrong topic would sit in somebody's report.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from nlp.components.phrases import PhraseTable, key_of, words
from nlp.lexicon_files import read_lexicon

_NUMBER: Final = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|some|a few|more)"
)
_LONGEST: Final = 5
_LONGEST_BESIDE_KNOWN: Final = 3
_SITE: Final = re.compile(r"\s+[|\u2013\u2014]\s+.*$|\s+-\s+[^-]*$")
_NOISE: Final = re.compile(r"^(?:\s*(?:re|fwd?|fw)\s*:\s*|\s*\[[^\]]*\]\s*)+", re.IGNORECASE)
_EDGES: Final = " \t.,:;!?\"'()-\u2013\u2014|*#"
_EXTENSION: Final = re.compile(r"\.(?:html?|php|aspx?|pdf|jsp)$", re.IGNORECASE)
_SLUG_NOISE: Final = re.compile(r"^(?:(?:19|20)\d\d|\d{1,2}|\d{5,}|p|post|article)$")


@dataclass(frozen=True, slots=True)
class Line:
    """What one mail or page says of itself.

    Attributes:
        id: Its id.
        text: Subject line or page title.
        path: Path of a page, such as /resources/hard-turning; empty for mails.
    """

    id: str
    text: str
    path: str = ""


class TopicBook:
    """Knows topics by name, and the frames that lines put round them.

    Args:
        folder: The shop's own folder of lexicon files.
    """

    def __init__(self, folder: str | None = None) -> None:
        before: list[str] = []
        after: list[str] = []
        self._never: set[tuple[str, ...]] = set()
        self._not_articles: set[str] = set()
        self._names: dict[tuple[str, ...], str] = {}
        for table in read_lexicon("topics", folder):
            self._learn(table)
            before += table.get("reading", {}).get("before", [])
            after += table.get("reading", {}).get("after", [])
        self._before = re.compile(
            rf"^(?:{_either(before)})(?:\s*[:\u2013\u2014|]\s*|\s+-\s+|\s+)(?=\S)", re.IGNORECASE
        )
        self._after = re.compile(
            rf"(?:\s*[:\u2013\u2014|,-]\s*|\s+)(?:{_either(after)})\s*$", re.IGNORECASE
        )

    def _learn(self, table: dict[str, Any]) -> None:
        reading = table.get("reading", {})
        self._never |= {topic_key(one) for one in reading.get("never", [])}
        self._not_articles |= set(reading.get("not_articles", []))
        for name, others in table.get("topics", {}).items():
            for one in (name, *others):
                self._names.setdefault(topic_key(one), name)

    def names(self) -> dict[str, list[str]]:
        """Every listed topic with the ways to write it, as word keys joined by spaces."""
        found: dict[str, list[str]] = {}
        for key, name in self._names.items():
            found.setdefault(name, []).append(" ".join(key))
        return found

    def assign(self, lines: Sequence[Line]) -> dict[str, str | None]:
        """The topic of each line by id; None for those that are about nothing we can name.

        Lines help each other: a topic that one subject frames clearly is recognised in the others.

        Args:
            lines: Mails and pages.

        Examples:
            >>> book = TopicBook()
            >>> lines = [Line("m1", "Case study: trepanning"), Line("m2", "Trepanning pays off")]
            >>> lines += [Line("p1", "", "/blog/trepanning-101"), Line("m3", "Happy holidays!")]
            >>> found = book.assign(lines)
            >>> [found[one] for one in ("m1", "m2", "p1", "m3")]
            ['trepanning', 'trepanning', 'trepanning', None]
        """
        framed = {one.id: self._framed_topic(one) for one in lines}
        spellings: dict[tuple[str, ...], Counter[str]] = {}
        for phrase in framed.values():
            if phrase is not None:
                spellings.setdefault(topic_key(phrase), Counter())[quiet(phrase)] += 1
        names = {key: _commonest(found) for key, found in spellings.items()} | self._names
        table: PhraseTable[str] = PhraseTable()
        for key, name in sorted(names.items()):
            table.add(" ".join(key), name, plural=True)
        assigned: dict[str, str | None] = {}
        for one in lines:
            phrase = framed[one.id]
            assigned[one.id] = (
                names[topic_key(phrase)] if phrase is not None else self._contained(one, table)
            )
        return assigned

    def _framed_topic(self, line: Line) -> str | None:
        """The words that the frame of a subject, title or path leaves over."""
        phrase, framed = self._unframed(_NOISE.sub("", line.text))
        if framed and self._may_be_topic(phrase, _LONGEST):
            return phrase
        if topic_key(phrase) in self._names:
            return phrase
        slug = self._slug(line.path)
        if slug is not None:
            phrase, _ = self._unframed(slug)
            if self._may_be_topic(phrase, _LONGEST):
                return self._as_title_has_it(phrase, line.text)
        return None

    def _unframed(self, text: str) -> tuple[str, bool]:
        """A line without its frame, and whether there was one."""
        bare = text.strip(_EDGES)
        framed = False
        while match := self._before.match(bare):
            bare, framed = bare[match.end() :].strip(_EDGES), True
        while match := self._after.search(bare):
            if not bare[: match.start()].strip(_EDGES):
                break
            bare, framed = bare[: match.start()].strip(_EDGES), True
        return bare, framed

    def _may_be_topic(self, phrase: str, longest: int) -> bool:
        key = topic_key(phrase)
        if (
            not key
            or key in self._never
            or not any(word.isalpha() and len(word) > 1 for word in key)
        ):
            return False
        known = any(_within(other, key) for other in self._names if other != key)
        return len(phrase.split()) <= (_LONGEST_BESIDE_KNOWN if known else longest)

    def _slug(self, path: str) -> str | None:
        """The words of the last part of a page's path; None for pages that are no articles."""
        parts = [part for part in re.split(r"[?#]", path)[0].split("/") if part]
        if len(parts) < 2 or set(parts[:-1]) & self._not_articles:  # noqa: PLR2004 - a folder and a page
            return None
        pieces = re.split(r"[-_+]|%20", _EXTENSION.sub("", parts[-1]))
        first = 0
        # Dates before the title are no part of it: /blog/2024-05-hard-turning.
        while first < len(pieces) and re.fullmatch(r"(?:19|20)\d\d|0\d", pieces[first]):
            first += 1
        while pieces and _SLUG_NOISE.match(pieces[-1]) and len(pieces) > first + 1:
            pieces.pop()
        return " ".join(pieces[first:]) or None

    @staticmethod
    def _as_title_has_it(phrase: str, title: str) -> str:
        """The title's spelling of a slug's words, which knows hyphens: near-net castings."""
        wanted = topic_key(phrase)
        found = words(title)
        for first in range(len(found)):
            for last in range(first, min(len(found), first + len(wanted) + 2)):
                span = title[found[first].start : found[last].end]
                if topic_key(span) == wanted:
                    return span
        return phrase

    @staticmethod
    def _contained(line: Line, table: PhraseTable[str]) -> str | None:
        """The one known topic that a line names anywhere; of several the longest."""
        text = _SITE.sub("", line.text) or line.text
        found = sorted(
            table.find(text, words(text)), key=lambda one: (one.start - one.end, one.start)
        )
        return found[0].values[0] if found else None


def topic_key(phrase: str) -> tuple[str, ...]:
    """What two spellings of a topic have in common: words without hyphens and plurals.

    Examples:
        >>> topic_key("Near-Net Castings") == topic_key("near net casting")
        True
    """
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004 - gas stays gas
        for word in key_of(phrase)
    )


def topic_id(name: str) -> str:
    """Id of a topic: the same for every spelling.

    Examples:
        >>> topic_id("Near-Net Castings")
        'near-net-casting'
    """
    return "-".join(topic_key(name))


def assigned_topics(texts: pd.DataFrame) -> dict[str, str | None]:
    """The topic of each mail and page by id; None where it is about nothing that can be named.

    Args:
        texts: Columns id, kind (Campaign and Page are read) and text: the subject of a mail; of a
            page its title followed by its path, which is its id.
    """
    lines = []
    for row in texts[texts["kind"].isin(["Campaign", "Page"])].itertuples(index=False):
        page = row.kind == "Page"
        text = str(row.text).removesuffix(str(row.id)).strip() if page else str(row.text)
        lines.append(Line(str(row.id), text, str(row.id) if page else ""))
    return TopicBook().assign(lines)


def quiet(phrase: str) -> str:
    """A title in lower case, abbreviations left as they are.

    Examples:
        >>> quiet("CNC Turning of Near-Net Castings")
        'CNC turning of near-net castings'
    """
    return re.sub(r"\b[A-Z][a-z]+\b|\bA\b", lambda match: match[0].lower(), phrase)


def _commonest(found: Counter[str]) -> str:
    return min(found, key=lambda one: (-found[one], one))


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    return any(outer[at : at + len(inner)] == inner for at in range(len(outer) - len(inner) + 1))


def _either(phrases: Iterable[str]) -> str:
    parts = sorted({re.escape(one) for one in phrases}, key=lambda one: (-len(one), one))
    joined = "|".join(part.replace(r"\ ", r"[\s-]+").replace("'", "['\u2019]?") for part in parts)
    return joined.replace(r"\#", _NUMBER)
