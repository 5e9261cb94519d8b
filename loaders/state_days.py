"""The day whose state a report shows: as its titles say it, or the name of its file."""

import datetime as dt
import re
from collections.abc import Sequence

import pyarrow as pa

from loaders.cells import Habits, parse
from loaders.days import DAY

_AS_OF = re.compile(r"\bas (?:of|at|on)\b:?\s*(?:\w+day,\s*)?(?P<day>.+)", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<!\d)(?P<y>20\d\d)[-_. ]?(?P<m>[01]\d)[-_. ]?(?P<d>[0-3]\d)(?!\d)")


def day_of_titles(titles: Sequence[str]) -> dt.date | None:
    """The day that one of the lines above a report says it is as of.

    >>> day_of_titles(["A/R Aging Detail", "As of March 31, 2024"])
    datetime.date(2024, 3, 31)
    """
    for line in titles:
        found = _AS_OF.search(line)
        for day_first in (False, True):
            if found and (day := _day(found["day"].strip(" .,;"), day_first=day_first)):
                return day
    return None


def day_of_name(path: str) -> dt.date | None:
    """The last day that a file's name has in it.

    >>> day_of_name("ar_2024-03-31.csv"), day_of_name("march.csv")
    (datetime.date(2024, 3, 31), None)
    """
    days = [_day("-".join(found.groups()), day_first=False) for found in _IN_NAME.finditer(path)]
    return max((one for one in days if one), default=None)


def _day(text: str, *, day_first: bool) -> dt.date | None:
    parsed = parse(DAY, pa.array([text]), Habits(day_first=day_first))
    value: dt.date | None = parsed.values[0].as_py()
    return value
