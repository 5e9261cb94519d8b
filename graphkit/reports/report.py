"""A report: what it says as a page, and what it holds as tables."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

from graphkit.reports.tables import Table


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """One report in every form; each is made when it is asked for.

    Attributes:
        what: Its name, such as report-weekly.
        title: What it is called.
        as_of: As of which day.
        page: Makes it as text, Markdown or HTML.
        tables: Makes its tables.
    """

    what: str
    title: str
    as_of: dt.date
    page: Callable[[str], str]
    tables: Callable[[], Sequence[Table]]
