"""Exports: files with the loader for each, and what several of them hold together."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from graphkit.batch import Batch, Reading, Source
from graphkit.errors import UnreadableError, writable
from graphkit.pipeline.choose import SURE
from graphkit.pipeline.corrections import SOURCE
from graphkit.pipeline.whole_orders import orders_together
from graphkit.plugins import SHOP_PROCESSES, Loader, Tables
from graphkit.schema import Entity
from graphkit.sheets import Sheet
from graphkit.sheets.files import sheets_of
from graphkit.sheets.members import Member


@dataclasses.dataclass(frozen=True, slots=True)
class Export:
    """A file, or those sheets of a workbook that are of one kind, and the loader for it.

    Attributes:
        member: The file, or the one within a zip file.
        source: Where its rows come from.
        loader: Reads it.
        content: SHA-256 of its bytes.
        reading: The version of the loader and of what the reading depends on besides the files, as
            the File keeps it.
        sheets: What to read; empty while the same bytes are stored already, and nothing else
            changed that they depend on.
        answer: What a database answered, where the file is a query.
        size: How much there is to read, in bytes.
    """

    member: Member
    source: Source
    loader: Loader
    content: str
    reading: str
    sheets: tuple[Sheet, ...] = ()
    answer: tuple[Sheet, ...] = ()
    size: int = 1

    @property
    def name(self) -> str:
        """How it is shown: its place in the folder or zip file that was named."""
        return self.member.name

    @property
    def fresh(self) -> bool:
        """Whether it has to be read: the store does not have it as it is now."""
        return bool(self.sheets)

    def read(self, tables: Tables) -> Reading:
        """What it holds; opens the file when that was not needed before.

        Args:
            tables: The other files of its system.

        Raises:
            UnreadableError: The loader cannot make sense of it.
        """
        sheets = self.all_sheets()
        made = _together([self.loader.read(one, self.source, tables) for one in sheets])
        return dataclasses.replace(made, corrects=any(_corrects(one.cells) for one in sheets))

    def corrects(self) -> bool:
        """Whether it only makes up for rows of another file that were rejected."""
        return any(_corrects(one.cells) for one in self.all_sheets())

    def all_sheets(self) -> list[Sheet]:
        """What to read of it, also where the same bytes are stored already."""
        if self.sheets or self.answer:
            return list(self.sheets or self.answer)
        return [one for one in placed_sheets(self.member, self.member.content()) if self._fits(one)]

    def _fits(self, sheet: Sheet) -> bool:
        seen = self.loader.recognise(sheet)
        return seen is not None and not seen.missing and seen.score >= SURE


@dataclasses.dataclass(frozen=True, slots=True)
class Recognised:
    """What the files are, by what is in them.

    Attributes:
        exports: What can be read, by instance and kind: each group is one commit.
        refused: Why a file cannot be read, by its shown name.
        passed_over: Files and sheets that are no tables of a shop, with the reason.
        processes: Process by name of a work centre, as the shop says.
    """

    exports: Mapping[tuple[str, str], Sequence[Export]]
    refused: Mapping[str, str]
    passed_over: Sequence[str]
    processes: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def all_exports(self) -> list[Export]:
        """Every export, in the order of the groups."""
        return [one for group in self.exports.values() for one in group]

    def tables_for(self, one: Export) -> Tables:
        """The cells of the files that an export looks into, by the system's name for them.

        Rows to correct are no table to look into unless the file that they are of is there too.

        Raises:
            UnreadableError: It only completes other files, and none of them is here; or it has
                corrected rows of which the other files are missing.
        """
        if one.loader.kind == "lookup" and not self._is_looked_into(one):
            raise UnreadableError(
                f"{one.loader.table} only completes other exports of {one.source.system}, "
                "and none of them is in this load",
                where=one.name,
                next_step="load it together with them: graphkit load FOLDER",
            )
        found: dict[str, list[pd.DataFrame]] = {}
        for other in looked_into(one, self.all_exports):
            cells = [sheet.cells for sheet in other.all_sheets()]
            found.setdefault(other.loader.table, []).extend(cells)
        found = {name: all_of for name, all_of in found.items() if not all(map(_corrects, all_of))}
        if one.loader.wants and not found and one.corrects():
            raise UnreadableError(
                f"corrected rows of {one.loader.name} are read together with the files that they "
                f"look into: {', '.join(one.loader.wants)}",
                where=one.name,
                next_step="load both: graphkit load EXPORTS CORRECTED",
            )
        tables = {name: pd.concat(cells, ignore_index=True) for name, cells in found.items()}
        if one.loader.by_process and self.processes:
            said = {"work_centre": [*self.processes], "process": [*self.processes.values()]}
            tables[SHOP_PROCESSES] = pd.DataFrame(said)
        return tables

    def _is_looked_into(self, one: Export) -> bool:
        return any(
            one is seen
            for other in self.all_exports
            if other is not one
            for seen in looked_into(other, self.all_exports)
        )


def _corrects(cells: pd.DataFrame) -> bool:
    return SOURCE in cells


def looked_into(one: Export, exports: Sequence[Export]) -> list[Export]:
    """The files of its system that an export looks into; itself among them where it does."""
    return [
        other
        for other in exports
        if other.loader.table in one.loader.wants and other.source.instance == one.source.instance
    ]


def placed_sheets(member: Member, content: bytes) -> list[Sheet]:
    """The sheets of a file, which know in which folder it stands."""
    place = place_of(member)
    return [dataclasses.replace(one, place=place) for one in sheets_of(member, content)]


def place_of(member: Member) -> str:
    """A file with its folders, those within a zip file included."""
    return writable((member.path.resolve() / member.shown).as_posix())


def _together(readings: Sequence[Reading]) -> Reading:
    """What several sheets of one kind hold."""
    if len(readings) == 1:
        return readings[0]
    days = [one.first_on for one in readings if one.first_on]
    last = [one.last_on for one in readings if one.last_on]
    amounts = [one.amount for one in readings if one.amount is not None]
    stated = [one.stated for one in readings if one.stated is not None]
    remarks, nothing = Counter[str](), Counter[str]()
    for one in readings:
        remarks.update(one.remarks)
        nothing.update(one.nothing)
    rejects = pd.concat([one.rejects for one in readings], ignore_index=True)
    return Reading(
        batches=joined(readings),
        rejects=rejects.drop_duplicates(["row", "column"]),
        rows=sum(one.rows for one in readings),
        repeated=sum(one.repeated for one in readings),
        amount=sum(amounts) if amounts else None,
        stated=sum(stated) if len(stated) == len(readings) else None,
        first_on=min(days, default=""),
        last_on=max(last, default=""),
        as_of=max(one.as_of for one in readings),
        remarks=remarks,
        nothing=nothing,
    )


def joined(readings: Sequence[Reading]) -> tuple[Batch, ...]:
    """One batch a type, in the order in which the readings have the types."""
    pieces: dict[type[Entity], list[Batch]] = {}
    for one in readings:
        for batch in one.batches:
            pieces.setdefault(batch.entity, []).append(batch)
    together = tuple(
        batches[0] if len(batches) == 1 else _one_batch(entity, batches)
        for entity, batches in pieces.items()
    )
    return orders_together(readings, together)


def _one_batch(entity: type[Entity], batches: Sequence[Batch]) -> Batch:
    """Batches of a type as one; where one brings a row that another keeps, the last one counts."""
    frame = pd.concat([one.frame for one in batches], ignore_index=True)
    kept = pd.concat([one.kept for one in batches], ignore_index=True)
    if not len(kept):
        return Batch.of(entity, frame)
    brought_in = pd.Series(_turns([len(one.frame) for one in batches]), index=frame["id"])
    kept_in = pd.Series(_turns([len(one.kept) for one in batches]), index=kept["id"])
    last_brought = brought_in.groupby(level=0).max().reindex(kept_in.index).fillna(-1)
    stays = kept_in.to_numpy() > last_brought.to_numpy()
    kept = kept[stays].drop_duplicates("id", ignore_index=True)
    taken_back = frame["id"].isin(kept["id"]).to_numpy(bool)
    return dataclasses.replace(Batch.of(entity, frame[~taken_back]), kept=kept)


def _turns(counts: Sequence[int]) -> np.ndarray:
    """The number of the batch that each row is of."""
    return np.repeat(np.arange(len(counts)), counts)
