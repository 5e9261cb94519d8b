"""The page of a customer or a persona: charts, and sentences with numbered sources."""

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from graphkit.analyses.persona import Persona
from graphkit.analyses.profile import Profile
from graphkit.analyses.profiling.ordering import Pace
from graphkit.analyses.profiling.sentences import Section
from graphkit.drawing import Chart, Draw
from graphkit.errors import UnknownNameError
from graphkit.reports.charted import Charted, charted
from graphkit.reports.citations import Citations, Cited, Note, Part, sentence_row
from graphkit.reports.site import Site
from graphkit.reports.templating import render

FORMS: Final = {"text": "customer.txt", "markdown": "customer.md", "html": "customer.html"}
"""Template by form."""
_BLOCKS: Final = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """Orders month by month, for forms without charts.

    Attributes:
        line: A row of blocks, one a month.
        told: What it shows.
    """

    line: str
    told: Cited


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """What the templates fill in.

    Attributes:
        title: Whom it is about.
        lead: What it is, as of which day.
        picture: Orders by month; None where there is none.
        parts: Sentences with numbers, section by section.
        notes: What the numbers stand for.
        charts: Charts by section; those of "top" stand below the title.
    """

    title: str
    lead: str
    picture: Picture | None
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    charts: Mapping[str, Sequence[Charted]] = dataclasses.field(default_factory=dict)


def customer_page(
    profile: Profile,
    files: Mapping[str, str],
    form: str,
    *,
    charts: Mapping[str, Sequence[Chart | None]] = MappingProxyType({}),
    draw: Draw | None = None,
    site: Site | None = None,
) -> str:
    """A profile as text, Markdown or a self-contained HTML page.

    Args:
        profile: What is known of the company.
        files: File name by file_id.
        form: One of FORMS.
        charts: Charts by section of the profile.
        draw: Makes SVG of them; None where nothing is installed that does.
        site: The site that it is a page of, if any.

    Raises:
        UnknownNameError: No such form.
    """
    if form not in FORMS:
        raise UnknownNameError.of("form", form, list(FORMS))
    citations = Citations(files)
    picture = _picture(profile.pace, citations) if profile.pace else None
    parts = tuple(citations.part(one) for one in profile.sections)
    lead = f"{'Customer' if profile.is_customer else 'Not a customer'}, as of {profile.as_of}."
    drawn = {key: charted(those, draw if form == "html" else None) for key, those in charts.items()}
    page = Page(profile.company.name, lead, picture, parts, tuple(citations.notes), drawn)
    return render(FORMS[form], site=site, page=page)


def persona_text(persona: Persona, files: Mapping[str, str]) -> str:
    """The persona of a cluster as text; `report cluster` shows it in every form.

    Args:
        persona: What its members are like.
        files: File name by file_id.
    """
    citations = Citations(files)
    parts = tuple(citations.part(one) for one in persona.sections)
    cluster = persona.finding
    lead = f"Persona of a cluster, as of {cluster.as_of}."
    page = Page(cluster.subject.name, lead, None, parts, tuple(citations.notes))
    return render(FORMS["text"], page=page)


def section_rows(sections: Sequence[Section], files: Mapping[str, str]) -> list[dict[str, Any]]:
    """Sections as rows, a sentence each, as --json prints them.

    Args:
        sections: Of a profile or persona.
        files: File name by file_id.
    """
    return [
        {"section": one.key, "title": one.title, **sentence_row(each, files)}
        for one in sections
        for each in one.sentences
    ]


def _picture(pace: Pace, citations: Citations) -> Picture:
    most = max(pace.orders)
    heights = [-(-count * len(_BLOCKS) // most) for count in pace.orders]  # rounded up
    line = "".join(_BLOCKS[height - 1] if height else "." for height in heights)
    return Picture(line, citations.cited(pace.told))
