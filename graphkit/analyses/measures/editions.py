"""Editions of trade shows: when each was, who was there, and who says they will be at the next."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from graphkit.findings import Ref, sources_of
from graphkit.schema import Attended, Person, TradeShow
from graphkit.snapshot import Snapshot, days_of
from graphkit.ties import attendance


@dataclasses.dataclass(frozen=True, slots=True)
class Presence:
    """That a company was at an edition, or goes there, itself or by its people.

    Attributes:
        company: Which.
        people: Its people who were named, by name.
        said_on: The last day on which it was said.
        sources: Rows that say so, as "file_id:row".
    """

    company: Ref
    people: tuple[Ref, ...]
    said_on: dt.date
    sources: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a show, and who was said to be there or to go there.

    Attributes:
        show: The edition.
        series: Which show.
        year: Its year.
        held: The middle of the days on which it was said that somebody is there: no export says
            when a show is.
        coming: Whether it is still to come.
        present: Companies, by name.
        people: People, by name; also those of whom nobody knows where they work.
        denied: Ids of companies of which it was last said that they do not go.
        sources: Rows that say who was there.
    """

    show: Ref
    series: str
    year: int
    held: dt.date
    coming: bool
    present: tuple[Presence, ...]
    people: tuple[Ref, ...]
    denied: frozenset[str]
    sources: tuple[str, ...]

    @property
    def held_day(self) -> np.datetime64:
        """The day as numpy has it."""
        return np.datetime64(self.held)

    @property
    def companies(self) -> list[Ref]:
        """Companies there, by name."""
        return [one.company for one in self.present]


def editions(snap: Snapshot) -> list[Edition]:
    """Every edition of which somebody was asserted to be there or to go there, oldest first.

    An edition is still to come when its year is, or when its series was held later in the year than
    this day in the years before.

    Args:
        snap: Needs Attended.
    """
    rows = attendance(snap)
    denials = _denials(snap)
    shows = snap.frame(TradeShow).set_index("id")
    years, series_of = shows["year"].to_dict(), shows["series"].to_dict()
    people = snap.frame(Person)
    names = dict(zip(people["id"], people["name"], strict=True))
    usual = _usual_days(snap, rows, shows)
    found = []
    for key, said in rows.groupby("to_id", sort=True):
        show = str(key)
        series, year = str(series_of[show]), int(years[show])
        present = _present(snap, said, names)
        found.append(
            Edition(
                show=Ref("TradeShow", show, f"{series} {year}"),
                series=series,
                year=year,
                held=days_of(said["held"])[0].astype(object),
                coming=_coming(snap.as_of, year, usual.get(series)),
                present=present,
                people=_people(said, names),
                denied=_denied(denials.get(show, {}), present),
                sources=sources_of(said),
            )
        )
    return sorted(found, key=lambda one: (one.held, one.show.name))


def _present(
    snap: Snapshot, said: pd.DataFrame, names: Mapping[str, object]
) -> tuple[Presence, ...]:
    last = _last_said(said)
    found = [
        Presence(snap.ref(str(one)), _people(rows, names), last[str(one)], sources_of(rows))
        for one, rows in said.dropna(subset=["company"]).groupby("company", sort=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.company.name, one.company.id)))


def _people(said: pd.DataFrame, names: Mapping[str, object]) -> tuple[Ref, ...]:
    """The people who are named, by name."""
    refs = []
    for one in said["person"].dropna().unique().tolist():
        name = names.get(one)
        refs.append(Ref("Person", one, name if isinstance(name, str) else one))
    return tuple(sorted(refs, key=lambda ref: (ref.name, ref.id)))


def _last_said(rows: pd.DataFrame) -> dict[str, dt.date]:
    """The last day on which each company was spoken of, by its id."""
    known = rows.dropna(subset=["company"])
    days = pd.Series(days_of(known["on"]), index=known["company"].to_numpy(object))
    return {str(one): day.date() for one, day in days.groupby(level=0).max().items()}


def _denials(snap: Snapshot) -> dict[str, dict[str, dt.date]]:
    """By edition and company, the last day on which it was said that it does not go."""
    rows = snap.frame(Attended)
    rows = rows[(rows["polarity"] == "negated").to_numpy(dtype=bool)]
    company = rows["from_company"].fillna(rows["from_id"].map(snap.employers))
    rows = rows.assign(company=company)
    return {str(show): _last_said(said) for show, said in rows.groupby("to_id", sort=True)}


def _denied(last: Mapping[str, dt.date], present: Iterable[Presence]) -> frozenset[str]:
    said_on = {one.company.id: one.said_on for one in present}
    return frozenset(one for one, day in last.items() if day >= said_on.get(one, day))


def _usual_days(snap: Snapshot, rows: pd.DataFrame, shows: pd.DataFrame) -> dict[str, float]:
    """On which day of the year each series was held as a rule, in the years before this one."""
    held = rows.drop_duplicates("to_id")
    year = held["to_id"].map(shows["year"]).to_numpy(np.int64)
    days = days_of(held["held"])
    of_year = (days - days.astype("datetime64[Y]")).astype(np.int64)
    before = year < snap.as_of.year
    series = held["to_id"].map(shows["series"]).to_numpy(object)[before]
    return dict(pd.Series(of_year[before], index=series).groupby(level=0).median())


def _coming(as_of: dt.date, year: int, usual: float | None) -> bool:
    if year == as_of.year and usual is not None:
        return usual > as_of.timetuple().tm_yday
    return year > as_of.year
