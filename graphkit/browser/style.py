"""How Neo4j Browser draws each type: colour, size and caption."""

from collections.abc import Mapping
from typing import Final

from graphkit.colors import COLORS
from graphkit.schema import TYPES, Entity, Node

Style = Mapping[str, Mapping[str, str]]
"""Properties by selector, such as node.Company: a GraSS sheet."""

_DRAWN_AS: Final = {"Company": "End customer", "TradeShow": "Trade show"}
"""Labels whose type has another name on maps; a company that buys is a Customer besides."""
_OTHER: Final = {
    "Cluster": "#f0e442",
    "Finding": "#b3261e",
    "Order": "#7aa6c2",
    "Invoice": "#7bb69b",
    "Quote": "#c9b8d8",
    "Project": "#6f9f8f",
}
"""Colours of what maps do not draw, or draw only as words; of the rest `_PLAIN`."""
_PLAIN: Final = "#c4ccd4"
_MIDDLE: Final = 140
"""Brightness, of 255, under which text on a colour is white."""
_CAPTIONS: Final = {
    "TradeShow": "{series} {year}",
    "OrderLine": "{process}",
    "Payment": "{paid_on}",
    "Balance": "{on}",
    "Finding": "{kind}",
    "File": "{path}",
    "Note": "{author}",
}
_NAMING: Final = ("name", "number", "subject", "title", "path", "id")
"""Properties that name a node, the best first."""
_LARGE: Final = frozenset({"Customer", "Cluster", "Industry", "Finding"})
_SMALL: Final = frozenset({"OrderLine", "Payment", "Account", "Value", "File", "Rejected"})


def style() -> Style:
    """A colour, size and caption for every label, and how relationships look."""
    sheet: dict[str, Mapping[str, str]] = {
        "node": {
            "diameter": "50px",
            "color": _PLAIN,
            "border-color": _darker(_PLAIN),
            "border-width": "2px",
            "text-color-internal": "#1f2933",
            "font-size": "10px",
        },
        "relationship": {
            "color": "#9aa5b1",
            "shaft-width": "1px",
            "font-size": "8px",
            "padding": "3px",
            "text-color-external": "#3e4c59",
            "text-color-internal": "#ffffff",
            "caption": "<type>",
        },
    }
    nodes = [one for one in TYPES.values() if issubclass(one, Node)]
    for label, entity in {one.label: one for one in nodes}.items():
        sheet[f"node.{label}"] = _node(label, caption(entity))
    # After Company, so that it holds where a node has both labels.
    sheet["node.Customer"] = _node("Customer", "{name}")
    return sheet


def caption(entity: type[Entity]) -> str:
    """What is written on a node of a type, as Browser fills it in."""
    known = _CAPTIONS.get(entity.label)
    return known or next("{" + one + "}" for one in _NAMING if one in entity.properties)


def _node(label: str, text: str) -> Mapping[str, str]:
    color = COLORS.get(_DRAWN_AS.get(label, label)) or _OTHER.get(label, _PLAIN)
    size = 65 if label in _LARGE else 30 if label in _SMALL else 50
    return {
        "color": color,
        "border-color": _darker(color),
        "text-color-internal": "#ffffff" if _is_dark(color) else "#1f2933",
        "diameter": f"{size}px",
        "caption": text,
    }


def _darker(color: str) -> str:
    return "#" + "".join(f"{int(color[at : at + 2], 16) * 3 // 4:02x}" for at in (1, 3, 5))


def _is_dark(color: str) -> bool:
    """Whether white text is read better on it than black (weights of brightness: ITU-R BT.601)."""
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return sum(w * one for w, one in zip((0.299, 0.587, 0.114), parts, strict=True)) < _MIDDLE


def grass(sheet: Style) -> str:
    """A style as a file to drop on Neo4j Browser, or to name after `:style`."""
    rules = []
    for selector, properties in sheet.items():
        lines = [
            f"  {name}: '{value}';" if name == "caption" else f"  {name}: {value};"
            for name, value in properties.items()
        ]
        rules.append("\n".join([f"{selector} {{", *lines, "}"]))
    return "\n\n".join(rules) + "\n"
