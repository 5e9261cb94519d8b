"""Machine hours ordered of each process, by whole months and by customer."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.month_panel import MonthPanel, lines_that_count, month_panel
from graphkit.findings import Ref, sources_of
from graphkit.schema import Process
from graphkit.snapshot import Snapshot, amounts, days_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class MachineHours:
    """Hours of the orders of each month.

    Attributes:
        panel: The shop's customers and months.
        processes: Those that some line with machine time uses, by name.
        hours: Processes by months.
        rows: The lines that have a process, machine time and a whole month; in order of file.
        process: Position of the process of each of these lines.
        month: Position of its month.
        worked: Its hours.
        untold: How many lines of these months say no process or no machine time.
    """

    panel: MonthPanel
    processes: tuple[Ref, ...]
    hours: Floats
    rows: pd.DataFrame
    process: Ints
    month: Ints
    worked: Floats
    untold: int

    def by_customer(self, process: int) -> Floats:
        """Hours of one process: the panel's customers by months.

        Args:
            process: Its position.
        """
        its = self.process == process
        return self.panel.sum(self.rows[its], self.worked[its])

    def sources(self, process: int, first: int, last: int) -> tuple[str, ...]:
        """Where the lines of a process were read, of months from `first` up to `last`, without it.

        Args:
            process: Its position.
            first: Position of the first month.
            last: Position after the last.
        """
        its = (self.process == process) & (self.month >= first) & (self.month < last)
        return sources_of(self.rows[its])

    def an_hour(self, process: int, currency: str) -> float:
        """What an hour of a process brought in, in ten-thousandths; 0 where no line says.

        Args:
            process: Its position.
            currency: The workspace's.
        """
        its = self.process == process
        money = amounts(self.rows[its], currency)
        told = np.isfinite(money)
        hours = float(self.worked[its][told].sum())
        return float(money[told].sum()) / hours if hours else 0.0


def machine_hours(snap: Snapshot) -> MachineHours | None:
    """Hours by process and whole month: pieces times machine time of a piece, by day of the order.

    Args:
        snap: Needs Order and OrderLine with process and minutes.

    Returns:
        None where no line of a whole month says both.
    """
    panel = month_panel(snap)
    if panel is None:
        return None
    lines = lines_that_count(snap)
    month = (days_of(lines["ordered_on"]).astype("datetime64[M]") - panel.first).astype(np.int64)
    pieces, minutes = (
        lines[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("quantity", "minutes")
    )
    worked = np.maximum(pieces * minutes / 60, 0.0)
    inside = (month >= 0) & (month < panel.months)
    told = inside & lines["process"].notna().to_numpy(dtype=bool) & (worked > 0)
    if not told.any():
        return None
    nodes = snap.frame(Process)
    names = dict(zip(nodes["id"], nodes["name"], strict=True))
    rows = lines[told]
    used = sorted(
        (Ref("Process", one, names.get(one, one)) for one in set(rows["process"])),
        key=lambda one: (one.name.casefold(), one.id),
    )
    known = pd.Index([one.id for one in used])
    process = known.get_indexer(pd.Index(rows["process"].to_numpy(object)))
    cell = process * panel.months + month[told]
    hours = np.bincount(cell, weights=worked[told], minlength=len(used) * panel.months)
    return MachineHours(
        panel,
        tuple(used),
        hours.reshape(len(used), panel.months).astype(np.float64),
        rows,
        process.astype(np.int64),
        month[told],
        worked[told],
        int((inside & ~told).sum()),
    )
