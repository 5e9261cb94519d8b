"""Where machine hours will go, process by process, against the capacity that is stated."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.analyses.forecast import Forecast

_FAR = 12
_PAST = 24
"""Months that are drawn."""


@click.command("forecast")
@click.option(
    "--months",
    type=click.IntRange(1, _FAR),
    help="How many months to look ahead; 6 unless [analysis.forecast] says otherwise.",
)
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, months: int | None) -> None:
    """Show machine hours to expect of each process and month, and whether capacity will hold.

    P50 is as likely to be exceeded as not, P10 in nine cases of ten, P90 in one; beside them stands
    what the same month took a year before. Hours count in the
    month in which they are ordered; they are worked over the lead time that follows. The capacity
    is what [capacity] in graphkit.toml says; without it the volumes are shown.

    \b
    Examples:
      graphkit forecast
      graphkit forecast --months 3 --as-of 2026-03-31 --json
    """
    from graphkit.analyses.forecast import forecast
    from graphkit.pipeline.analyse import options_of
    from graphkit.pipeline.forecasts import forecast_warnings

    options = options_of(context.workspace().settings, "forecast")
    months = months or int(options.get("months", 6))
    with context.open_store() as store:
        snap = context.snapshot(store)
        foreseen = forecast(snap, months=months, capacity=options.get("capacity"))
        warnings = forecast_warnings(store, snap, foreseen)
    rows = foreseen.rows() if foreseen else []
    stated = any(one["capacity"] is not None for one in rows)
    processes = foreseen.processes() if foreseen else []
    told = f"As of {snap.as_of}\n\n" + context.table_text(
        [_shown(one, stated=stated) for one in rows],
        title="Machine hours to expect of the orders of each month",
    )
    if processes:
        told += "\n" + context.table_text(
            [_shown(one, stated=stated) for one in processes],
            title=f"All {months} months together, and how sure",
        )
    if foreseen and context.on_screen:
        told += "\n" + context.table_text(
            _drawn(foreseen), title="How the hours went, and the P50 of what is to come"
        )
    context.emit(
        "forecast",
        rows,
        as_of=snap.as_of,
        text=told,
        warnings=warnings,
        more={"processes": processes},
    )


def _drawn(foreseen: "Forecast") -> list[dict[str, str]]:
    """The hours of each process, month by month, past and to come on one scale."""
    from graphkit.reports.sparkline import sparkline

    middle = foreseen.outlook.months.quantile(0.5)
    rows = []
    for at, process in enumerate(foreseen.hours.processes):
        past = foreseen.hours.hours[at, -_PAST:].tolist()
        line = sparkline([*past, *middle[at].tolist()])
        rows.append(
            {
                "process": process.name,
                f"last {len(past)} months": line[: len(past)],
                "to come": line[len(past) :],
            }
        )
    return rows


def _shown(one: Mapping[str, Any], *, stated: bool) -> dict[str, Any]:
    """A row as the table has it: whole hours, percentages, and capacity where any is stated."""
    hidden = set() if stated else {"capacity", "probability_over"}
    shown = {name: value for name, value in one.items() if name not in hidden}
    for name in {"a_year_before", "p10", "p50", "p90", "capacity"} & set(shown):
        shown[name] = None if one[name] is None else round(one[name])
    for name in {"probability_over", "coverage"} & set(shown):
        shown[name] = "" if one[name] is None else f"{one[name]:.0%}"
    return shown
