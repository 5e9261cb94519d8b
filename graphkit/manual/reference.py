"""The page of every command: what it does, its arguments and options, examples."""

import inspect
import textwrap
from collections.abc import Iterator

import click

from graphkit.manual.commands import ANY, every_command

_VERBATIM = "\b"
"""What marks a paragraph of a help text whose lines stay as they are."""
_EVERYWHERE = ("-q", "-h", "-w", "--store")


def reference_page() -> str:
    """All commands as Markdown, from the help that they print."""
    lines = [
        "# Every command",
        "",
        "Made from the help of the commands by `make docs`; do not edit it here.",
        "",
        "Before a command: `-w DIR` names the workspace (this folder by default, or the variable",
        "`GRAPHKIT_WORKSPACE`), `--store URI` the graph where it is not the workspace's own file",
        "(`GRAPHKIT_STORE`), `--debug` shows a traceback when something goes wrong. After every",
        "command: `-q` prints no talk, `-h` its help. The examples work in the demo shop, after",
        "`graphkit demo` with `-w demo-shop`. [Exit codes and settings](commands.md).",
        "",
    ]
    for name, command in every_command():
        lines += [*_section(name, command), ""]
    return "\n".join(lines).rstrip() + "\n"


def _section(name: str, command: click.Command) -> Iterator[str]:
    level = "###" if " " in name else "##"
    yield from (f"{level} {name}", "")
    context = click.Context(command, info_name=f"graphkit {name}")
    yield from ("```", f"graphkit {name}{_usage(context, command)}", "```", "")
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        yield from _paragraph(paragraph.splitlines())
    yield from _options(context, command)


def _usage(context: click.Context, command: click.Command) -> str:
    """Its arguments, each after a space; of a group, that a command follows."""
    if isinstance(command, click.Group):
        return f" {ANY}"
    pieces = [piece for one in command.params for piece in one.get_usage_pieces(context)]
    return "".join(f" {piece}" for piece in pieces)


def _paragraph(lines: list[str]) -> Iterator[str]:
    first, *rest = lines or [""]
    if first.strip() == _VERBATIM:
        title, *kept = rest
        yield from (title.strip(), "", "```sh", textwrap.dedent("\n".join(kept)).strip(), "```", "")
    else:
        yield from (" ".join(" ".join(lines).split()), "")


def _options(context: click.Context, command: click.Command) -> Iterator[str]:
    records = [
        record
        for one in command.params
        if isinstance(one, click.Option) and not {*_EVERYWHERE} & {*one.opts}
        if (record := one.get_help_record(context)) is not None
    ]
    if records:
        yield from ("| option | does |", "|---|---|")
        for option, does in records:
            yield f"| `{_cell(option)}` | {_cell(does)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
