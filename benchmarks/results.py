"""Figures of benchmarks that measure how good graphkit is, kept for the page that shows them all.

A benchmark run with --record writes what it measured to benchmarks/results/NAME.jsonl, one figure a
line; `python benchmarks/how_good.py` makes docs/how-good.md of them. Nothing there is written by
hand.
"""

import argparse
import dataclasses
import datetime as dt
import json
import sys
from pathlib import Path

from graphkit.statistics.share import Share

FOLDER = Path(__file__).parent / "results"
SHARE = "%"


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and what it rests on.

    Attributes:
        what: What is measured, in words.
        value: The figure; of a share 0 to 1.
        n: What it was counted over, such as "31 alerts".
        unit: "%" for a share; else a word, or nothing.
        low: Lower end of its 90 % interval, if it has one.
        high: Upper end.
        peer: What it is beside, if anything.
        peer_value: The peer's figure on the same data.
        asked: What is asked of it, such as "at least 90 %".
    """

    what: str
    value: float
    n: str
    unit: str = SHARE
    low: float | None = None
    high: float | None = None
    peer: str = ""
    peer_value: float | None = None
    asked: str = ""


class Results:
    """The figures of one run.

    Args:
        name: Of the file, such as slowdown.
        on: What it was measured on, such as "8 simulated shops of 120 customers".
        real: Whether that is real data; else it is simulated.
    """

    def __init__(self, name: str, on: str, *, real: bool = False) -> None:
        self.name, self.on, self.real = name, on, real
        self.figures: list[Figure] = []

    def share(self, what: str, hits: float, of: float, each: str, **more: str | float) -> None:
        """Add a share with Wilson's 90 % interval; none where there was nothing to count.

        Args:
            what: What is measured.
            hits: How many of them.
            of: How many there are.
            each: What they are, such as "alerts".
            more: Further attributes of the figure.
        """
        found = Share.counted(int(hits), int(of))
        if found.value is not None:
            n = f"{found.of:,} {each}"
            self.add(what, found.value, n, low=found.low, high=found.high, **more)

    def add(self, what: str, value: float, n: str, **more: str | float | None) -> None:
        """Add a figure.

        Args:
            what: What is measured.
            value: The figure.
            n: What it was counted over.
            more: Further attributes of the figure.
        """
        self.figures.append(Figure(what, float(value), n, **more))  # type: ignore[arg-type]

    def write(self) -> None:
        """Replace what an earlier run kept."""
        run = {
            "on": self.on,
            "real": self.real,
            "command": _command(),
            "date": dt.datetime.now(dt.UTC).date().isoformat(),
        }
        lines = [json.dumps({**dataclasses.asdict(one), **run}) for one in self.figures]
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{self.name}.jsonl").write_text("\n".join([*lines, ""]), "utf-8")


def record_option(parser: argparse.ArgumentParser) -> None:
    """Let a benchmark be run with --record."""
    parser.add_argument("--record", action="store_true", help="keep the figures for the manual")


def _command() -> str:
    """How the benchmark was run, with places of this machine left out."""
    words = []
    for word in sys.argv[1:]:
        path = Path(word)
        words.append(("FOLDER" if path.is_dir() else "FILE") if path.exists() else word)
    return " ".join(["python", f"benchmarks/{Path(sys.argv[0]).name}", *words])
