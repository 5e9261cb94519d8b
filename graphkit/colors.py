"""The colour of each type of thing, the same on maps, in reports and in Neo4j Browser."""

from collections.abc import Mapping
from typing import Final

COLORS: Final[Mapping[str, str]] = {
    # Okabe and Ito's palette, told apart by colour-blind eyes too
    "Customer": "#0072b2",
    "End customer": "#56b4e9",
    "Trade show": "#e69f00",
    "Method": "#009e73",
    "Topic": "#cc79a7",
    "Industry": "#d55e00",
    "Employee": "#3e4c59",
    "Person": "#9aa5b1",
    "Process": "#b8a542",
    "Material": "#8c6d46",
    "Finish": "#7f7f9f",
}
