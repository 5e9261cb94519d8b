"""The network map drawn by sigma: one page, offline, with search, filters, paths and time."""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

import jinja2
import numpy as np
import pandas as pd

from graphkit.drawing import Drawing, Fact, Told
from graphkit.plugins import picture

LEVELS = ("", "alert", "watch")
CHANGES = ("", "new", "gone", "changed")
"""As in web/src/model/columns.ts."""
_PLAIN = 600_000
"""Characters of JSON that stand in the page as they are, so that anybody can look at what it holds;
more are deflated, so that a map of 5,000 nodes with all its facts stays under a megabyte."""
_EPOCH = np.datetime64("1970-01-01", "D")


def _unavailable() -> str:
    if _asset("map.js").is_file() and _asset("map.css").is_file():
        return ""
    return (
        "the interactive page was not built when graphkit was installed: install it again where "
        "npm's registry can be reached, or draw the map with --engine pyvis"
    )


@picture("sigma", unavailable=_unavailable)
def draw(drawing: Drawing) -> str:
    """One HTML page with the drawing, which needs no network and runs nothing but our script.

    Names and facts travel as JSON with `<` escaped, and the page shows them as text only; a content
    security policy lets exactly our script and style sheet in, by their hashes.

    Args:
        drawing: What to draw.

    Returns:
        The page.
    """
    script, style = (_asset(name).read_text("utf-8") for name in ("map.js", "map.css"))
    # Nothing in the bundle may end its element; in strings and comments, `<\/` means the same.
    script = script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    data, packed = _packed(page_data(drawing))
    source = resources.files("visualizations").joinpath("templates/sigma.html").read_text("utf-8")
    return (
        jinja2.Environment(autoescape=True, keep_trailing_newline=True)
        .from_string(source)
        .render(
            title=drawing.title,
            caption=drawing.caption,
            policy=_policy(script, style),
            script=script,
            style=style,
            data=data,
            packed=packed,
        )
    )


def page_data(drawing: Drawing) -> dict[str, Any]:
    """What the page shows, as columns; see web/src/model/columns.ts.

    Args:
        drawing: What to draw.

    Returns:
        Lists, texts and numbers only.
    """
    number = {name: index for index, name in enumerate(drawing.nodes["id"])}
    sources = _Texts()
    groups = {one.name: index for index, one in enumerate(drawing.groups)}
    relations = _Texts()
    present = set(drawing.nodes["type"])
    types = [kind for kind in drawing.colors if kind in present]
    return {
        "title": drawing.title,
        "caption": drawing.caption,
        "asOf": drawing.as_of.isoformat(),
        "emphasis": drawing.emphasis,
        "centre": number.get(drawing.centre, -1),
        "types": [{"name": kind, "color": drawing.colors[kind]} for kind in types],
        "hidden": [kind for kind in drawing.hidden if kind in present],
        "groups": [{"name": one.name, "told": one.told} for one in drawing.groups],
        "nodes": _nodes(drawing.nodes, types, groups, sources),
        "edges": _edges(drawing.edges, number, relations, sources),
        "relations": relations.all,
        "sources": sources.all,
        "measures": [
            {"column": one.column, "label": one.label, "unit": one.unit}
            | _measured(drawing.nodes[one.column])
            for one in drawing.measures
        ],
        "findings": [_finding(one, number) for one in drawing.findings],
        "paths": [[number[node] for node in path] for path in drawing.paths],
        "home": {"file": drawing.links.home, "title": drawing.links.title},
        "pages": {
            str(number[node]): file for node, file in drawing.links.pages.items() if node in number
        },
    }


