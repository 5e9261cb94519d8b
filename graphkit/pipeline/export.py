"""The whole graph as files."""

from pathlib import Path

import pandas as pd

from graphkit.errors import GraphkitError
from graphkit.schema import MONEY_UNIT, TYPES, Entity, Is, Kind, Relationship
from graphkit.store.base import GraphStore

_INTERNAL = frozenset({"Meta", "Run"})
_FORMULA = r"^[=+\-@\t\r]"


def export_csv(store: GraphStore, folder: Path) -> list[tuple[Path, int]]:
    """One CSV file per type that has rows, and how many rows each has.

    Nodes begin with id and name; relationships with from_id, to_id, from_name, to_name and
    polarity. Amounts are in units of their currency; cells that would run as a formula get a
    leading apostrophe.

    Args:
        store: A store to read.
        folder: Where to; made when it is not there.

    Raises:
        GraphkitError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphkitError(f"cannot be made: {error.strerror}", where=str(folder)) from error
    names = _names(store)
    written = []
    for name, entity in TYPES.items():
        if name in _INTERNAL or store.count(entity) == 0:
            continue
        rows = _presented(entity, store.read(entity), names)
        path = folder / f"{entity.label}.csv" if _alone(entity) else folder / f"{name}.csv"
        try:
            rows.to_csv(path, index=False, lineterminator="\n")
        except OSError as error:
            raise GraphkitError(f"cannot be written: {error.strerror}", where=str(path)) from error
        written.append((path, len(rows)))
    return written


def _alone(entity: type[Entity]) -> bool:
    """Whether no other type has the same label: two kinds of ABOUT are two files."""
    return sum(one.label == entity.label for one in TYPES.values()) == 1


def _names(store: GraphStore) -> dict[str, str]:
    """A readable name by id; an account goes by its company's name."""
    found: dict[str, str] = {}
    for entity in TYPES.values():
        if "name" in entity.properties:
            rows = store.read(entity, ["id", "name"]).dropna()
            found.update(zip(rows["id"], rows["name"], strict=True))
    joined = store.read(Is, ["from_id", "to_id"])
    found.update(
        {
            account: found[company]
            for account, company in zip(joined["from_id"], joined["to_id"], strict=True)
        }
    )
    return found


def _presented(entity: type[Entity], rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    shown = {}
    if issubclass(entity, Relationship):
        for end in ("from", "to"):
            shown[f"{end}_id"] = rows[f"{end}_id"]
        for end in ("from", "to"):
            ids = rows[f"{end}_id"]
            shown[f"{end}_name"] = ids.map(names).astype(Kind.TEXT.dtype).fillna(ids)
        empty = pd.Series("asserted", index=rows.index, dtype=Kind.TEXT.dtype)
        shown["polarity"] = rows.get("polarity", empty)
    else:
        shown["id"] = rows["id"]
        shown["name"] = rows["name"] if "name" in rows else rows["id"]
    for name, item in entity.properties.items():
        if name in shown or (name == "id" and "from_id" in shown):
            continue
        column = rows[name]
        if item.kind is Kind.MONEY:
            column = column / MONEY_UNIT
        elif item.kind is Kind.TEXTS:
            column = pd.Series(["; ".join(one) for one in column], dtype=Kind.TEXT.dtype)
        shown[name] = column
    table = pd.DataFrame(shown)
    for name in table.columns:
        if table[name].dtype == Kind.TEXT.dtype:
            risky = table[name].str.match(_FORMULA).fillna(value=False).astype(bool)
            table[name] = table[name].mask(risky, "'" + table[name])
    return table
