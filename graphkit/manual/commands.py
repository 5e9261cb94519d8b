"""Every command of graphkit, and the lines of a text that type one."""

import re
import shlex
from collections.abc import Iterator

import click

from graphkit.cli import Commands, cli

ANY = "COMMAND"
"""What stands for any command of a group, on the page of all commands."""
_LINE = r"graphkit(?: -w (?:\"[^\"]*\"|\S+))? [a-z][^`\n]*"
_BLOCK = re.compile(r"(?ms)^```(\w*)[^\n]*\n(.*?)^```")
_SHELL = ("", "sh", "text")
"""Languages of blocks in which a line is typed; others hold whole files."""
_IN_CODE = re.compile(rf"(?m)^\s*(?:\$ )?({_LINE})")
_IN_PROSE = re.compile(rf"(?m)(?:^ +|`)({_LINE})")
_NOTE = re.compile(r"\s+#.*|\s{2,}.*")


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand with its full name, in the order of the help."""
    context = click.Context(cli)
    assert isinstance(cli, Commands)  # noqa: S101 - for mypy: the decorator hides the class
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None:
            yield from _within(name, command)


def _within(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for inner in command.list_commands(context):
            one = command.get_command(context, inner)
            if one is not None:
                yield from _within(f"{name} {inner}", one)


def typed_lines(text: str) -> list[str]:
    r"""The command lines in a page or help text: in code, or indented as in help.

    Args:
        text: The page as Markdown, or the help.

    >>> typed_lines("  graphkit -w shop load in/   # read\nand then `graphkit map`")
    ['graphkit -w shop load in/', 'graphkit map']
    """
    blocks = (code for language, code in _BLOCK.findall(text) if language in _SHELL)
    code = _IN_CODE.findall("\n".join(blocks))
    prose = _IN_PROSE.findall(_BLOCK.sub("", text))
    return [_NOTE.sub("", found).strip() for found in (*code, *prose)]


def check_line(line: str) -> None:
    """Refuse a command line whose command does not exist, or does not take its options.

    Nothing is run, and values are not looked at: `COMPANY` may stand for a name, `COMMAND` or
    `NAME` for any command of a group, and the last option may lack its value, as in prose.

    Args:
        line: Such as `graphkit orders --by process`.

    Raises:
        click.UsageError: There is no such command or option.
    """
    words = shlex.split(line)[1:]
    context = click.Context(cli, info_name="graphkit")
    command: click.Command = cli
    words = _rest(command, context, words)
    while isinstance(command, click.Group) and words and not words[0].isupper():
        inner = command.get_command(context, words[0])
        if inner is None:
            raise click.UsageError(f"no command '{words[0]}' in: {line}")
        context = click.Context(inner, info_name=words[0], parent=context)
        command = inner
        words = _rest(command, context, words[1:])


def _rest(command: click.Command, context: click.Context, words: list[str]) -> list[str]:
    """What follows the options of a command."""
    try:
        return command.make_parser(context).parse_args([*words])[1]
    except click.NoSuchOption:
        raise
    except click.BadOptionUsage as missing:
        if missing.option_name != words[-1]:
            raise
        return []
