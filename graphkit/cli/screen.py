"""Results on a terminal: colour with meaning, lines that fit, and a pager for what is long.

What goes into a file or a pipe is plain text, whatever the terminal can do.
"""

import dataclasses
import io
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TextIO

import click

from graphkit.cli.output import WIDTH, printable

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from rich.console import Console
    from rich.text import Text

_MEANING: Final = (
    (re.compile(r"^ {0,2}!!(?=\s)|(?<=\d )alerts?\b", re.MULTILINE), "bold red"),
    (re.compile(r"^ {1,3}!(?=\s)|(?<=^\*)!(?=\s)|(?<=\d )watch(es)?\b", re.MULTILINE), "yellow"),
    (re.compile(r"^ {0,3}[*.](?=[\s!])", re.MULTILINE), "green"),
    (re.compile(r"(?<![\w.,-])[\d,]*\d(?:\.\d+)? [A-Z]{3}\b"), "cyan"),
    (re.compile(r"^\S.*(?=\n(?:-{3,}|={3,})$)", re.MULTILINE), "bold"),
    (re.compile(r"(?:^.+\n){1,4}(?=\u2500{3,}$)", re.MULTILINE), "bold"),
    (re.compile(r"\[[0-9a-f]{6}\]"), "dim"),
)
"""What is seen at a glance: alert, watch, good to know, money, headings, ids to type.

Each has its mark, word or place as well: nothing is told by colour alone.
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Screen:
    """How results are shown.

    Attributes:
        color: Whether colour is wanted where there can be any.
        pager: Whether what is longer than the screen goes to a pager.
    """

    color: bool = True
    pager: bool = True

    def is_colored(self, stream: TextIO) -> bool:
        """Whether a stream gets colour: a terminal does, unless somebody said otherwise.

        NO_COLOR (no-color.org) comes before FORCE_COLOR, which colours a pipe too.

        Args:
            stream: Standard output.
        """
        if not self.color or os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return stream is sys.stdout
        return stream.isatty() and os.environ.get("TERM") != "dumb"

    def show(self, told: str, stream: TextIO) -> None:
        """Write a text to standard output as it is best read there.

        Args:
            told: What to show; it ends its last line itself.
            stream: Standard output.
        """
        text, watched = printable(told), stream.isatty()
        colored = self.is_colored(stream)
        if colored or watched:
            text = _rendered(text, colored=colored, fitted=watched)
        long = watched and text.count("\n") >= shutil.get_terminal_size().lines
        if long and self.pager and sys.stdin.isatty():  # somebody is there to turn pages
            click.echo_via_pager(text.removesuffix("\n"))  # in colour where the pager takes it
        else:
            stream.write(text)

    def show_marked(self, pieces: Sequence[tuple[str, str]], stream: TextIO) -> None:
        """Write a text whose pieces have styles, such as "bold cyan"; they show in colour only.

        Args:
            pieces: Each with its style.
            stream: Where to.
        """
        from rich.console import Console
        from rich.text import Text

        shown = Text.assemble(*((printable(piece), style) for piece, style in pieces))
        colored = self.is_colored(stream)
        console = Console(
            file=stream,
            width=shutil.get_terminal_size().columns if stream.isatty() else WIDTH,
            force_terminal=colored,
            color_system="standard" if colored else None,
            highlight=False,
        )
        console.print(shown)


def _rendered(told: str, *, colored: bool, fitted: bool) -> str:
    """A text as a terminal takes it: in colour, and with lines that fit it."""
    from rich.console import Console
    from rich.text import Text

    text = Text(told)
    for pattern, style in _MEANING:
        text.highlight_regex(pattern, style)
    into = io.StringIO()
    console = Console(
        file=into,
        width=shutil.get_terminal_size().columns,
        force_terminal=colored,
        color_system="standard" if colored else None,  # the colours of the reader's own theme
        legacy_windows=False,
    )
    lines = list(text.split("\n", allow_blank=True))
    if fitted:
        lines = [part for line in lines for part in _folded(console, line)]
    console.print(Text("\n").join(lines), soft_wrap=True, highlight=False, end="")
    return into.getvalue()


def _folded(console: "Console", line: "Text") -> "Iterator[Text]":
    """A line as one or several that fit: at words, below where it begins.

    Terminals count what a wide character takes, and names may be of those.
    """
    if line.cell_len <= console.width:
        yield line
        return
    line.rstrip()
    begin = min(len(line.plain) - len(line.plain.lstrip()), console.width // 2)
    for part in line[begin:].wrap(console, console.width - begin):
        part.pad_left(begin)
        yield part
