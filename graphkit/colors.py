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

CHART: Final[Mapping[str, str]] = {
    "now": "#0072b2",
    "before": "#8fb4cf",
    "early": "#c3cad2",
    "mark": "#c04a00",
    "window": "#fbe8d3",
    "good": "#007a5c",
    "bad": "#c04a00",
    "open": "#8a949e",
    "text": "#1f2933",
    "faint": "#5a6672",
    "line": "#d9dee4",
    "card": "#ffffff",
}
"""What the marks of a chart mean: now and before, the line to compare with, won and lost."""

SERIES: Final = (
    *("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c6d46", "#b9c0c8"),
)
"""Colours of what stands side by side in one chart, the last for all others; Okabe and Ito's."""

HEAT: Final = ("#f3f6f9", "#9cc3de", "#0072b2", "#00395c")
"""From none to most, light to dark, so that it can be told without colour too."""