class _Texts:
    """Texts that repeat, each kept once and then told by its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers)) if text else -1

    @property
    def all(self) -> list[str]:
        return list(self._numbers)


def _nodes(
    nodes: pd.DataFrame, types: Sequence[str], groups: Mapping[str, int], source: _Texts
) -> dict[str, Any]:
    aliases = {
        str(index): [str(name) for name in names]
        for index, names in enumerate(nodes["aliases"])
        if len(names)
    }
    return {
        "id": [str(one) for one in nodes["id"]],
        "name": [str(one) for one in nodes["name"]],
        "aliases": aliases,
        "type": [types.index(one) for one in nodes["type"]],
        "group": [groups.get(one, -1) for one in nodes["group"]],
        "x": _whole(nodes["x"], 10_000),
        "y": _whole(nodes["y"], 10_000),
        "size": _whole(nodes["size"], 100),
        "level": [LEVELS.index(one) for one in nodes["level"]],
        "change": [CHANGES.index(one) for one in nodes["change"]],
        "facts": [[_fact(one, source) for one in those] for those in nodes["facts"]],
    }


def _fact(one: Fact, source: _Texts) -> list[object]:
    day = None if one.on is None else int((np.datetime64(one.on, "D") - _EPOCH).astype(int))
    return [one.text, source(one.source), int(one.stated), day]


def _edges(
    edges: pd.DataFrame, number: Mapping[str, int], relation: _Texts, source: _Texts
) -> dict[str, Any]:
    strongest = float(edges["strength"].max()) if len(edges) else 1.0
    return {
        "source": [number[one] for one in edges["source"]],
        "target": [number[one] for one in edges["target"]],
        "relation": [relation(one) for one in edges["relation"]],
        "strength": _whole(edges["strength"] / (strongest or 1.0), 1000),
        "stated": [int(bool(one)) for one in edges["stated"]],
        "first": _days(edges["first"]),
        "last": _days(edges["last"]),
        "months": [_steps(months) for months in edges["months"]],
        "rows": [[source(str(row)) for row in rows] for rows in edges["rows"]],
        "change": [CHANGES.index(one) for one in edges["change"]],
        "detail": [str(one) for one in edges["detail"]],
    }


def _whole(column: pd.Series, parts: int) -> list[int]:
    return [int(one) for one in np.rint(column.to_numpy(dtype=np.float64) * parts)]


def _steps(months: Iterable[int]) -> list[int]:
    """The first month, then how many months after the one before: small numbers are short."""
    listed = [int(month) for month in months]
    return [month - before for before, month in zip([0, *listed], listed, strict=False)]


def _days(column: pd.Series) -> list[int | None]:
    """Days since 1970; None where there is none."""
    days = pd.to_datetime(column, errors="raise").to_numpy(dtype="datetime64[D]")
    since = (days - _EPOCH).astype(int)
    return [
        None if missing else int(day) for day, missing in zip(since, pd.isna(days), strict=True)
    ]


def _measured(column: pd.Series) -> dict[str, Any]:
    if pd.api.types.is_numeric_dtype(column) or not _holds_days(column):
        numbers = pd.to_numeric(column, errors="raise").to_numpy(dtype=np.float64, na_value=np.nan)
        values = [None if np.isnan(one) else float(f"{one:.6g}") for one in numbers]
        return {"kind": "number", "values": values}
    return {"kind": "day", "values": _days(column)}


def _holds_days(column: pd.Series) -> bool:
    filled = column.dropna()
    return len(filled) > 0 and isinstance(pd.to_datetime(filled.iloc[0]), pd.Timestamp)


def _finding(one: Told, number: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": one.id,
        "node": number.get(one.node, -1),
        "kind": one.kind,
        "level": one.level,
        "alarming": one.alarming,
        "statement": one.statement,
        "advice": one.advice,
        "why": list(one.why),
        "cypher": one.cypher,
        "before": one.before,
        "change": one.change,
    }


def _packed(data: Mapping[str, Any]) -> tuple[str, bool]:
    """JSON that may stand inside a script element, deflated where it is long."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(text) > _PLAIN:
        return base64.b64encode(zlib.compress(text.encode(), 6)).decode(), True
    for unsafe in "<\u2028\u2029":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return text, False


def _policy(script: str, style: str) -> str:
    """Only our own script and style sheet, and nothing from anywhere."""

    def hashed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; script-src {hashed(script)}; style-src {hashed(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


_asset: Callable[[str], Any] = resources.files("visualizations").joinpath("assets").joinpath
