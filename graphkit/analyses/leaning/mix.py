"""What order lines are of, customer by customer and month by month."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.month_panel import MonthPanel
from graphkit.encoded import positions
from graphkit.findings import Ref
from graphkit.schema import Finish, Material, Process
from graphkit.snapshot import Snapshot

Floats = npt.NDArray[np.float64]

ASPECTS: Final = {"process": Process, "finish": Finish, "material": Material}
KINDS: Final = {aspect: f"{aspect}-shift" for aspect in ASPECTS}
"""What a leaning is called, by what it is to."""
TIGHTER: Final = "tighter-tolerance"


@dataclasses.dataclass(frozen=True, slots=True)
class Mix:
    """What lines add up to and how many they are; customers by months.

    Attributes:
        value: The process, finish or kind of material that lines are counted of; None where it is
            their tolerances that are added up.
        sums: Lines of the value, or how tight they are.
        counts: Lines.
    """

    value: Ref | None
    sums: Floats
    counts: Floats

    def above_others(self) -> Floats:
        """Each customer's sums less what the shop's other customers had on average in the month."""
        sums = self.sums.sum(axis=0) - self.sums
        counts = self.counts.sum(axis=0) - self.counts
        usual = sums.sum(axis=1) / np.maximum(counts.sum(axis=1), 1.0)
        others = np.where(counts > 0, sums / np.maximum(counts, 1), usual[:, None])
        return np.asarray(self.sums - self.counts * others)


def shares(snap: Snapshot, panel: MonthPanel, lines: pd.DataFrame, aspect: str) -> list[Mix]:
    """Each process, finish or widest kind of material, with the lines that are of it.

    Args:
        snap: The graph.
        panel: The shop's customers and months.
        lines: Order lines that count.
        aspect: One of `ASPECTS`.
    """
    values = lines[aspect]
    nodes = snap.frame(ASPECTS[aspect])
    names = dict(zip(nodes["id"], nodes["name"], strict=True))
    if aspect == "material":
        values = values.map(_widest(nodes)).fillna(values)
    # No finish is an answer too; no process and no material are none.
    rows = lines if aspect == "finish" else lines[values.notna()]
    values = values[rows.index]
    counts = panel.sum(rows, np.ones(len(rows)))
    kinds = sorted(values.dropna().unique())
    codes = positions(values, kinds)
    return [
        Mix(Ref(ASPECTS[aspect].__name__, value, names.get(value, value)), sums, counts)
        for value, sums in zip(kinds, panel.counts(rows, codes, len(kinds)), strict=True)
    ]


def _widest(materials: pd.DataFrame) -> dict[str, str]:
    """The widest kind that each material is of: steel for 17-4 PH."""
    family = dict(zip(materials["id"], materials["family"], strict=True))
    widest = {}
    for one in family:
        kind = one
        while isinstance(wider := family.get(kind), str):
            kind = wider
        widest[one] = kind
    return widest


def tolerances(panel: MonthPanel, lines: pd.DataFrame) -> Mix:
    """How tight the lines are that state a tolerance: 2 for .01 mm, 3 for .001.

    Args:
        panel: The shop's customers and months.
        lines: Order lines that count.
    """
    rows = toleranced(lines)
    tightness = -np.log10(rows["tolerance"].to_numpy(dtype=np.float64))
    return Mix(None, panel.sum(rows, tightness), panel.sum(rows, np.ones(len(rows))))


def toleranced(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines that state a tolerance.

    Args:
        lines: Order lines.
    """
    return lines[(lines["tolerance"] > 0).fillna(value=False).to_numpy(dtype=bool)]
