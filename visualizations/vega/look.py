"""How charts look: sizes, type and colours, the same in all of them."""

from typing import Any, Final

from graphkit.colors import CHART

WIDTH: Final = 460
"""Of every chart; narrow, so that its words are large enough on a telephone too."""
INNER: Final = WIDTH - 74
"""Of what is drawn beside an axis of figures."""
SIZE: Final = 13
CONFIG: Final[dict[str, Any]] = {
    "aria": False,  # the SVG has one title and one description, and the page the table
    "background": CHART["card"],
    "font": "sans-serif",
    "padding": 8,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "labelColor": CHART["faint"],
        "titleColor": CHART["faint"],
        "domainColor": CHART["line"],
        "gridColor": CHART["line"],
        "tickColor": CHART["line"],
        "labelLimit": 0,
        "titleLimit": 0,
    },
    "legend": {
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "labelColor": CHART["text"],
        "titleColor": CHART["faint"],
        "labelLimit": 0,
        "symbolStrokeWidth": 0,
    },
    "header": {"labelFontSize": SIZE, "labelColor": CHART["text"], "labelLimit": 0},
    "text": {"fontSize": SIZE, "color": CHART["text"]},
}
