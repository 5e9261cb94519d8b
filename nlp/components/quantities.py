"""Tolerances, roughness, hardness, lot sizes, lead times, payment terms and money in a text.

Kinds are tried in a fixed order, and a stretch that one has taken is closed to the next:
"+/-.0005" is a tolerance before it is a number, "2% 15 net 45" one payment term.
"""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components import commerce, counts, dimensions
from nlp.components.document import Mention, reading
from nlp.components.figures import Shape

VERSION: Final = "1"
LABELS: Final = (
    "TOLERANCE",
    "FINISH",
    "PAYMENT_TERMS",
    "MONEY",
    "LEAD_TIME",
    "QUANTITY",
    "MATERIAL",
)


@Language.factory("graphkit_quantities", default_config={"labels": list(LABELS)})
def make_quantities(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    labels: list[str],
) -> "QuantityFinder":
    """The component that finds figures with their unit."""
    return QuantityFinder(name, labels)


class QuantityFinder:
    """Finds figures.

    Args:
        name: Name of the component.
        labels: Which kinds; see LABELS.
    """

    def __init__(self, name: str, labels: list[str]) -> None:
        self._component = f"{name}/{VERSION}"
        shapes = (*dimensions.SHAPES, *commerce.SHAPES, *counts.SHAPES)
        self._shapes: tuple[Shape, ...] = tuple(item for item in shapes if item.label in labels)

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's reading."""
        if doc.text:
            reading(doc).prefer(list(self._found(doc.text)))
        return doc

    def _found(self, text: str) -> Iterator[Mention]:
        taken: list[tuple[int, int]] = []
        for shape in self._shapes:
            for match in shape.pattern.finditer(text):
                start, end = match.span(_told_by(match))
                while text[end - 1].isspace():
                    end -= 1
                if any(start < last and first < end for first, last in taken):
                    continue
                taken.append((start, end))
                figure = shape.normal(match)
                yield Mention(
                    start,
                    end,
                    shape.label,
                    figure.canonical,
                    self._component,
                    0.95,
                    value=figure.value,
                    upper=figure.upper,
                    unit=figure.unit,
                )


def _told_by(match: re.Match[str]) -> str | int:
    """The group of a match that is the figure itself; all of it where none is called so."""
    return next((one for one in ("told", "told2") if match.groupdict().get(one)), 0)
