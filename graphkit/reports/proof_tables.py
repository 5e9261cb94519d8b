"""How good the alerts have been, as tables for a workbook and for JSON."""

from collections.abc import Mapping, Sequence

from graphkit.analyses.backtesting import Backtest
from graphkit.reports.backtest import about, score_rows
from graphkit.reports.tables import Cells, Column, Table


def proof_tables(found: Sequence[Backtest], names: Mapping[str, str]) -> tuple[Table, ...]:
    """What the alerts of each kind and of its naive rule were worth, and what happened.

    Args:
        found: Back-tests.
        names: What ids are called.
    """
    return _scores(found), _events(found, names)


def _scores(found: Sequence[Backtest]) -> Table:
    columns = (
        Column("kind", "Kind"),
        Column("rule", "Whose alerts"),
        Column("alerts", "Alerts", Cells.WHOLE),
        Column("judged", "Can be judged", Cells.WHOLE),
        Column("right", "Came true", Cells.WHOLE),
        Column("precision", "Share that came true", Cells.SHARE),
        Column("precision_low", "From", Cells.SHARE),
        Column("precision_high", "To", Cells.SHARE),
        Column("events", "Events", Cells.WHOLE),
        Column("found", "With an alert", Cells.WHOLE),
        Column("recall", "Share with an alert", Cells.SHARE),
        Column("recall_low", "From", Cells.SHARE),
        Column("recall_high", "To", Cells.SHARE),
        Column("lead_months", "Before it was plain", Cells.NUMBER, "months"),
        Column("verdict", "What can be said"),
    )
    rows = [
        {**row, **_ends(row, "precision"), **_ends(row, "recall"), "verdict": one.verdict}
        for one in found
        for row in score_rows(one) or [{"kind": one.kind}]
    ]
    return Table("scores", "What the alerts were worth, beside a naive rule", columns, rows)


def _ends(row: Mapping[str, object], name: str) -> dict[str, object]:
    ends = row.get(f"{name}_interval")
    low, high = ends if isinstance(ends, list) else (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def _events(found: Sequence[Backtest], names: Mapping[str, str]) -> Table:
    columns = (
        Column("kind", "Kind"),
        Column("subject", "Of whom"),
        Column("object", "And"),
        Column("month", "It was so from the month after"),
        Column("alert", "Alert since"),
        Column("naive_rule", "Alert of the naive rule since"),
    )
    rows = [{"kind": one.kind, **row} for one in found for row in about(one, names)["events"]]
    return Table("events", "What happened, and since when there was an alert", columns, rows)
