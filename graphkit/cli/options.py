"""Options that several commands have; a command names those that have an effect on it."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from graphkit.cli.context import Context

_Command = Callable[..., Any]


def _context(ctx: click.Context) -> Context:
    return ctx.find_object(Context) or Context(Path())


def a_day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """A day that was typed, for options that take one."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("a day looks like 2025-12-31", ctx, param) from error


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    _context(ctx).as_of = a_day(ctx, param, value) or _context(ctx).as_of


def _form(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value:
        _context(ctx).form = str(param.name)


def _output(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    del param
    if value is not None:
        _context(ctx).output = value


def _quiet(ctx: click.Context, param: click.Parameter, value: object) -> None:
    del param
    if value:
        _context(ctx).quiet = True


def _in_database(ctx: click.Context, param: click.Parameter, value: int | None) -> None:
    del param
    if value is not None:
        _context(ctx).in_database_above = value


def _no_color(ctx: click.Context, param: click.Parameter, value: object) -> None:
    del param
    if value:
        context = _context(ctx)
        context.screen = dataclasses.replace(context.screen, color=False)


def _no_pager(ctx: click.Context, param: click.Parameter, value: object) -> None:
    del param
    if value:
        context = _context(ctx)
        context.screen = dataclasses.replace(context.screen, pager=False)


def _redact(ctx: click.Context, param: click.Parameter, value: object) -> None:
    del param
    if value:
        _context(ctx).redact = True


def _folder(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    del param
    if value is not None:
        _context(ctx).folder = value


def _store(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    del param
    if value:
        _context(ctx).store = value


as_of = click.option(
    "--as-of",
    callback=_day,
    metavar="DAY",
    help="See the graph as of this day.",
    expose_value=False,
)
"""For commands that look at a snapshot."""

in_database_above = click.option(
    "--in-database-above",
    callback=_in_database,
    type=click.IntRange(min=0),
    metavar="NODES",
    help="Let Neo4j's Graph Data Science compute on graphs of more nodes than these.",
    expose_value=False,
)
"""For commands that compute communities or PageRank."""

output = click.option(
    "-o",
    "--output",
    callback=_output,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write results to this file.",
    expose_value=False,
)
"""For commands that write one page or text."""

redact = click.option(
    "--redact",
    is_flag=True,
    callback=_redact,
    help="Mask people, e-mail addresses and telephone numbers.",
    expose_value=False,
)
"""For commands whose results leave the workspace."""

_json = click.option("--json", is_flag=True, callback=_form, help="Print JSON.", expose_value=False)
_csv = click.option("--csv", is_flag=True, callback=_form, help="Print CSV.", expose_value=False)


def rows_only(command: _Command) -> _Command:
    """For commands whose rows tell of what they wrote elsewhere: --json and --csv."""
    return _json(_csv(command))


def results(command: _Command) -> _Command:
    """For commands whose results are rows: --json, --csv and -o."""
    return rows_only(output(command))


def _everywhere() -> list[click.Option]:
    late: dict[str, Any] = {"expose_value": False}
    return [
        click.Option(["-q", "--quiet"], is_flag=True, callback=_quiet, help="No talk.", **late),
        click.Option(
            ["-w", "--workspace"],
            callback=_folder,
            type=click.Path(file_okay=False, path_type=Path),
            hidden=True,
            **late,
        ),
        click.Option(["--store"], callback=_store, hidden=True, **late),
        click.Option(["--no-color"], is_flag=True, callback=_no_color, hidden=True, **late),
        click.Option(["--no-pager"], is_flag=True, callback=_no_pager, hidden=True, **late),
    ]


def shared_options(command: click.Command) -> None:
    """Give a command, and the subcommands of a group, the options that every command has."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            shared_options(inner)
        return
    taken = {name for one in command.params for name in one.opts}
    for option in _everywhere():
        if not taken.intersection(option.opts):
            command.params.append(option)
