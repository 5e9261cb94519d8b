"""What a reader of a forecast should mind."""

from typing import Final

import numpy as np

from graphkit.analyses.forecast import Forecast
from graphkit.analyses.wording import counted
from graphkit.pipeline.questions import cautions, unanswerable
from graphkit.snapshot import Snapshot
from graphkit.statistics.forecasting import MONTHS_NEEDED, USUAL_AHEAD, enough
from graphkit.store.base import GraphStore

COMMAND: Final = "graphkit forecast"
_FEW: Final = 0.02  # of the lines: so many without machine time change nothing


def forecast_warnings(store: GraphStore, snap: Snapshot, foreseen: Forecast | None) -> list[str]:
    """What is missing, what was left out, and why the forecast may be a rough one.

    Args:
        store: The store of the snapshot.
        snap: What was known.
        foreseen: The forecast; None where there is none.
    """
    found = [*cautions(store, snap, ["forecast"]), *unanswerable(store, COMMAND)]
    if foreseen is None:
        return found
    hours, ahead = foreseen.hours, len(foreseen.ahead)
    lines = hours.untold + len(hours.rows)
    if hours.untold > _FEW * lines:
        found.append(
            f"{counted(hours.untold, 'order line')} of {lines:,} say no process or no machine"
            " time: their hours are not in it."
        )
    if not enough(hours.panel.months, ahead):
        needed = MONTHS_NEEDED + max(ahead - USUAL_AHEAD, 0)
        found.append(
            f"Only {counted(hours.panel.months, 'whole month')}: {needed} are needed to look"
            f" {ahead} months ahead by more than the {foreseen.outlook.methods[0]}."
        )
    shop = foreseen.processes()[-1]
    if shop["past_error"] and shop["naive_error"] and shop["past_error"] > shop["naive_error"]:
        found.append(
            "For the whole shop the sum of the processes missed by more in the past"
            f" ({shop['past_error']:.2f}) than the same months of the year before would have"
            f" ({shop['naive_error']:.2f}): of the sum, believe the interval and not the P50."
        )
    if np.isnan(foreseen.capacity).all():
        found.append(
            "No capacity is stated: add machine hours a month by process under [capacity] in"
            " graphkit.toml."
        )
    return found
