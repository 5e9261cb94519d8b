"""The command line: one subcommand per module of this package, imported only when it runs.

A module offers `command`; the first line of its docstring is its line in `graphkit --help`.
"""

import ast
import contextlib
import importlib
import os
import pkgutil
import sys
from pathlib import Path

import click

from graphkit import __version__
from graphkit.cli.context import Context
from graphkit.cli.options import shared_options
from graphkit.cli.screen import Screen
from graphkit.errors import GraphkitError

_INTERRUPTED = 130
VARIABLE = "_GRAPHKIT_COMPLETE"
"""What a shell sets when it asks how a line may go on."""
INNER = frozenset(
    {
        "completing",
        "context",
        "explained",
        "graph_words",
        "home",
        "findings_of",
        "judging",
        "options",
        "output",
        "progress",
        "screen",
        "trade_table",
    }
)
"""Modules of this package that are no command."""


class Commands(click.Group):
    """Finds subcommands by module name; their help lines are read without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every module of this package that holds a command, by name."""
        del ctx
        names = (one.name for one in pkgutil.iter_modules(__path__))
        return sorted(name for name in names if name not in INNER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, with the options that every command has."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"graphkit.cli.{cmd_name}").command
        shared_options(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command asked for; a name that is none gets the nearest ones."""
        name = args[0]
        if ctx.resilient_parsing and name not in self.list_commands(ctx):
            return None, None, args
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, self.list_commands(ctx), n=2, cutoff=0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else " See graphkit --help."
            raise click.UsageError(f"No command '{name}'.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what an error says to do next works from where the command was typed."""
        try:
            return super().invoke(ctx)
        except GraphkitError as error:
            if isinstance(ctx.obj, Context):
                error.message = ctx.obj.as_typed_here(error.message)
                error.next_step = ctx.obj.as_typed_here(error.next_step)
            raise

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the command; while it is being typed that names a workspace."""
        left = super().parse_args(ctx, args)
        if ctx.resilient_parsing:
            folder, store = ctx.params.get("workspace"), ctx.params.get("store")
            ctx.obj = Context(folder=(folder or Path()).expanduser(), store=store or "")
        return left

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> "list[click.shell_completion.CompletionItem]":
        """Commands and options that begin as typed; no command is imported for that."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=line)
            for name, line in self._lines(ctx)
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, from the modules' docstrings."""
        with formatter.section("Commands"):
            formatter.write_dl(self._lines(ctx))

    def _lines(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Each command and its line."""
        folder = Path(__file__).parent
        rows = []
        for name in self.list_commands(ctx):
            path = folder / f"{name}.py"
            source = path if path.exists() else folder / name / "__init__.py"
            text = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
            rows.append((name, text.partition("\n")[0]))
        return rows


@click.command(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="graphkit")
@click.option(
    "-w",
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    envvar="GRAPHKIT_WORKSPACE",
    help="The folder you work in; this folder by default.",
)
@click.option(
    "--store",
    default="",
    envvar="GRAPHKIT_STORE",
    metavar="URI",
    help="Where the graph is: a path, bolt://... or neo4j://...; the workspace's file by default.",
)
@click.option("--no-color", is_flag=True, help="No colour; NO_COLOR in the environment does too.")
@click.option("--no-pager", is_flag=True, help="Print all at once, however long it is.")
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
@click.pass_context
def cli(
    ctx: click.Context,
    workspace: Path,
    store: str,
    *,
    no_color: bool,
    no_pager: bool,
    debug: bool,
) -> None:
    """A graph of your customers from the exports you already have, and what it tells.

    \b
    Start with:
      graphkit demo                 a made-up shop, its findings, report and map
      graphkit load EXPORTS         your own exports (a folder or files)
      graphkit findings             what they say
    """
    screen = Screen(color=not no_color, pager=not no_pager)
    ctx.obj = Context(folder=workspace, store=store, debug=debug, screen=screen)
    if ctx.invoked_subcommand is None:
        from graphkit.cli.home import home

        ctx.obj.write_text(home(ctx.obj), sys.stdout)


def main() -> None:
    """Run graphkit; errors become one clear message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not be UTF-8 by itself
            stream.reconfigure(encoding="utf-8", errors="replace")
    if VARIABLE in os.environ:
        from graphkit.cli.completing import answer_ours

        answer_ours()
    try:
        code = cli.main(prog_name="graphkit", standalone_mode=False)
        sys.stdout.flush()  # a full disk shows here, and not after the last word
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was committed before stays.", err=True)
        code = _INTERRUPTED
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (GraphkitError, OSError) as error:
        if "--debug" in sys.argv and not isinstance(error, BrokenPipeError):
            raise
        code = _explained(error)
    sys.exit(code)


def _explained(error: GraphkitError | OSError) -> int:
    """Say what went wrong; the exit code for it."""
    if isinstance(error, GraphkitError):
        click.echo(f"graphkit: {error}", err=True)
        return error.exit_code
    if not error.filename:  # standard output cannot be written
        _drop_output()
    if isinstance(error, BrokenPipeError):
        return 0
    # Of the machine, such as a full disk: no bug of ours.
    where = f"{error.filename}: " if error.filename else ""
    click.echo(f"graphkit: {where}{error.strerror or error}.", err=True)
    return 1


def _drop_output() -> None:
    """Let what cannot be written go, or Python complains about it once more when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
