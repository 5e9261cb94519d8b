"""A whole graph as files for `neo4j-admin database import full`: the graph that a push draws.

With the same labels, relationships at companies, placeholders and books (see `cypher`), so that a
store opens what was imported; constraints and indexes are made then, and the marks of lists go with
the row of Meta that tells of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.batch import Batch
from graphkit.encoded import as_arrow
from graphkit.errors import GraphkitError
from graphkit.schema import TYPES, Account, Company, Entity, Is, Kind, Meta, Relationship, Run
from graphkit.store import cypher, drawing
from graphkit.store.base import GraphStore
from graphkit.store.exchange import by_ends
from graphkit.store.import_files import ARGUMENTS, ImportFile, ImportFolder
from graphkit.store.runs import finished_run, schema_version
from graphkit.store.tables import to_arrow

_RUN = 1
_CUSTOMER = "Customer"


def write_import(
    source: GraphStore, folder: Path, *, say: Callable[[str], None] = lambda _: None
) -> list[ImportFile]:
    """Write a graph, and the arguments of the import, into a folder.

    Args:
        source: The graph.
        folder: Where to; made when it is not there.
        say: Takes lines of progress.

    Returns:
        The files of nodes and relationships.

    Raises:
        GraphkitError: The folder cannot be written; what is there then is not taken for an export.
    """
    files = ImportFolder(folder, _lists(source))
    graph = _Graph(source, files)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # all rows of the shop go there
        # What was written before is no whole export any more, until this one is.
        (folder / ARGUMENTS).unlink(missing_ok=True)
        for entity in TYPES.values():
            rows = _rows(source, entity)
            if len(rows):
                graph.draw(entity, rows)
                say(f"{entity.__name__}: {len(rows):,} rows")
        graph.draw_placeholders()
        files.close()
    except OSError as error:
        raise GraphkitError(
            f"cannot be written: {error.strerror}",
            where=str(folder),
            next_step="another folder, or more room there, then the same again",
        ) from error
    return files.files


def _lists(source: GraphStore) -> Iterator[list[str]]:
    for entity in TYPES.values():
        for name, item in entity.properties.items():
            if item.kind is Kind.TEXTS:
                yield from (list(one) for one in source.read(entity, [name])[name].dropna())


def _rows(source: GraphStore, entity: type[Entity]) -> pd.DataFrame:
    """The rows of a type as a push into an empty Neo4j would leave them."""
    if entity is Run:
        return finished_run(_RUN, "push").frame
    if entity is Meta:
        imported = Batch.of(Meta, {"id": [cypher.IMPORTED], "value": ["lists have marks"]})
        return pd.concat([schema_version().frame, imported.frame], ignore_index=True)
    rows = source.read(entity)
    if "run" in rows:
        rows["run"] = pd.Series(_RUN, index=rows.index, dtype=Kind.INTEGER.dtype)
    return rows


class _Graph:
    """What was written so far, and which ids it names.

    Args:
        source: The graph.
        files: Where to write.
    """

    def __init__(self, source: GraphStore, files: ImportFolder) -> None:
        joined = source.read(Is, ["from_id", "to_id"])
        self._accounts, self._companies = as_arrow(joined["from_id"]), as_arrow(joined["to_id"])
        self._files = files
        self._there: dict[str, list[pa.Array]] = defaultdict(list)
        self._named: dict[str, list[pa.Array]] = defaultdict(list)

    def draw(self, entity: type[Entity], rows: pd.DataFrame) -> None:
        """Write the rows of a type, and what its link columns draw."""
        if issubclass(entity, Relationship):
            for start, end, frame in by_ends(entity, rows):
                self._relationships(entity, start, end, frame)
            return
        self._nodes(entity, rows)
        for link in drawing.links_of(entity):
            self._link(link, rows)

    def draw_placeholders(self) -> None:
        """Write the nodes that something names and that have no row."""
        for label, named in sorted(self._named.items()):
            ids = pc.unique(pa.chunked_array(named, pa.string()))
            there = pa.chunked_array(self._there[label], pa.string())
            missing = ids.filter(pc.invert(pc.is_in(ids, there)))
            self._files.nodes(label, {_id(label): missing}, name=f"{label}-placeholder")

    def _nodes(self, entity: type[Entity], rows: pd.DataFrame) -> None:
        columns = self._columns(entity, rows)
        columns = {_id(entity.label): columns.pop("id:string"), **columns}
        if cypher.required(entity) == cypher.STORED:
            columns[f"{cypher.STORED}:boolean"] = pa.repeat(True, len(rows))
        self._there[entity.label].append(as_arrow(rows["id"]))
        if entity is Company:
            buys = as_arrow(rows["is_customer"])
            self._files.nodes(f"{entity.label}:{_CUSTOMER}", _filtered(columns, buys))
            columns = _filtered(columns, pc.invert(buys))
        self._files.nodes(entity.label, columns)

    def _link(self, link: drawing.Link, rows: pd.DataFrame) -> None:
        linked = rows[rows[link.item.name].notna()]
        ids, targets = as_arrow(linked["id"]), as_arrow(linked[link.item.name])
        label = TYPES[link.item.target].label
        if link.to_account:
            label, targets = Company.label, self._company(targets)
            ids, targets = ids.filter(targets.is_valid()), targets.drop_null()
        else:
            self._named[label].append(targets)
        ends = [(link.entity.label, ids), (label, targets)]
        (start, starts), (end, to) = reversed(ends) if link.item.inward else ends
        self._files.relationships(link.item.relation, start, end, {"start": starts, "end": to})

    def _relationships(
        self, entity: type[Relationship], start: str, end: str, rows: pd.DataFrame
    ) -> None:
        sides = []
        for side, name in (("from", start), ("to", end)):
            ids = as_arrow(rows[f"{side}_id"])
            self._named[TYPES[name].label].append(ids)
            sides.append(self._places(entity, side, TYPES[name], ids))
        columns = self._columns(entity, rows)
        for from_label, starts in sides[0]:
            for to_label, ends in sides[1]:
                drawn = pc.and_(starts.is_valid(), ends.is_valid())
                table = _filtered({"start": starts, "end": ends, **columns}, drawn)
                self._files.relationships(entity.label, from_label, to_label, table)

    def _places(
        self, entity: type[Entity], side: str, at: type[Entity], ids: pa.Array
    ) -> list[tuple[str, pa.Array]]:
        """At which nodes an end of each row is drawn, by their label; each row has one of these."""
        if at is not Account or side not in cypher.sides_at_company(entity):
            return [(at.label, ids)]
        companies = self._company(ids)
        nowhere = pa.nulls(len(ids), pa.string())
        alone = pc.if_else(companies.is_null(), ids, nowhere)
        return [(Company.label, companies), (Account.label, alone)]

    def _company(self, accounts: pa.Array) -> pa.Array:
        """The company that each account is; null where that is not known."""
        return self._companies.take(pc.index_in(accounts, self._accounts))

    def _columns(self, entity: type[Entity], rows: pd.DataFrame) -> dict[str, pa.Array]:
        table = to_arrow(entity, rows)
        return dict(
            self._files.column(item, table[name]) for name, item in entity.properties.items()
        )


def _id(label: str) -> str:
    """The header of the ids of a label: no two labels share them."""
    return f"id:ID({label})"


def _filtered(columns: dict[str, pa.Array], wanted: pa.Array) -> dict[str, pa.Array]:
    table = pa.table(columns).filter(wanted)
    return dict(zip(table.column_names, table.columns, strict=True))
