"""Writes a site: a folder of pages that is replaced as a whole, or not at all."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from graphkit.analyses.forecast import forecast
from graphkit.drawing import Draw
from graphkit.errors import GraphkitError, UsageError
from graphkit.findings import Finding
from graphkit.pipeline.analyse import options_of
from graphkit.pipeline.forecasts import forecast_warnings
from graphkit.pipeline.present import write_network
from graphkit.pipeline.questions import EXPORTS
from graphkit.pipeline.weekly import ThisWeek
from graphkit.reports.capacity import capacity_contents
from graphkit.reports.page import Contents
from graphkit.reports.site import MAP
from graphkit.reports.site_pages import Pages
from graphkit.snapshot import Snapshot
from graphkit.store.base import GraphStore
from graphkit.workspace import Settings

MARK: Final = "graphkit-site.txt"
"""The file that says that a folder is a site of ours, and may be replaced."""
CUSTOMERS: Final = 200
"""Customers that have a page of their own, unless somebody says how many."""
MONTHS: Final = 6
"""Months ahead, unless [analysis.forecast] says otherwise."""
_SAY: Final = 25
"""Pages after which it is said how many are made."""


def write_site(
    store: GraphStore,
    settings: Settings,
    week: ThisWeek,
    folder: Path,
    home: Path,
    *,
    draw: Draw | None,
    customers: int = CUSTOMERS,
    say: Callable[[str], None] = lambda _: None,
) -> int:
    """Write every page into a folder, and put it where an older site of ours was.

    Args:
        store: The store of the week.
        settings: The workspace's.
        week: The weekly report, which is the first page, and all findings.
        folder: Where to.
        home: The workspace, where it is kept where nodes of the map stand.
        draw: Makes SVG of charts; None where nothing is installed that does.
        customers: How many customers have a page of their own, at most.
        say: Takes lines of progress.

    Returns:
        How many pages there are.

    Raises:
        UsageError: The folder holds something else.
        GraphkitError: It cannot be written.
    """
    snap, found = week.snap, week.found.told
    capacity = _capacity(store, snap, settings, found)
    pages = Pages(snap, week.report, found, EXPORTS, capacity, customers, draw)
    count = 0
    with replaced(folder, snap.as_of) as made:
        for name, text in pages.made():
            (made / name).write_text(text, "utf-8")
            count += 1
            if count % _SAY == 0:
                say(f"{count} pages")
        if not snap.companies.empty:
            write_network(snap, found, made / MAP, home, pages.links)
            count += 1
    return count


def _capacity(
    store: GraphStore, snap: Snapshot, settings: Settings, found: Sequence[Finding]
) -> Contents:
    """What is told of capacity."""
    options = options_of(settings, "forecast")
    months = int(options.get("months", MONTHS))
    foreseen = forecast(snap, months=months, capacity=options.get("capacity"))
    missing = forecast_warnings(store, snap, foreseen)
    return capacity_contents(snap, foreseen, found, missing=missing)


@contextmanager
def replaced(folder: Path, as_of: dt.date) -> Iterator[Path]:
    """A new folder that takes the place of an older site of ours once all is written.

    Args:
        folder: The place.
        as_of: The day of the site.

    Raises:
        UsageError: The folder holds something else.
        GraphkitError: It cannot be written.
    """
    place = folder.resolve()
    _check_ours(place, folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        made = work / "new"
        made.mkdir()
        yield made
        told = f"Made by graphkit report site as of {as_of}; the next one replaces the folder.\n"
        (made / MARK).write_text(told, "utf-8")
        if place.exists():
            place.rename(work / "old")
        made.rename(place)
    except OSError as error:
        if (work / "old").exists() and not place.exists():
            (work / "old").rename(place)
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _check_ours(place: Path, named: Path) -> None:
    if place.exists() and not place.is_dir():
        raise UsageError("this is no folder", where=str(named), next_step="another name")
    if place.is_dir() and any(place.iterdir()) and not (place / MARK).is_file():
        raise UsageError(
            "this folder holds something else than a site that graphkit made, and is left alone",
            where=str(named),
            next_step="the name of a folder that is new, or empty",
        )


def _unwritable(folder: Path, error: OSError) -> GraphkitError:
    return GraphkitError(f"cannot be written: {error.strerror or error}", where=str(folder))
