"""What `graphkit` alone says: where you are, as of when, and what next."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.cli.context import Context
from graphkit.errors import GraphkitError, NothingLoadedError
from graphkit.places import SETTINGS_FILE, STORE_FILE

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.store.glance import Glance

_BEGIN = (
    ("graphkit demo", "a made-up shop, its findings, report and map"),
    ("graphkit load EXPORTS", "your own exports: a folder or files, as your systems write them"),
    ("graphkit sources", "which report to export from which system, click by click"),
)
_OLD = 31
"""Days without anything new before newer exports are asked for."""
_SHOWN = 3
"""Stale exports that are named."""


def home(context: Context) -> str:
    """Where somebody is who typed no command, and what to do next; an answer, never an error.

    Args:
        context: The workspace's folder and store.
    """
    lines = ["graphkit: what your own systems know of your customers", ""]
    if "://" in context.store:
        lines += [f"The graph is in {_address(context.store)}.", ""]
        lines += _next([("graphkit status", "what is loaded there"), _FINDINGS])
    elif not (context.folder / SETTINGS_FILE).is_file():
        lines += [f"{_place(context.folder)} is no workspace yet. To begin:", "", *_rows(_BEGIN)]
    else:
        lines += [*_of_workspace(context)]
    lines += ["", "graphkit --help lists all commands; graphkit COMMAND --help has examples."]
    return context.as_typed_here("\n".join(lines)) + "\n"


_FINDINGS = ("graphkit findings", "what deserves attention, most important first")


def _address(store: str) -> str:
    """An address as it may be shown: a password has no place in it."""
    from graphkit.store.address import holds_password

    return "a server" if holds_password(store) else store


def _place(folder: Path) -> str:
    return "This folder" if folder == Path() else str(folder)


def _of_workspace(context: Context) -> Iterator[str]:
    from graphkit.store.glance import glance

    where = context.folder.absolute()
    try:
        seen = glance(Path(context.store) if context.store else context.folder / STORE_FILE)
    except NothingLoadedError:
        seen = None
    except GraphkitError as error:  # such as a load that is running: said, and no failure here
        yield from (f"Workspace {where}", str(error))
        return
    if seen is None or not seen.files:
        yield f"Workspace {where}: nothing is loaded yet."
        yield from ("", *_next(_BEGIN[1:]))
        return
    today = dt.datetime.now(dt.UTC).astimezone().date()
    yield f"Workspace {where}, as of {seen.last_day}"
    yield from (f"  {line}" for line in _told(seen, today))
    yield from ("", *_next(_what_next(seen, today)))


def _told(seen: "Glance", today: dt.date) -> Iterator[str]:
    """What is loaded and what was told of it."""
    yield (
        f"{_many(seen.customers, 'customer')} among "
        f"{_many(seen.companies, 'company', 'companies')}, from {_many(seen.files, 'file')}"
    )
    if seen.told_on is None:
        yield "no findings yet"
    else:
        told = f"{_many(seen.alerts, 'alert')}, {_many(seen.watches, 'watch', 'watches')}"
        since = "" if seen.told_on == seen.last_day else f", as of {seen.told_on}"
        yield f"{told} when findings were told last{since}"
    if seen.unfinished:
        yield f"the last {seen.unfinished} did not finish"
    if seen.last_day and (today - seen.last_day).days > _OLD:
        yield f"nothing newer for {(today - seen.last_day).days} days"
    for name, last in seen.stale[:_SHOWN]:
        yield f"{name} ends on {last}: older than the other exports"
    if len(seen.stale) > _SHOWN:
        yield f"{_many(len(seen.stale) - _SHOWN, 'more export')} as old"
    if seen.rejected:
        yield f"{_many(seen.rejected, 'row')} could not be loaded"


def _what_next(seen: "Glance", today: dt.date) -> list[tuple[str, str]]:
    """Two or three commands, the most needed first."""
    if seen.unfinished:
        again = "graphkit load EXPORTS" if seen.unfinished == "load" else "graphkit rebuild"
        return [(again, "finishes what was begun"), ("graphkit status", "what is loaded")]
    steps = [_FINDINGS]
    old = seen.last_day is not None and (today - seen.last_day).days > _OLD
    if old or seen.stale:
        steps.append(("graphkit load EXPORTS", "newer exports; what is there already stays"))
    if seen.told_on is not None:
        steps.append(("graphkit map", "the customers and what ties them, in a browser"))
    elif seen.rejected:
        steps.append(("graphkit rejects", "which rows were not loaded, and why"))
    if len(steps) == 1:
        steps.append(("graphkit status", "which questions the exports can answer"))
    return steps


def _next(steps: Sequence[tuple[str, str]]) -> list[str]:
    return ["Next:", *_rows(steps)]


def _rows(steps: Sequence[tuple[str, str]]) -> list[str]:
    """Commands, each with what it does beside it."""
    widest = max(len(command) for command, _ in steps)
    return [f"  {command:{widest}}  {why}" for command, why in steps]


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or one + 's'}"
