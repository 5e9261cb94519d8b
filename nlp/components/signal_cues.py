"""The phrases of signals.toml: what tells a signal, and what says that it is doubted or denied."""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from nlp.components.assertion import phrase_pattern
from nlp.components.document import Polarity
from nlp.lexicon_files import read_lexicon

_LISTS: Final = "lists"
_MEANT: Final[tuple[Polarity, ...]] = ("negated", "hedged")


class Cues(NamedTuple):
    """What tells a signal.

    Attributes:
        name: The signal.
        own: Words about the company that the sentence speaks of.
        denied: Such words that say it is not so.
        beside: Such words that tell it only beside what is needed.
        needs: Labels of which the sentence, or the one before it, must name one.
        next: Words about the company that is named after them.
        by_others: Whether a post never says it of who posts it.
    """

    name: str
    own: re.Pattern[str]
    denied: re.Pattern[str]
    beside: re.Pattern[str]
    needs: tuple[str, ...]
    next: re.Pattern[str]
    by_others: bool


class Around(NamedTuple):
    """What says, around the words, how they are meant.

    Attributes:
        polarity: How they are meant then.
        before: In the sentence, before the words.
        within: In the words themselves.
        after: After the words, in the sentence or the next one.
    """

    polarity: Polarity
    before: re.Pattern[str]
    within: re.Pattern[str]
    after: re.Pattern[str]


class SignalPhrases:
    """The phrases of signals.toml, ours and the shop's own.

    Args:
        folder: The shop's own folder of lexicon files.

    Attributes:
        cues: What tells each signal.
        around: What says how the words of a signal are meant, the strongest first.
        ignored: Phrases that hold words of a signal and tell none.
        by_others: Signals that a post never says of who posts it.
    """

    def __init__(self, folder: str | None = None) -> None:
        tables = _merged(read_lexicon("signals", folder))
        lists = tables.pop(_LISTS, {})

        def pattern(table: str, key: str) -> re.Pattern[str]:
            return phrase_pattern(tables.get(table, {}).get(key, []), lists)

        self.ignored = pattern("ignore", "phrases")
        self.around = [
            Around(one, pattern(one, "before"), pattern(one, "within"), pattern(one, "after"))
            for one in _MEANT
        ]
        self.cues = [
            Cues(
                name,
                pattern(name, "cues"),
                pattern(name, "denied"),
                pattern(name, "beside"),
                tuple(table.get("needs", ())),
                pattern(name, "of_next"),
                bool(table.get("by_others")),
            )
            for name, table in tables.items()
            if name.isupper()
        ]
        self.by_others = {one.name for one in self.cues if one.by_others}


def _merged(tables: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The tables of all files as one, the phrases of a key one after the other."""
    merged: dict[str, dict[str, Any]] = {}
    for table in tables:
        for name, entry in table.items():
            known = merged.setdefault(name, {})
            for key, value in entry.items():
                known[key] = [*known.get(key, []), *value] if isinstance(value, list) else value
    return merged
