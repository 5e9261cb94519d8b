"""Facts by company, sorted once, so that each company's rows are a slice."""

import itertools
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.month_panel import lines_that_count, orders_that_count
from graphkit.snapshot import Snapshot, days_of, once

Days = npt.NDArray[np.datetime64]


class CompanyRows:
    """Rows of a type with a company and a source.

    Args:
        frame: The rows; those of no company are left out.
        day: The date column by which they can be cut; empty for none.
    """

    def __init__(self, frame: pd.DataFrame, day: str = "") -> None:
        known = frame[frame["company"].notna()]
        self._rows = known.sort_values(["company", "file_id", "row"]).reset_index(drop=True)
        self._day = day
        owners = self._rows["company"].to_numpy(object)
        begins = np.flatnonzero(owners[1:] != owners[:-1]) + 1
        bounds = np.r_[0, begins, len(owners)].tolist()
        self._span = {
            owners[first]: (first, last)
            for first, last in itertools.pairwise(bounds)
            if first < last
        }

    def company(self, company: str) -> pd.DataFrame:
        """The rows of one company, by file and row."""
        first, last = self._span.get(company, (0, 0))
        return self._rows.iloc[first:last]

    @cached_property
    def _days(self) -> Days:
        return days_of(self._rows[self._day])

    @cached_property
    def _sources(self) -> npt.NDArray[np.object_]:
        row = self._rows["row"].astype("string[pyarrow]")
        return np.asarray((self._rows["file_id"] + ":" + row).to_numpy(object))

    def sources(
        self,
        company: str,
        since: np.datetime64 | None = None,
        until: np.datetime64 | None = None,
    ) -> tuple[str, ...]:
        """Where rows were read that happened from `since` up to, but without, `until`.

        Args:
            company: Whose.
            since: First day; None for no bound.
            until: The day after the last; None for no bound.

        Returns:
            "file_id:row" by file and row.
        """
        first, last = self._span.get(company, (0, 0))
        kept = np.ones(last - first, dtype=bool)
        if since is not None:
            kept &= self._days[first:last] >= since
        if until is not None:
            kept &= self._days[first:last] < until
        return tuple(one for one in self._sources[first:last][kept] if isinstance(one, str))


@once
def order_rows(snap: Snapshot) -> CompanyRows:
    """The orders that count, by company."""
    return CompanyRows(orders_that_count(snap), "ordered_on")


@once
def line_rows(snap: Snapshot) -> CompanyRows:
    """The order lines that count, by company."""
    return CompanyRows(lines_that_count(snap), "ordered_on")
