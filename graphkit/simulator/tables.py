"""Tables of texts, and days and amounts as people write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.simulator.chance import Days, Ints
from graphkit.simulator.xlsx import write_xlsx

Rows = dict[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """One export: file name, columns of texts, and how it is encoded."""

    name: str
    frame: pd.DataFrame
    encoding: str = "utf-8"

    def write(self, folder: Path) -> Path:
        """Write the file into the folder and say where it is."""
        path = folder / self.name
        if path.suffix == ".xlsx":
            rows = [list(self.frame.columns), *self.frame.to_numpy().tolist()]
            write_xlsx(path, rows)
        else:
            self.frame.to_csv(path, index=False, encoding=self.encoding, lineterminator="\n")
        return path


def table(name: str, rows: Rows, encoding: str = "utf-8") -> Table:
    """A table of texts."""
    frame = pd.DataFrame({key: np.array(list(cells), dtype=object) for key, cells in rows.items()})
    return Table(name, frame, encoding)


def texts(values: Sequence[str], positions: Ints) -> npt.NDArray[np.object_]:
    """The value at each position."""
    return np.asarray(np.array(values, dtype=object)[positions])


def us_dates(days: Days) -> npt.NDArray[np.object_]:
    """Days as 03/31/2026; each different day is written only once."""
    return _formatted(days, "%m/%d/%Y")


def iso_dates(days: Days) -> npt.NDArray[np.object_]:
    """Days as 2026-03-31."""
    return _formatted(days, "%Y-%m-%d")


def _formatted(days: Days, form: str) -> npt.NDArray[np.object_]:
    unique, position = np.unique(days.astype("datetime64[D]"), return_inverse=True)
    return texts([day.strftime(form) for day in unique.tolist()], position)


def money(cents: Ints, sign: str = "") -> list[str]:
    """Cents as 1,234.50, with the sign of the currency before it if given."""
    return [f"{sign}{whole:,}.{rest:02d}" for whole, rest in zip(*_split(cents), strict=True)]


def _split(cents: Ints) -> tuple[list[int], list[int]]:
    return (cents // 100).tolist(), (cents % 100).tolist()
