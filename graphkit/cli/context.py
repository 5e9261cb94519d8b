"""What every command needs: the workspace, the store, the day, and where results go."""

import dataclasses
import datetime as dt
import pkgutil
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TextIO

import click

from graphkit.cli.screen import Screen
from graphkit.errors import GraphkitError

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.pipeline.load import Advance, Say
    from graphkit.privacy import Redaction
    from graphkit.snapshot import Snapshot
    from graphkit.statistics.engine import Engine
    from graphkit.store.base import GraphStore
    from graphkit.workspace import Workspace


_A_COMMAND = re.compile(r"\bgraphkit ([a-z]+)\b")
_OF_NO_WORKSPACE = frozenset({"demo", "doctor", "nlp", "sources"})
"""Commands that stay as they are in a text for people: they work anywhere."""


@dataclasses.dataclass(slots=True)
class Context:
    """The options that every command has, and what follows from them.

    Attributes:
        folder: The workspace's folder.
        store: Address of the store; empty for the workspace's own file.
        debug: Whether errors keep their traceback.
        as_of: The last visible day; the last on which something occurred when None.
        form: How results are printed: table, json or csv.
        output: The file that results go to; standard output when None.
        quiet: Whether to leave out progress and talk.
        redact: Whether results show no people, e-mail addresses and telephone numbers.
        in_database_above: Above how many nodes the database computes on its graph; None for never.
        screen: How results are shown on a terminal.
    """

    folder: Path
    store: str = ""
    debug: bool = False
    as_of: dt.date | None = None
    form: str = "table"
    output: Path | None = None
    quiet: bool = False
    redact: bool = False
    in_database_above: int | None = None
    screen: Screen = dataclasses.field(default_factory=Screen)
    _redaction: "Redaction | None" = None

    def workspace(self) -> "Workspace":
        """The workspace that the command works in."""
        from graphkit.workspace import Workspace

        return Workspace.open(self.folder, store=self.store)

    def open_store(self, *, read_only: bool = True) -> "GraphStore":
        """The workspace's store; a context manager that closes it."""
        workspace = self.workspace()
        if not read_only and "://" not in workspace.store and not Path(workspace.store).exists():
            return workspace.open_store(read_only=True)  # which says that nothing is loaded yet
        opened = workspace.open_store(read_only=read_only, say=self.say)
        return self.shown(opened, read_only=read_only)

    def shown(self, store: "GraphStore", *, read_only: bool = True) -> "GraphStore":
        """A store as results may show it: with --redact, nobody stands in it.

        What a command writes back is not masked; then only its results are, in `emit`.
        """
        if not self.redact:
            return store
        from graphkit.privacy import RedactedStore, Redaction

        self._redaction = Redaction.of(store)
        return RedactedStore(store, self._redaction) if read_only else store

    def redaction(self) -> "Redaction":
        """What is masked in results; of a command without a store, what looks like an address."""
        from graphkit.privacy import Redaction

        return self._redaction or Redaction()

    def snapshot(self, store: "GraphStore", day: dt.date | None = None) -> "Snapshot":
        """What was known on a day: the one given, else the one asked for, else the last."""
        from graphkit.pipeline.seen import seen

        currency = self.workspace().settings.currency
        return seen(store, day or self.as_of, currency=currency, engine=self._engine(store))

    def _engine(self, store: "GraphStore") -> "Engine":
        """What computes on the graph; says so when a database was asked for and cannot."""
        from graphkit.statistics.engine import BUILT_IN

        above = self.in_database_above
        if above is None:
            return BUILT_IN
        engine = store.engine(above)
        if not engine.named(above + 1):
            self.say(
                "No Graph Data Science answers here (graphkit neo4j up --gds, and --store): "
                "graphkit computes communities and PageRank itself."
            )
        return engine

    def say(self, line: str) -> None:
        """Progress and talk, on standard error."""
        from graphkit.cli.output import printable

        if self.quiet:
            return
        told = printable(self.as_typed_here(line))
        if sys.stderr.isatty() and "graphkit " not in told:  # a command stays in one piece
            width = shutil.get_terminal_size().columns
            lines = (textwrap.fill(one, width, break_on_hyphens=False) for one in told.split("\n"))
            told = "\n".join(lines)
        click.echo(told, err=True)

    def as_typed_here(self, text: str) -> str:
        """A text whose commands name this workspace and store, so that they work as they stand."""
        from graphkit.store.address import holds_password

        options = ""
        if self.folder != Path():
            options += f" -w {typed(self.folder)}"
        if self.store and not holds_password(self.store):
            options += f" --store {self.store}"
        if not options:
            return text
        ours = {one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)])}
        ours -= _OF_NO_WORKSPACE

        def named(found: re.Match[str]) -> str:
            return f"graphkit{options} {found[1]}" if found[1] in ours else found[0]

        return _A_COMMAND.sub(named, text)

    @contextmanager
    def progress(self) -> "Iterator[tuple[Say, Advance]]":
        """Takes lines, and how far something long has come: on a terminal shown below them."""
        if self.quiet or not sys.stderr.isatty():
            yield self.say, lambda _share, _rows: None
            return
        from graphkit.cli.progress import shown_progress

        with shown_progress() as takers:
            yield takers

    @contextmanager
    def out(self) -> Iterator[TextIO]:
        """The text stream that results go to."""
        if self.output is None:
            yield sys.stdout
            return
        try:
            with self.output.open("w", encoding="utf-8", newline="") as stream:
                yield stream
        except OSError as error:
            raise GraphkitError(
                f"cannot be written: {error.strerror}", where=str(self.output)
            ) from error
        self.say(f"written: {self.output}")

    def write(self, content: bytes) -> None:
        """Write a file that is no text, such as a workbook, to where results go.

        Raises:
            GraphkitError: It cannot be written.
        """
        if self.output is None:
            raise ValueError("what is no text needs a file")
        try:
            self.output.write_bytes(content)
        except OSError as error:
            raise GraphkitError(
                f"cannot be written: {error.strerror}", where=str(self.output)
            ) from error
        self.say(f"written: {self.output}")

    @property
    def on_screen(self) -> int | None:
        """Width of the terminal that somebody reads the result on; None when it goes elsewhere."""
        if self.output is None and self.form == "table" and sys.stdout.isatty():
            return shutil.get_terminal_size().columns
        return None

    def table_text(
        self, rows: Sequence[Mapping[str, Any]], *, columns: Sequence[str] = (), title: str = ""
    ) -> str:
        """A table as text, as wide as where it goes.

        Args:
            rows: One mapping a row, all with the same keys.
            columns: The columns, where it shows fewer than there are.
            title: A line above.
        """
        from graphkit.cli.output import table_text

        return table_text(rows, columns=columns, title=title, screen=self.on_screen)

    def write_text(self, text: str, stream: TextIO) -> None:
        """Write a text where results go: on a terminal as it is best read there.

        Args:
            text: With its last line's end.
            stream: What `out` gave.
        """
        from graphkit.cli.output import printable

        if self.output is None:
            self.screen.show(text, stream)
        else:
            stream.write(printable(text))

    def emit(
        self,
        what: str,
        rows: Sequence[Mapping[str, Any]],
        *,
        columns: Sequence[str] = (),
        title: str = "",
        as_of: dt.date | None = None,
        warnings: Sequence[str] = (),
        text: str = "",
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Print results in the form asked for.

        Args:
            what: Name of the result; the JSON's schema is graphkit.WHAT.
            rows: One mapping a row, all with the same keys.
            columns: The columns of the table, where it shows fewer than there are.
            title: Title of the table.
            as_of: As of which day.
            warnings: What the reader should mind.
            text: What to print instead of a table, where words say it better.
            more: What JSON holds besides the rows, by name.
        """
        from graphkit.cli import output

        if self.redact:
            masked = self.redaction().values
            rows, warnings, text, more = (masked(one) for one in (rows, warnings, text, dict(more)))
        with self.out() as stream:
            if self.form == "json":
                stream.write(output.as_json(what, rows, as_of=as_of, warnings=warnings, more=more))
            elif self.form == "csv":
                stream.write(output.as_csv(rows))
            else:
                text = text or self.table_text(rows, columns=columns, title=title)
                self.write_text(text if text.endswith("\n") else text + "\n", stream)
        if self.form != "json":
            for line in warnings:
                self.say(line)


def typed(path: Path) -> str:
    """A path as every shell takes it: in quotation marks where it has a space.

    Args:
        path: Any path.

    >>> typed(Path("my shop")), typed(Path("shop"))
    ('"my shop"', 'shop')
    """
    return f'"{path}"' if " " in str(path) else str(path)
