"""The network map drawn by pyvis: one page, offline, nothing in it runs that we did not write."""

import base64
import hashlib
import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping
from importlib import resources

import jinja2
import pandas as pd
from pyvis.network import Network

from graphkit.drawing import Drawing, Fact, Told
from graphkit.plugins import picture

_CDN = re.compile(r"<(?:link|script)\b[^>]*https?://[^>]*>(?:\s*</script>)?", re.DOTALL)
_HEADING = re.compile(r"<center>\s*<h1>.*?</h1>\s*</center>", re.DOTALL)
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_ROOM = 75
"""Half the pixels between neighbours on a map whose positions lie between -1 and 1."""


@picture("pyvis")
def draw(drawing: Drawing) -> str:
    """One HTML page with the drawing, its legend, a search and a panel of facts.

    Positions are ours and physics is off: with pyvis's own layout 300 nodes are still moving after
    ten seconds. Node ids are opaque numbers and names travel as JSON with `<` escaped and reach the
    page as text only; a content security policy lets nothing else run or load.

    Args:
        drawing: What to draw.

    Returns:
        The page.
    """
    page = _pyvis_page(drawing)
    page = _HEADING.sub("", _CDN.sub("", page))
    page = page.replace("</head>", _template("head.html").render(title=drawing.title) + "</head>")
    panel = _template("panel.html").render(
        title=drawing.title,
        caption=drawing.caption,
        differs=drawing.emphasis == "difference",
        data=_json(_data(drawing)),
    )
    page = page.replace("</body>", panel + "</body>")
    return "<!DOCTYPE html>\n" + page.replace("<head>", "<head>" + _policy(page), 1)


def _pyvis_page(drawing: Drawing) -> str:
    network = Network(height="100vh", width="100%", cdn_resources="in_line")
    nodes = drawing.nodes
    number = {name: index for index, name in enumerate(nodes["id"])}
    scale = _ROOM * math.sqrt(max(len(nodes), 1))
    colors = [drawing.colors[kind] for kind in nodes["type"]]
    network.add_nodes(
        list(range(len(nodes))),
        label=[_short(name) for name in nodes["name"]],
        x=[float(x) * scale for x in nodes["x"]],
        y=[float(y) * scale for y in nodes["y"]],
        size=[11 + 24 * float(size) for size in nodes["size"]],
        color=colors,
        shape=[
            _CHANGED.get(change) or ("dot" if kind == "Customer" else "square")
            for change, kind in zip(nodes["change"], nodes["type"], strict=True)
        ],
    )
    # Network.add_edge looks through all edges each time: the list itself is not slower by that.
    network.edges.extend(_lines(drawing, number))
    network.set_options(_OPTIONS)
    return str(network.generate_html(notebook=False))


def _lines(drawing: Drawing, number: Mapping[str, int]) -> Iterator[dict[str, object]]:
    """The ties: dashed where none states them, dotted where gone, thick where new or on a chain."""
    steps = {frozenset(step) for path in drawing.paths for step in itertools.pairwise(path)}
    edges = drawing.edges
    for source, target, stated, change in zip(
        edges["source"], edges["target"], edges["stated"], edges["change"], strict=True
    ):
        line: dict[str, object] = {
            "from": number[source],
            "to": number[target],
            "dashes": [2, 6] if change == "gone" else not bool(stated),
        }
        if frozenset((source, target)) in steps:
            line |= {"width": 5, "color": {"color": _CHAIN, "highlight": _CHAIN, "opacity": 1}}
        elif change == "new":
            line["width"] = 3
        yield line


_CHANGED = {"new": "star", "gone": "triangleDown", "changed": "diamond"}
_CHAIN = "#d55e00"

_OPTIONS = json.dumps(
    {
        "physics": {"enabled": False},
        "interaction": {"hover": True, "hideEdgesOnDrag": True, "keyboard": {"enabled": False}},
        "edges": {"smooth": False, "color": {"color": "#9aa5b1", "opacity": 0.3}, "width": 1},
        "nodes": {
            "font": {"size": 14, "color": "#1f2933", "strokeWidth": 3, "strokeColor": "#ffffff"},
            "borderWidth": 1,
        },
    }
)


def _short(name: str) -> str:
    longest = 28
    return name if len(name) <= longest else name[: longest - 1] + "\u2026"


def _data(drawing: Drawing) -> dict[str, object]:
    """What the panel shows, by node number."""
    number = {name: index for index, name in enumerate(drawing.nodes["id"])}
    edges = drawing.edges
    columns = ["name", "type", "group", "level", "facts", "change"]
    said: dict[str, list[str]] = {}
    for one in drawing.findings:
        said.setdefault(one.node, []).extend(_told(one))
    facts = [
        [*said.get(node, ()), *map(_fact, known)]
        for node, known in zip(drawing.nodes["id"], drawing.nodes["facts"], strict=True)
    ]
    return {
        "nodes": drawing.nodes.assign(facts=pd.Series(facts, dtype=object))[columns]
        .to_numpy(dtype=object)
        .tolist(),
        "edges": [
            [number[source], number[target], relation, detail]
            for source, target, relation, detail in zip(
                edges["source"], edges["target"], edges["relation"], edges["detail"], strict=True
            )
        ],
        "colors": dict(drawing.colors),
        "hidden": list(drawing.hidden),
        "kept": [number[drawing.centre]] if drawing.centre else [],
        "paths": [[number[node] for node in path] for path in drawing.paths],
    }


def _told(one: Told) -> Iterator[str]:
    """What is found, what became of it, what to do and why."""
    news = f" ({one.change})" if one.change else ""
    yield f"{one.level}: {one.statement}{news}"
    if one.before:
        yield f"Before: {one.before}"
    if one.advice:
        yield one.advice
    yield f"Because: {'; '.join(one.why)}"


def _fact(one: Fact) -> str:
    if not one.source:
        return one.text
    return f"{one.text} ({'' if one.stated else 'read in '}{one.source})"


def _json(value: object) -> str:
    """JSON that may stand inside a script element: no text can end it."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _template(name: str) -> jinja2.Template:
    source = resources.files("visualizations").joinpath(f"templates/{name}").read_text("utf-8")
    return jinja2.Environment(autoescape=True).from_string(source)


def _policy(page: str) -> str:
    """A content security policy that lets exactly the page's own scripts run, by their hashes."""
    hashes = []
    for script in _SCRIPT.finditer(page):
        if "application/json" not in script["attributes"]:
            digest = hashlib.sha256(script["code"].encode()).digest()
            hashes.append(f"'sha256-{base64.b64encode(digest).decode()}'")
    rules = (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
