"""Methods that no lexicon lists yet, since what is new cannot be listed beforehand.

"Evaluating waterjet-guided laser cutting" names a method by what stands round it: somebody tries
it, and it ends like a way of machining. An ordinary process of the lexicon is none.
"""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import Mention, reading

VERSION: Final = "1"
_CONFIDENCE: Final = 0.5
_TRIED: Final = (
    r"evaluating|evaluate|evaluates|trial(?:s|ing|ling)?(?: of| with)?|pilot(?:s|ing)?(?: of)?|"
    r"(?:try|tries|tried|trying)(?: out)?|experiment(?:s|ing|ed)? with|test(?:s|ing|ed)?(?: out)?|"
    r"us(?:e|es|ed|ing)|switch(?:es|ed|ing)? to|adopt(?:s|ed|ing)?|invest(?:s|ed|ing)? in|"
    r"qualif(?:y|ies|ied|ying)|rolled out|rolling out|prov(?:e|ed|ing) out|introduc(?:e|es|ed|ing)"
)
_ENDS: Final = (
    r"machining|milling|turning|grinding|drilling|deburring|printing|lubrication|probing|preforms?|"
    r"skiving|peening|welding|cladding|deposition|finishing|polishing|cooling|cutting|forming|"
    r"sintering|texturing|honing|workholding|tending|metrology|broaching|boring|lapping|casting|"
    r"gauging|burnishing|spraying|etching|hobbing|stamping|brazing|nesting"
)
_METHOD: Final = re.compile(
    rf"\b(?:{_TRIED})\s+(?:(?:a|an|the|our|their|its|some|new|more|in-house)\s+)*"
    rf"(?P<name>(?:[a-z0-9][\w-]*\s+){{0,2}}[a-z0-9][\w-]*[\s-](?:{_ENDS}))\b",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    r"\b(?:of|for|in|on|and|or|with|to|at|by|us|you|them|it|is|are|we|they|as|from|that|this|any)\b",
    re.IGNORECASE,
)


@Language.factory("graphkit_new_methods")
def make_new_methods(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
) -> "MethodGuesser":
    """The component that finds methods by what stands round them."""
    return MethodGuesser(name)


class MethodGuesser:
    """Finds methods that no lexicon lists.

    Args:
        name: Name of the component.
    """

    def __init__(self, name: str) -> None:
        self._component = f"{name}/{VERSION}"

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's reading."""
        reading(doc).prefer(list(self._found(doc)))
        return doc

    def _found(self, doc: Doc) -> Iterator[Mention]:
        listed = [one for one in reading(doc).mentions if one.label in {"METHOD", "PROCESS"}]
        for match in _METHOD.finditer(doc.text):
            start, end = match.span("name")
            name = " ".join(match["name"].lower().split())
            # "robotic wire EDM" is more than a process; "5-axis milling" is one, and not new.
            known = any(
                one.label == "METHOD" and one.start < end and start < one.end for one in listed
            ) or any((one.start, one.end) == (start, end) for one in listed)
            if not known and not _PLAIN.search(name):
                yield Mention(start, end, "METHOD", name, self._component, _CONFIDENCE)
