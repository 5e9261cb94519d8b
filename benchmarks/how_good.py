"""Makes docs/how-good.md: every figure that benchmarks kept, and which were not made yet.

Run: python benchmarks/how_good.py > docs/how-good.md   (or: make docs)
"""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

from results import FOLDER, SHARE

_WHOLE = 1000
"""From here on a figure is shown without its decimals."""


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """What some benchmarks say of one question.

    Attributes:
        title: The question.
        page: The page of the manual that says how it is computed.
        runs: By name of their file, the command that makes it.
    """

    title: str
    page: str
    runs: dict[str, str]


SECTIONS = (
    Section(
        "Who slows down, and which industry",
        "questions/slowdown.md",
        {
            "slowdown": "slowdown.py",
            "backtest-slowing-customer": "backtest.py",
            "production": "production.py FOLDER",
        },
    ),
    Section("What is told where nothing happens", "findings.md", {"quiet": "quiet.py"}),
    Section("Who pays late", "questions/payments.md", {"next-invoice": "next_invoice.py FILE"}),
    Section(
        "Leanings, tolerances and smaller lots",
        "questions/leanings.md",
        {"leanings": "leanings.py"},
    ),
    Section(
        "Topics and growth", "questions/topics.md", {"topics": "topics.py", "spread": "spread.py"}
    ),
    Section("Quotes", "questions/quotes.md", {"quotes": "quotes.py"}),
    Section(
        "Which customers are alike",
        "questions/clusters.md",
        {"clusters": "clusters.py", "clusters-networks": "clusters.py --networks FOLDER"},
    ),
    Section("Whom to win first", "questions/paths.md", {"influence": "influence.py"}),
    Section(
        "On whom revenue hangs", "questions/concentration.md", {"concentration": "concentration.py"}
    ),
    Section(
        "Machine hours to come",
        "questions/forecast.md",
        {"forecast": "forecast.py", "forecast-carparts": "forecast.py --carparts FOLDER"},
    ),
    Section(
        "One company from many spellings",
        "design.md",
        {
            "resolution-true-ids": "resolution.py --true-ids FILE",
            "resolution-pairs": "resolution.py --pairs FILE",
        },
    ),
    Section("Texts", "texts.md", {"reading-wnut": "reading.py --wnut FILE"}),
)
HEAD = """# How good it is

Made from `benchmarks/results/` by `make docs`; do not edit it here. No figure on this page was
written by hand: each was measured by the command under its table, on the day that stands there.

**Simulated** means shops of the simulator, in which it is known what was planted. They show that
the method does what it is meant to do, and not that your shop is like them. **Real** means public
data that others made and labelled. Intervals are of 90 %. *Beside* is what somebody without
graphkit would use, on the same data. Where a figure misses what was *asked*, it stands here all
the same.

How good the alerts were in your own shop is what `graphkit report proof -o proof.html` tells;
believe that page more than this one.
"""


def page(folder: Path) -> str:
    """The page as Markdown.

    Args:
        folder: Where the figures are kept.
    """
    lines = [HEAD]
    for section in SECTIONS:
        lines += [f"## {section.title}", "", f"[How it is computed]({section.page})", ""]
        for name, command in section.runs.items():
            path = folder / f"{name}.jsonl"
            if path.exists():
                kept = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
                lines += _table(kept)
            else:
                lines += [f"Not measured yet: `python benchmarks/{command} --record`.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(kept: list[dict[str, object]]) -> Iterator[str]:
    """The figures of one run, and where they come from."""
    first = kept[0]
    yield f"**{'Real' if first['real'] else 'Simulated'}**: {first['on']}."
    yield from ("", "| what | figure | n | beside | asked |", "|---|---|---|---|---|")
    for one in kept:
        beside = f"{_value(one['peer_value'], one)} {one['peer']}" if one["peer"] else ""
        cells = (one["what"], _figure(one), one["n"], beside, one["asked"])
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"
    yield from ("", f"`{first['command']}`, {first['date']}", "")


def _figure(one: dict[str, object]) -> str:
    shown = f"**{_value(one['value'], one)}**"
    if one["low"] is None:
        return shown
    return f"{shown} ({_value(one['low'], one)} to {_value(one['high'], one)})"


def _value(value: object, one: dict[str, object]) -> str:
    assert isinstance(value, int | float)
    if one["unit"] == SHARE:
        return f"{value:.0%}".replace("%", " %")
    shown = f"{value:,.3g}" if abs(value) < _WHOLE else f"{value:,.0f}"
    return f"{shown} {one['unit']}".strip()


if __name__ == "__main__":
    print(page(FOLDER), end="")
