"""The whole graph as files."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pandas as pd

from graphkit.errors import GraphkitError
from graphkit.resolve.lookup import companies_by_account
from graphkit.schema import (
    MONEY_UNIT,
    TYPES,
    Entity,
    Is,
    Kind,
    Node,
    Property,
)
from graphkit.store.base import GraphStore

_INTERNAL = frozenset({"Meta", "Run"})
_FORMULA = r"^[=+\-@\t\r]"
_TEXT = Kind.TEXT.dtype


def export_csv(store: GraphStore, folder: Path) -> list[tuple[Path, int]]:
    """One CSV file per node and relationship type that has rows, and how many rows each has.

    Nodes begin with id and name; relationships with from_id, to_id, from_name, to_name and
    polarity. A relationship of an account is its company's, as on the map and in Neo4j. Amounts are
    in units of their currency; cells that would run as a formula get a leading apostrophe.

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
    tables: dict[str, list[pd.DataFrame]] = {}
    for label, table in _tables(store):
        if len(table):
            tables.setdefault(label, []).append(table)
    written = []
    for label, pieces in tables.items():
        rows = pd.concat(pieces, ignore_index=True)
        path = folder / f"{label}.csv"
        try:
            _harmless(rows).to_csv(path, index=False, lineterminator="\n")
        except OSError as error:
            raise GraphkitError(f"cannot be written: {error.strerror}", where=str(path)) from error
        written.append((path, len(rows)))
    return written


def _tables(store: GraphStore) -> Iterator[tuple[str, pd.DataFrame]]:
    """Every table with the label it goes by: nodes, then what ties them."""
    companies = companies_by_account(store.read(Is))
    names = _names(store)
    ties = []
    for name, entity in TYPES.items():
        if name in _INTERNAL:
            continue
        rows = store.read(entity)
        if issubclass(entity, Node):
            yield entity.label, _node_table(entity, rows)
            links = (item for item in entity.properties.values() if item.relation)
            ties += [(item.relation, _link_table(entity, item, rows)) for item in links]
        else:
            ties.append((entity.label, _columns(entity, rows)))
    for label, table in ties:
        yield label, _tie_table(table, {} if label == Is.label else companies, names)


def _names(store: GraphStore) -> dict[str, str]:
    """A readable name by id."""
    found: dict[str, str] = {}
    for entity in TYPES.values():
        if "name" in entity.properties:
            rows = store.read(entity, ["id", "name"]).dropna()
            found.update(zip(rows["id"], rows["name"], strict=True))
    return found


def _node_table(entity: type[Entity], rows: pd.DataFrame) -> pd.DataFrame:
    table = _columns(entity, rows)
    table.insert(1, "name", table.pop("name") if "name" in table else table["id"])
    return table


def _link_table(entity: type[Entity], item: Property, rows: pd.DataFrame) -> pd.DataFrame:
    """A many-to-one relationship, which the store keeps as a column, as rows of its own."""
    linked = rows[rows[item.name].notna()]
    mine, theirs = (linked["id"], entity.label), (linked[item.name], item.target)
    start, end = (theirs, mine) if item.inward else (mine, theirs)
    table = pd.DataFrame({"from_id": start[0], "to_id": end[0]})
    table["from_type"], table["to_type"] = start[1], end[1]
    if entity.event:
        table["on"] = linked[entity.event].astype(Kind.DATE.dtype)
    for name in ("file_id", "row"):
        if name in linked:
            table[name] = linked[name]
    return table.astype({"from_type": _TEXT, "to_type": _TEXT}).reset_index(drop=True)


def _tie_table(
    table: pd.DataFrame, companies: dict[str, str], names: dict[str, str]
) -> pd.DataFrame:
    """A relationship with names at both ends; an account's end is its company."""
    shown: dict[str, pd.Series] = {}
    for end in ("from", "to"):
        ids = table[f"{end}_id"]
        shown[f"{end}_id"] = ids.map(companies).astype(_TEXT).fillna(ids)
    for end in ("from", "to"):
        ids = shown[f"{end}_id"]
        shown[f"{end}_name"] = ids.map(names).astype(_TEXT).fillna(ids)
    asserted = pd.Series("asserted", index=table.index, dtype=_TEXT)
    shown["polarity"] = cast("pd.Series", table.get("polarity", asserted))
    rest = table[[name for name in table if name not in shown and name != "id"]]
    rest = rest.replace({"from_type": {"Account": "Company"}, "to_type": {"Account": "Company"}})
    return pd.concat([pd.DataFrame(shown), rest], axis=1)


def _columns(entity: type[Entity], rows: pd.DataFrame) -> pd.DataFrame:
    """The declared columns, with money in units and lists as one text."""
    shown = {}
    for name, item in entity.properties.items():
        column = rows[name]
        if item.kind is Kind.MONEY:
            column = column / MONEY_UNIT
        elif item.kind is Kind.TEXTS:
            column = pd.Series(["; ".join(one) for one in column], dtype=_TEXT)
        shown[name] = column
    return pd.DataFrame(shown)


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text that a spreadsheet would run."""
    for name in table.columns:
        if table[name].dtype == _TEXT:
            risky = table[name].str.match(_FORMULA).fillna(value=False).astype(bool)
            table[name] = table[name].mask(risky, "'" + table[name])
    return table
