"""What a company name says: its words, its legal form, and what of it is cut short."""

import dataclasses
import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """The word lists of words.toml.

    Attributes:
        legal: Canonical legal form by its words, such as ("pty", "ltd").
        leading: Likewise for forms that stand before the name.
        abbreviations: A word by its usual abbreviation.
        generic: Words that many companies share.
        particles: Small words that are written or left out at will.
        optional: Words that add no more than a legal form does.
        also_known: What stands between two names of one company.
        remarks: What stands in brackets behind a name and is no part of it.
        free_mail: Domains of mail providers.
        public_suffixes: Second-level parts of domains that name nobody.
        no_industry: Values that leave the industry open.
        streets: Kinds of street.
        directions: Directions in street addresses.
        units: Words before the number of a part of a building.
    """

    legal: dict[tuple[str, ...], str]
    leading: dict[tuple[str, ...], str]
    abbreviations: dict[str, str]
    generic: frozenset[str]
    particles: frozenset[str]
    optional: frozenset[str]
    also_known: tuple[str, ...]
    remarks: frozenset[str]
    free_mail: frozenset[str]
    public_suffixes: frozenset[str]
    no_industry: frozenset[str]
    streets: frozenset[str]
    directions: frozenset[str]
    units: frozenset[str]


@cache
def words() -> Words:
    """The word lists, read once."""
    text = resources.files("graphkit.resolve").joinpath("words.toml").read_text("utf-8")
    read = tomllib.loads(text)
    lists = read["lists"]
    return Words(
        legal=_by_words(read["legal_forms"]),
        leading=_by_words(read["leading_forms"]),
        abbreviations=read["abbreviations"],
        generic=frozenset(lists["generic"]),
        particles=frozenset(lists["particles"]),
        optional=frozenset(lists["optional"]),
        also_known=tuple(sorted(lists["also_known"], key=len, reverse=True)),
        remarks=frozenset(lists["remarks"]),
        free_mail=frozenset(lists["free_mail"]),
        public_suffixes=frozenset(lists["public_suffixes"]),
        no_industry=frozenset(lists["no_industry"]),
        streets=frozenset(lists["streets"]),
        directions=frozenset(lists["directions"]),
        units=frozenset(lists["units"]),
    )


