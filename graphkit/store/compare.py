"""What a batch would change: the rule by which the embedded store merges, on frames."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from graphkit.schema import BOOKS, CELLS, Entity, Kind


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of a batch that are not stored yet, rows that differ, and how many are as stored.

    `changed` holds the values to be stored, with what is to be kept filled in; `renewed` those of
    the unchanged rows of which the books differ that are to be renewed.
    """

    added: pd.DataFrame
    changed: pd.DataFrame
    renewed: pd.DataFrame
    unchanged: int

    @property
    def written(self) -> pd.DataFrame:
        """All rows that have to be written."""
        parts = [one for one in (self.added, self.changed) if len(one)]
        return pd.concat(parts, ignore_index=True) if parts else self.added

    def parts(self, size: int) -> Iterator["Difference"]:
        """The rows in turn, up to `size` of each sort at once."""
        frames = (self.added, self.changed, self.renewed)
        for start in range(0, max(map(len, frames)), size):
            added, changed, renewed = (one.iloc[start : start + size] for one in frames)
            yield Difference(added, changed, renewed, 0)

    def of_run(self, run: int) -> "Difference":
        """The same rows, as written by a run."""
        added, changed = (
            one.assign(run=pd.Series(run, index=one.index, dtype=Kind.INTEGER.dtype))
            for one in (self.added, self.changed)
        )
        return Difference(added, changed, self.renewed, self.unchanged)


def _by_hash(entity: type[Entity]) -> bool:
    return entity.sourced and not entity.fills


def renewed_by_rows(entity: type[Entity]) -> list[str]:
    """What a loaded row notes anew though it says what is stored: the cells that it now stands in.

    It keeps the file and the row that it was first read from.
    """
    return [name for name in entity.properties if name == CELLS]


def renewed_by_all(entity: type[Entity]) -> list[str]:
    """The same, where a type is set to exactly some rows: all of the books but the run."""
    return [name for name in entity.properties if entity.sourced and name in BOOKS - {"run"}]


def compared_with(entity: type[Entity], renewed: Sequence[str]) -> list[str]:
    """The stored columns that a comparison needs: of types with a hash it and what is renewed."""
    if not _by_hash(entity):
        return list(entity.properties)
    return list(dict.fromkeys(["id", "hash", *renewed]))


def difference(
    entity: type[Entity],
    staged: pd.DataFrame,
    stored: pd.DataFrame,
    *,
    filling: bool,
    renewed: Sequence[str],
) -> Difference:
    """Compare rows with those of the same id that are stored.

    Where rows have a hash, equal hashes end the comparison. Rows of types that fill are compared by
    value as well: what is stored may have come from two sources, and neither hash is that of the
    whole.

    Args:
        entity: The rows' type.
        staged: New rows.
        stored: The stored rows that have their ids, with the columns of `compared_with`.
        filling: Whether an empty value leaves the stored one, instead of erasing it.
        renewed: The books that are noted anew for rows that do not differ.
    """
    stored = stored.set_index("id")
    is_stored = staged["id"].isin(stored.index)
    added, common = staged[~is_stored], staged[is_stored]
    before = stored.loc[common["id"]].set_axis(common.index)
    if _by_hash(entity):
        differs = _distinct(common["hash"], before["hash"])
        moved = _moved(common, before, renewed) & ~differs
        return Difference(added, common[differs], common[moved], int((~differs).sum()))
    differs = pd.Series(data=False, index=common.index)
    kept = common.copy()
    for name in _compared(entity):
        if filling:
            differs |= common[name].notna() & _distinct(common[name], before[name])
            kept[name] = _filled(common[name], before[name])
        else:
            differs |= _distinct(common[name], before[name])
    if entity.sourced and filling:
        differs &= _distinct(common["hash"], before["hash"])
    moved = _moved(common, before, renewed) & ~differs
    return Difference(added, kept[differs], common[moved], int((~differs).sum()))


def _moved(rows: pd.DataFrame, before: pd.DataFrame, books: Sequence[str]) -> pd.Series:
    """Which rows come from another place than those that are stored."""
    found = pd.Series(data=False, index=rows.index)
    for name in books:
        found |= _distinct(rows[name], before[name])
    return found


def _compared(entity: type[Entity]) -> list[str]:
    """The columns that say whether a row changed: not where it was read, nor in which run."""
    left_out = {"id", "run"} | (BOOKS if entity.sourced else set())
    return [name for name in entity.properties if name not in left_out]


def _distinct(one: pd.Series, other: pd.Series) -> pd.Series:
    """Where two columns differ; two empty values do not."""
    if one.dtype == Kind.TEXTS.dtype:
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        return pd.Series([_plain(a) != _plain(b) for a, b in pairs], index=one.index, dtype=bool)
    either = one.isna() | other.isna()
    both = one.isna() & other.isna()
    unequal = (one != other).fillna(value=False).astype(bool)
    return (either & ~both) | (~either & unequal)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, Iterable) else None


def _filled(one: pd.Series, other: pd.Series) -> pd.Series:
    """The values of a column, and those of the other where it has none."""
    if one.dtype == Kind.TEXTS.dtype:
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        return pd.Series(
            [b if _plain(a) is None else a for a, b in pairs], index=one.index, dtype=one.dtype
        )
    return one.where(one.notna(), other)
