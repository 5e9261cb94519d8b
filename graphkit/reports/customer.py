"""The page of a customer or a persona: a picture, then sentences with numbered sources."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from graphkit.analyses.persona import Persona
from graphkit.analyses.profile import Profile
from graphkit.analyses.profiling.ordering import YEAR, Pace
from graphkit.analyses.profiling.sentences import Section
from graphkit.analyses.wording import month_name
from graphkit.errors import UnknownNameError
from graphkit.reports.citations import Citations, Cited, Note, Part, sentence_row
from graphkit.reports.templating import render

FORMS: Final = {"text": "customer.txt", "markdown": "customer.md", "html": "customer.html"}
"""Template by form."""
_BLOCKS: Final = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """One month of the picture.

    Attributes:
        month: Such as March 2026.
        count: Orders in it.
        age: now for the last twelve months, before for the twelve before, else early.
    """

    month: str
    count: int
    age: str


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """Orders month by month.

    Attributes:
        bars: The months.
        years: Each year with its number of months.
        most: Orders in the busiest month.
        line: The same as a row of blocks, for a terminal.
        told: What it shows.
    """

    bars: tuple[Bar, ...]
    years: tuple[tuple[int, int], ...]
    most: int
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
    """

    title: str
    lead: str
    picture: Picture | None
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]


def customer_page(profile: Profile, files: Mapping[str, str], form: str) -> str:
    """A profile as text, Markdown or a self-contained HTML page.

    Args:
        profile: What is known of the company.
        files: File name by file_id.
        form: One of FORMS.

    Raises:
        UnknownNameError: No such form.
    """
    if form not in FORMS:
        raise UnknownNameError.of("form", form, list(FORMS))
    citations = Citations(files)
    picture = _picture(profile.pace, citations) if profile.pace else None
    parts = tuple(citations.part(one) for one in profile.sections)
    lead = f"{'Customer' if profile.is_customer else 'Not a customer'}, as of {profile.as_of}."
    page = Page(profile.company.name, lead, picture, parts, tuple(citations.notes))
    return render(FORMS[form], page=page)


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
    months = pace.first + np.arange(len(pace.orders))
    most = max(pace.orders)
    ages = ["early"] * len(months)
    ages[-2 * YEAR :] = ["before"] * len(ages[-2 * YEAR :])
    ages[-YEAR:] = ["now"] * len(ages[-YEAR:])
    bars = tuple(
        Bar(month_name(month), count, age)
        for month, count, age in zip(months, pace.orders, ages, strict=True)
    )
    years, lengths = np.unique(
        months.astype("datetime64[Y]").astype(int) + 1970, return_counts=True
    )
    heights = [-(-count * len(_BLOCKS) // most) for count in pace.orders]  # rounded up
    line = "".join(_BLOCKS[height - 1] if height else "." for height in heights)
    told = citations.cited(pace.told)
    pairs = tuple(zip(years.tolist(), lengths.tolist(), strict=True))
    return Picture(bars, pairs, most, line, told)