def _by_words(forms: dict[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(way.split()): form for form, ways in forms.items() for way in ways}


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A company name, taken apart.

    Attributes:
        words: Its words without the legal form, in full where they are usual abbreviations.
        cut: Positions of words that end with a full stop: the beginning of a longer word, and of
            a longer name when it is the last.
        legal: Canonical legal form, such as llc; empty without one.
    """

    words: tuple[str, ...]
    cut: frozenset[int] = frozenset()
    legal: str = ""

    @property
    def squeezed(self) -> str:
        """The words without spaces, as domains and handles have them."""
        return "".join(self.words)


_LONGEST_INITIALS = 3
_VOWELS = frozenset("aeiouy")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.\s?){2,}")
_SLASHED = re.compile(r"(?<![^\W_])([^\W\d_])/([^\W\d_])(?:/([^\W\d_]))?(?![^\W_])")
_TOKEN = re.compile(r"[^\W_]+\.?")
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")


def plain(text: str) -> str:
    """Lower case without accents and apostrophes, for comparing.

    >>> plain("Müller & Söhne")
    'muller & sohne'
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(one for one in folded if not unicodedata.combining(one))
    return re.sub(r"['\u2019`\u00b4]", "", bare)


@lru_cache(maxsize=1 << 16)
def names_of(text: str) -> tuple[Name, ...]:
    """The names that a spelling gives: one, or more where it says "doing business as".

    >>> [name.words for name in names_of("Tamarack Mfg., L.L.C. dba Northern Gear")]
    [('tamarack', 'manufacturing'), ('northern', 'gear')]
    """
    bare = _BRACKETS.sub(_in_brackets, plain(text))
    bare = _SLASHED.sub(lambda found: "".join(part or "" for part in found.groups()), bare)
    for between in words().also_known:
        bare = re.sub(rf"(?<![^\W_]){re.escape(between)}(?![^\W_])", "\n", bare)
    parts = [_parse(part) for part in bare.split("\n")]
    return tuple(dict.fromkeys(part for part in parts if part.words))


def _in_brackets(found: re.Match[str]) -> str:
    inside = " ".join(_TOKEN.findall(found.group(1)))
    return " " if inside in words().remarks else f" {inside} "


def _parse(text: str) -> Name:
    text = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", text)
    tokens = [token for token in _TOKEN.findall(text) if token not in {"and", "und", "et"}]
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    bare, legal = _without_legal_form(tokens)
    known = words().abbreviations
    found: list[str] = []
    cut: set[int] = set()
    previous = ""
    for token in bare:
        word = token.removesuffix(".")
        if len(word) == 1 and len(previous) == 1 and word.isalpha() and previous.isalpha():
            found[-1] += word  # J K Tool is JK Tool
            continue
        previous = word
        if token.endswith(".") and len(word) > 1 and word not in known:
            cut.add(len(found))
        found.append(known.get(word, word))
    return Name(tuple(found), frozenset(cut), legal)


def _without_legal_form(tokens: list[str]) -> tuple[list[str], str]:
    """The tokens without legal forms at either end, and the first form that was found."""
    bare = [token.removesuffix(".") for token in tokens]
    legal = ""
    first, last = 0, len(bare)
    lists = words()
    shrinking = True
    while shrinking:
        shrinking = False
        for size in (4, 3, 2, 1):
            form = lists.legal.get(tuple(bare[last - size : last])) if last - size > first else None
            if form:
                legal, last, shrinking = legal or form, last - size, True
                break
    if last - first > 1 and (form := lists.leading.get((bare[first],))):
        legal, first = legal or form, first + 1
    return tokens[first:last], legal


@cache
def squeezed_forms(name: Name) -> frozenset[str]:
    """How a domain or handle may have the name: with or without its legal form.

    >>> sorted(squeezed_forms(Name(("cardinal", "valve"), legal="inc")))
    ['cardinalvalve', 'cardinalvalveinc']
    """
    return frozenset({name.squeezed, name.squeezed + name.legal})


def readable(name: str) -> str:
    """A name in upper case as people would write it; other names stay.

    >>> readable("CEDAR RUN GAUGES LLC"), readable("Cedar Run"), readable("JK TOOL CO")
    ('Cedar Run Gauges LLC', 'Cedar Run', 'JK Tool Co')
    """
    if not name.isupper():
        return name
    return re.sub(r"[^\W_]+(?:['\u2019][^\W_]+)?", _titled, name)


def _titled(found: re.Match[str]) -> str:
    word = found.group()
    bare = word.casefold()
    initials = {"llc", "llp", "lp", "plc", "pc", "pllc", "ag", "kg", "bv", "nv", "sa", "usa", "us"}
    short = len(word) <= _LONGEST_INITIALS and not _VOWELS & set(bare)
    if bare in initials or (short and bare not in {"ltd", "mfg", "pty", "pte", "st", "mt", "ft"}):
        return word
    return word[:1] + word[1:].lower()


def site_of(domain: str) -> str:
    """A web or mail domain in lower case, without what stands before it; empty for mail providers.

    >>> site_of("https://www.Badger-Aero.com/about"), site_of("gmail.com")
    ('badger-aero.com', '')
    """
    bare = re.sub(r"^[a-z]+://", "", domain.strip().casefold()).split("/")[0].split("@")[-1]
    bare = bare.removeprefix("www.").strip(". ")
    return "" if bare in words().free_mail or "." not in bare else bare


def stem_of(site: str) -> str:
    """The part of a domain that is the company's own, squeezed.

    >>> stem_of("shop.badger-aero.co.uk")
    'badgeraero'
    """
    labels = site.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in words().public_suffixes:
        labels = labels[:-1]
    return re.sub(r"[^0-9a-z]", "", plain(labels[-1])) if labels else ""
