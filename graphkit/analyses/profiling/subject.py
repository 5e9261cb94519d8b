"""The company that a profile is about, with what all its sections look up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.profiling.sentences import Sentence
from graphkit.schema import Entity
from graphkit.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Subject:
    """The company that a profile is about.

    Attributes:
        snap: What was known.
        company: Its id.
        brings: The export that brings rows of a type, for what is not known.
    """

    snap: Snapshot
    company: str
    brings: Mapping[str, str]

    @property
    def name(self) -> str:
        """Its name."""
        return self.snap.names[self.company]

    def unknown(self, what: str, needs: str, *, others: bool) -> Sentence:
        """That nothing is known of something, and what would tell.

        Args:
            what: What is not known.
            needs: The type whose rows would tell.
            others: Whether the exports have it of others.
        """
        brings = self.brings.get(needs, "")
        if others:
            text = f"Unknown: the exports have no {what} for this company, though for others: ask."
        else:
            tell = f" What would tell: {brings}." if brings else ""
            text = f"Unknown: no {what} in the exports.{tell}"
        return Sentence(text, unknown=True)

    def of(self, rows: pd.DataFrame, column: str = "company") -> pd.DataFrame:
        """The rows that are about it.

        Args:
            rows: Rows of a type.
            column: Where the company stands.
        """
        return rows[self.mask(rows[column])]

    def mask(self, column: "pd.Series[Any]") -> npt.NDArray[np.bool_]:
        """Where it stands in a column."""
        same = column.astype("string[pyarrow]") == self.company
        return np.asarray(same.to_numpy(dtype=bool, na_value=False))

    def names(self, entity: type[Entity]) -> dict[str, str]:
        """Name by id of a type that has names."""
        rows = self.snap.frame(entity)
        return dict(zip(rows["id"], rows["name"], strict=True))
