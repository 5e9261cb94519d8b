"""A page of blocks: what is told with its sources, tables and charts, in every form."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Final

from graphkit.analyses.profiling.sentences import Sentence
from graphkit.drawing import Chart, Draw
from graphkit.errors import UnknownNameError
from graphkit.reports.charted import Charted, Table, charted
from graphkit.reports.citations import Citations, Cited, Note
from graphkit.reports.site import Site
from graphkit.reports.templating import render

FORMS: Final = {"text": "page.txt", "markdown": "page.md", "html": "page.html"}
"""Template by form."""


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """A part of a page.

    Attributes:
        title: Its heading.
        sentences: What is said.
        table: Figures below it; None without any.
        charts: Charts, those that are None are left out.
    """

    title: str
    sentences: Sequence[Sentence] = ()
    table: Table | None = None
    charts: Iterable[Chart | None] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Contents:
    """What a page says, whatever its form.

    Attributes:
        title: Whom or what it is about.
        lead: What it is, as of which day.
        blocks: Its parts; one without anything in it is left out.
        missing: What is missing, and which export would bring it.
    """

    title: str
    lead: str
    blocks: Sequence[Block]
    missing: Sequence[str] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """A block as the templates show it."""

    title: str
    cited: tuple[Cited, ...]
    table: Table | None
    charts: tuple[Charted, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Page:
    """What the templates fill in."""

    title: str
    lead: str
    parts: tuple[_Part, ...]
    missing: tuple[str, ...]
    notes: tuple[Note, ...]


def page_of(
    contents: Contents,
    citations: Citations,
    form: str,
    draw: Draw | None,
    *,
    site: Site | None = None,
) -> str:
    """Contents as text, Markdown or a self-contained HTML page.

    Args:
        contents: What it says.
        citations: Numbers the sources.
        form: One of FORMS.
        draw: Makes SVG of charts; None where nothing is installed that does.
        site: The site that it is a page of, if any.

    Raises:
        UnknownNameError: No such form.
    """
    if form not in FORMS:
        raise UnknownNameError.of("form", form, list(FORMS))
    pencil = draw if form == "html" else None
    parts = (
        _Part(
            one.title,
            tuple(citations.cited(each) for each in one.sentences),
            one.table,
            charted(one.charts, pencil),
        )
        for one in contents.blocks
    )
    there = tuple(one for one in parts if one.cited or one.table or one.charts)
    page = _Page(
        contents.title, contents.lead, there, tuple(contents.missing), tuple(citations.notes)
    )
    return render(FORMS[form], site=site, page=page)
