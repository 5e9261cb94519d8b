"""A chart of every kind, with names that are hostile, long, foreign or pictures."""

import numpy as np
import pandas as pd

from graphkit.drawing import Chart

NAMES = (
    "</svg><script>alert(1)</script>",
    "A" * 300,
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd " * 9,
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467" * 40,
    "\u202eturned\x07\u0000",
    "\u65e5\u672c\u306e\u4f1a\u793e" * 20,
    'a & b "c" {datum.value} ${x}',
)
FIRST = 2023 * 12 + 6
QUARTER = 2023 * 4 + 2


def chart(kind, table, **marks):
    return Chart(kind, f"{kind} {NAMES[0]}", NAMES[4], pd.DataFrame(table), {}, marks)


def orders(count=36):
    table = {
        "at": range(FIRST, FIRST + count),
        "orders": [at % 7 for at in range(count)],
        "lot": [None if at == 4 else 20.0 + at for at in range(count)],
        "age": ["early"] * (count - 24) + ["before"] * 12 + ["now"] * 12,
    }
    window = {"baseline": 3.8, "from": FIRST, "to": FIRST + 31, "since": FIRST + 31}
    return chart("orders-over-time", table, **window)


def every():
    """One chart a kind."""
    seven = range(len(NAMES))
    series = {f"share_{at}": name for at, name in enumerate(NAMES)}
    months = {f"month_{at}": FIRST + at for at in range(15)}
    quarters = [QUARTER + at for at in range(12)]
    share = 100 / len(NAMES)
    return [
        orders(),
        chart(
            "payment-delay",
            {"band": ["early", "late"], "before_share": [60.0, 40.0], "now_share": [np.nan] * 2},
            before="before: 10 invoices",
            now="lately: none",
        ),
        chart(
            "mix-over-quarters",
            {"at": quarters, "tolerance": [0.05] * 11 + [np.nan]}
            | {column: [share] * 12 for column in series},
            series=series,
        ),
        chart(
            "quotes-by-quarter",
            {"at": quarters, "won": [5, 0] * 6, "lost": [2, 0] * 6, "open": [0] * 11 + [4]},
        ),
        chart(
            "topic-heat",
            {"topic": NAMES} | {column: [at * 9 for at in seven] for column in months},
            months=months,
        ),
        chart(
            "hours-ahead",
            {
                "at": range(FIRST, FIRST + 30),
                "hours": [1200.0] * 24 + [np.nan] * 6,
                **{name: [np.nan] * 24 + [high] * 6 for name, high in _AHEAD.items()},
            },
            capacity=1400.0,
        ),
        chart(
            "then-and-now",
            {"name": NAMES, "before": [10.0] * 7, "now": [30.0 * at for at in seven]},
            unit="machine hours a month",
        ),
        chart(
            "small-multiples",
            {
                "side": [f"c{at}" for at in seven for _ in quarters],
                "name": [name for name in NAMES for _ in quarters],
                "at": quarters * len(NAMES),
                "value": [None if at % 5 == 0 else float(at % 40 - 8) for at in range(84)],
            },
            unit="days late",
            told=("c0", "c1"),
            lately=QUARTER + 8,
        ),
        chart(
            "shares",
            {
                "name": NAMES,
                "share": [40.0, 20, 15, 10, 8, 4, 3],
                "low": [0.0] * 7,
                "high": [99.0, 30, 20, 12, 9, 5, 3],
            },
            unit="% of revenue",
            drawn=7,
            limit=15.0,
        ),
    ]


_AHEAD = {"p10": 900.0, "p50": 1100.0, "p90": 1600.0}
