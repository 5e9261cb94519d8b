"""What names look like: capitals, legal forms, words that companies end in."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.lexicon_files import read_lexicon

_TABLES: Final = read_lexicon("names")


def _words(key: str) -> frozenset[str]:
    return frozenset(word for table in _TABLES for word in table.get(key, []))


LEGAL_FORMS: Final = _words("legal_forms")
_KINDS_OF_COMPANY: Final = _words("kinds_of_company")
_OPENERS: Final = _words("openers")
_NOT_NAMES: Final = _words("not_names")
_HEADINGS: Final = _words("headings")
_GIVEN: Final = frozenset(
    name for table in read_lexicon("given_names") for name in table.get("given_names", [])
)
_WELL_KNOWN: Final = {
    spelling: name
    for table in read_lexicon("companies")
    for name, spellings in table.get("terms", {}).items()
    for spelling in (name, *spellings)
}
# "O'Brien" is one word, "Bolt's" is Bolt and a possessive.
_WORD: Final = r"[A-Z][\w&-]*(?:'[A-Z]\w*)?"
_NAME: Final = re.compile(rf"(?:{_WORD})(?:(?:\s|\s?&\s?)(?:(?:{_WORD})|\d+[A-Z]\w*))*")
_ENDING: Final = re.compile(r",?\s([A-Z]\w*)\b")
_CONTRACTED: Final = re.compile(r"'(?:t|m|re|ve|ll|d)\b", re.IGNORECASE)
_AFTER_HEADING: Final = re.compile(r"\s?:\s|\s[-\u2013\u2014]+\s")
_BUSINESS: Final = re.compile(
    r"\s(?:still |now |just |only |always |never |usually |also |has |have |had )?"
    r"(?:needs|orders?|ordered|returned|rejected|pays|paid|owes|signed|released|cancel(?:s|led|ed)|"
    r"runs|ran|makes|supplies|buys|bought|shut|laid off|lays off|opened|closed|stopped|cut|cuts|"
    r"doubled|tripled|expanded|sells|ships|doesn'?t (?:do|buy|pay|order)|won'?t (?:pay|order|buy)|"
    r"(?:wanted|wants|took) \d+|is (?:expanding|hiring|late|past due|slow|reshoring))\b",
    re.IGNORECASE,
)
_NEXT_WORD: Final = re.compile(r"\s(?:&\s)?([A-Z][a-z]+)\b")


def names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches that are capitalised like names, without the words a sentence opens with.

    Args:
        text: The text.
        start: First character to look at; the beginning of a sentence.
        end: One past the last.

    Examples:
        >>> text = "Called Bolt Gear about it, then Ann Lee."
        >>> [text[a:b] for a, b in names_in(text, 0, len(text))]
        ['Bolt Gear', 'Ann Lee']
    """
    for match in _NAME.finditer(text, start, end):
        first, last = match.span()
        while first < last:
            word = re.match(r"[\w&'-]+", text[first:last])
            more = word is not None and " " in text[first:last]
            if word is None or not (
                word[0].lower() in _OPENERS or (more and word[0] in _NOT_NAMES)
            ):
                break
            first += word.end()
            while first < last and not (text[first].isupper() or text[first].isdigit()):
                first += 1
        if _CONTRACTED.match(text, last):
            # "Didn't" is no name, and neither is the last word of "Bolt Gear They've".
            last = text.rfind(" ", first, last) if " " in text[first:last] else first
        while " " in text[first:last] and text[first:last].rpartition(" ")[2] in _NOT_NAMES:
            last = text.rfind(" ", first, last)  # "Bolt Gear PO 4471"
        if last - first > 1 and text[first:last] not in _NOT_NAMES:
            yield first, last


def with_legal_form(text: str, end: int) -> int:
    """Where a company's name ends when ", Inc" or " GmbH" follows it.

    Examples:
        >>> with_legal_form("Bolt Gear, Inc. said", 9)
        14
    """
    match = _ENDING.match(text, end)
    return match.end() if match and match[1].lower() in LEGAL_FORMS else end


def without_legal_form(name: str) -> str:
    """A company's name without ", Inc." and the like at its end.

    Examples:
        >>> without_legal_form("Bolt Gear Co., Inc.")
        'Bolt Gear'
    """
    parts = name.replace(",", " ").split()
    while len(parts) > 1 and parts[-1].lower().replace(".", "") in LEGAL_FORMS:
        parts.pop()
    return " ".join(parts)


def goes_on_as_company(text: str, end: int) -> bool:
    """Whether a longer company name goes on where a shorter one ends.

    Examples:
        >>> goes_on_as_company("Zenith Hydraulics called", 6), goes_on_as_company("Zenith Inc", 6)
        (True, False)
    """
    match = _NEXT_WORD.match(text, end)
    return match is not None and match[1].lower() in _KINDS_OF_COMPANY


def begins_with_a_given_name(name: str) -> bool:
    """Whether the first word of a name is what people are called by.

    Examples:
        >>> begins_with_a_given_name("Gail Underhill"), begins_with_a_given_name("Quarry Bot")
        (True, False)
    """
    return name.split(maxsplit=1)[0].lower() in _GIVEN


def heads_a_note(text: str, start: int, end: int) -> bool:
    """Whether a name stands before all that is said of it: "Acme: 250 pcs", "Acme - pays late".

    Examples:
        >>> heads_a_note("Acme: 250 pcs", 0, 4), heads_a_note("Status: 250 pcs", 0, 6)
        (True, False)
    """
    begins = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    name = text[start:end]
    said = name.lower() not in _HEADINGS and not begins_with_a_given_name(name)
    return begins and said and bool(_AFTER_HEADING.match(text, end))


def does_business(text: str, start: int, end: int) -> bool:
    """Whether a name opens a sentence and does what companies do: "Ashford returned 25".

    Examples:
        >>> does_business("Ashford returned 25", 0, 7), does_business("Linda ordered lunch", 0, 5)
        (True, False)
    """
    opens = not text[:start].strip() or text[:start].rstrip()[-1] in ".!?\n"
    unlike = begins_with_a_given_name(text[start:end])
    return opens and not unlike and bool(_BUSINESS.match(text, end))


def sounds_like_a_company(name: str) -> bool:
    """Whether a name ends as companies' names do."""
    parts = re.findall(r"[A-Za-z]+", name.lower())
    return len(parts) > 1 and (parts[-1] in _KINDS_OF_COMPANY or parts[-1] in LEGAL_FORMS)


def well_known(name: str) -> str | None:
    """The full name of a large company that everybody knows; None for all others.

    Examples:
        >>> well_known("Collins"), well_known("Bolt Gear")
        ('Collins Aerospace', None)
    """
    return _WELL_KNOWN.get(name)
