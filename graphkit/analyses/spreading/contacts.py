"""Who could have heard of something from whom: follows, likes, shares and shared projects."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.spreading.adoptions import NEVER
from graphkit.findings import sources_of
from graphkit.schema import Follows, Liked, Project, Shared
from graphkit.snapshot import Snapshot, days_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclasses.dataclass(frozen=True, slots=True)
class Contacts:
    """Pairs of companies of which the first could have heard from the second.

    Attributes:
        to: Position of the one that hears.
        of: Position of the one that it hears from.
        day: The first day that they were in contact, counted from 1970.
        rows: What says so: file_id and row.
        soon: Days within which one may have followed the other; what is older by so much exposes
            half as much.
    """

    to: Ints
    of: Ints
    day: Ints
    rows: pd.DataFrame
    soon: int

    def since(self, companies: int) -> Ints:
        """The first day on which each company could hear from any; NEVER where it could not.

        Args:
            companies: How many there are.
        """
        found = np.full(companies, NEVER, dtype=np.int64)
        np.minimum.at(found, self.to, self.day)
        return found

    def taken_up(self, first: Ints, day: int) -> Bools:
        """In which pairs the second had taken a topic up by a day.

        Args:
            first: The day of each company's first sign of it.
            day: Counted from 1970.
        """
        return np.asarray((first[self.of] <= day) & (self.day <= day))

    def exposure(self, first: Ints, day: int) -> Floats:
        """How many contacts of each company had taken a topic up by a day; the older, the less.

        Args:
            first: The day of each company's first sign of it.
            day: Counted from 1970.
        """
        so = self.taken_up(first, day)
        weight = 2.0 ** (-(day - first[self.of[so]]) / self.soon)
        return np.bincount(self.to[so], weights=weight, minlength=len(first)).astype(np.float64)

    def sources(self, pairs: Bools) -> tuple[str, ...]:
        """The rows that say that some pairs are in contact.

        Args:
            pairs: Which.
        """
        return sources_of(self.rows[pairs])


def contacts(snap: Snapshot, companies: npt.NDArray[np.object_], soon: int) -> Contacts:
    """Every pair once, with the first day and the row that says so.

    Who follows, likes or shares hears from the other and not the other way round; who has a project
    for somebody, and that somebody, hear from each other.

    Args:
        snap: Follows, Liked, Shared and Project may be empty.
        companies: Company ids, sorted.
        soon: Days within which one may have followed the other.
    """
    pieces = [
        _pairs(snap.frame(one), "from_company", "to_company", "on")
        for one in (Follows, Liked, Shared)
    ]
    projects = snap.frame(Project)
    ends = ("company", "end_customer_company")
    pieces += [_pairs(projects, *one, "started_on") for one in (ends, ends[::-1])]
    rows = pd.concat(pieces, ignore_index=True).dropna(subset=["to", "of"])
    rows = rows[(rows["to"] != rows["of"]).to_numpy(dtype=bool)]
    rows = rows.sort_values(["to", "of", "day", "file_id", "row"])
    rows = rows.drop_duplicates(["to", "of"], ignore_index=True)
    to, of = (np.searchsorted(companies, rows[end].to_numpy(object)) for end in ("to", "of"))
    return Contacts(to, of, rows["day"].to_numpy(np.int64), rows[["file_id", "row"]], soon)


def _pairs(rows: pd.DataFrame, to: str, of: str, on: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "to": rows[to].astype(object),
            "of": rows[of].astype(object),
            "day": days_of(rows[on]).astype(np.int64),
            "file_id": rows["file_id"],
            "row": rows["row"],
        }
    )
