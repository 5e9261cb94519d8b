"""How far a load has come, on a terminal: rows, rate and the time that is left."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from graphkit.cli.output import printable


@contextmanager
def shown_progress(
    console: Console | None = None,
) -> Iterator[tuple[Callable[[str], None], Callable[[float, int], None]]]:
    """A line at the bottom of the terminal while something takes long.

    Args:
        console: Where to; standard error when None.

    Yields:
        What takes lines, which stay; and what takes the share done and the rows read since.
    """
    console = console or Console(stderr=True, highlight=False)
    begun = time.monotonic()
    rows = 0
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task("Reading", total=1.0)

        def say(line: str) -> None:
            bar.console.print(Text(printable(line)), soft_wrap=True)

        def advance(share: float, more: int) -> None:
            nonlocal rows
            rows += more
            rate = rows / max(time.monotonic() - begun, 1e-3)
            bar.update(task, advance=share, description=f"{rows:,} rows, {rate:,.0f} a second")

        yield say, advance
