"""The guide that Neo4j Browser shows beside the graph: one page a question."""

from collections.abc import Sequence
from html import escape

from graphkit.recipes import Recipe

TITLE = "Your customers as a graph"


def guide(recipes: Sequence[Recipe]) -> str:
    """The guide as Browser's `:guide` and `:play` take it: slides of plain HTML.

    Args:
        recipes: In the order in which they are shown.
    """
    slides = [_welcome(recipes), *(_slide(one) for one in recipes)]
    deck = "\n".join(
        f'<slide>\n<div class="col-sm-12" style="padding: 0 16px">{one}</div>\n</slide>'
        for one in slides
    )
    return (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title></head><body>\n'
        f'<article class="guide" title="{TITLE}">\n<carousel class="deck">\n{deck}\n'
        "</carousel>\n</article>\n</body></html>\n"
    )


def _welcome(recipes: Sequence[Recipe]) -> str:
    asked: dict[str, list[str]] = {}
    for number, one in enumerate(recipes, start=2):
        asked.setdefault(one.folder, []).append(f"<li>{escape(one.question)} ({number})</li>")
    parts = "".join(f"<h4>{escape(name)}</h4><ul>{''.join(x)}</ul>" for name, x in asked.items())
    return (
        f"<h3>{TITLE}</h3>"
        "<p>Each page is a question that this graph answers: click the query, and run it. "
        "The same queries are saved in folders under the star on the left.</p>"
        "<p>A value such as <code>12 /*months*/</code> is yours to change. Nothing here changes "
        "the graph.</p>"
        f"{parts}"
    )


def _slide(one: Recipe) -> str:
    meanings = "".join(
        f"<li><code>{escape(name)}</code>: {escape(meaning)}</li>"
        for name, meaning in one.meanings.items()
    )
    to_change = f"<p>To change in it:</p><ul>{meanings}</ul>" if meanings else ""
    return (
        f"<h4>{escape(one.folder)}</h4><h3>{escape(one.question)}</h3>"
        f'<figure><pre class="code runnable" mode="cypher">{escape(one.statement)}</pre></figure>'
        f"<p><b>Look for:</b> {escape(one.look)}</p>{to_change}"
    )
