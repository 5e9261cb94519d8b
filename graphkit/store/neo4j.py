"""The Neo4j store: the same contract as the embedded one, on one machine, a cluster or Aura."""

import contextlib
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager

import pandas as pd
import pyarrow as pa

from graphkit.batch import Batch
from graphkit.errors import AccessRefusedError, StoreUnreachableError
from graphkit.schema import ADDED_SINCE, SCHEMA_VERSION, Entity, Is, Meta, Relationship, frame_of
from graphkit.statistics.engine import Engine
from graphkit.store import compare, cypher, drawing
from graphkit.store.address import credentials, parsed
from graphkit.store.base import Changes, GraphStore, Scope
from graphkit.store.bolt import Bolt
from graphkit.store.compare import Difference
from graphkit.store.data_science import DataScience
from graphkit.store.exchange import by_ends, parts, rows_of, stored_frame, table_of
from graphkit.store.patience import Say
from graphkit.store.runs import recorded_run, schema_version, unfinished_run
from graphkit.store.tables import to_frame

BATCH = 10_000
"""Rows a statement: fewer cost the server up to 1.7 times as much, more gain nothing."""
PAGE = 300_000
"""Values that are read at once: a few dozen megabytes, on either side."""
FAR_MORE = 3
"""How many rows in turn are read in the time of looking one up by its id, or a little less."""
ACCOUNTS = 500
"""Accounts a statement whose company changed: each may have a hundred orders."""


def connect(place: str, *, say: Say = lambda _: None) -> "Neo4jStore":
    """The store at an address, with the password of the environment or the one that is kept.

    Args:
        place: Such as neo4j+s://user@server:7687/database.
        say: Takes lines of progress: what is tried again, and why.
    """
    address = parsed(place)
    return Neo4jStore(address.uri, **credentials(address), say=say)


class Neo4jStore(GraphStore):
    """A graph in a Neo4j database.

    A row is a node or a relationship with the row's columns; links are drawn as relationships,
    and what belongs to an account is drawn at its company (see `cypher`). What a lost
    connection or a deadlock undoes is done again (see `blocks`). Use it from one thread.

    Args:
        uri: Address, such as bolt://localhost:7687 or neo4j+s://....
        user: Who asks.
        password: The user's password.
        database: Name of the database; the user's home database when empty.
        say: Takes lines of progress: what is tried again, and why.

    Raises:
        StoreUnreachableError: Nobody answers there, or a Neo4j that is too old, or the graph is of
            a newer version.
        AccessRefusedError: The user or password is refused.
    """

    def __init__(
        self,
        uri: str,
        *,
        user: str,
        password: str,
        database: str = "",
        say: Say = lambda _: None,
    ) -> None:
        self._bolt = Bolt(uri, user=user, password=password, database=database, say=say)
        self._emptied: set[type[Entity]] = set()
        self._interrupted = False
        self._engines: list[DataScience] = []
        try:
            self._prepare()
        except BaseException:
            self._bolt.close()
            raise

    def _prepare(self) -> None:
        """Check the version of the graph, and make what is missing of constraints and indexes."""
        version = self.read(Meta, ["value"], where=("id", ["schema_version"]))["value"]
        known = range(ADDED_SINCE, SCHEMA_VERSION + 1)
        if len(version) and int(version[0]) not in known:
            newer = int(version[0]) > SCHEMA_VERSION
            raise StoreUnreachableError(
                f"the graph has schema version {version[0]}, this graphkit has {SCHEMA_VERSION}.",
                where=self._bolt.uri,
                next_step="pip install --upgrade graphkit-crm"
                if newer
                else "empty the database, then graphkit neo4j push",
            )
        # Before any write: each merges a row of Meta, which only its constraint keeps one.
        if missing := self._missing():
            self._bolt.make_schema(missing)
        imported = len(self.read(Meta, ["id"], where=("id", [cypher.IMPORTED])))
        # Who may only read leaves all as it is; whoever writes does it.
        with contextlib.suppress(AccessRefusedError):
            if imported:
                self._unmark()
            if version.empty or int(version[0]) != SCHEMA_VERSION:
                self.write(schema_version(), run=0)

    def _missing(self) -> list[str]:
        """The statements that make what is missing of constraints and indexes."""
        shown = "SHOW INDEXES YIELD name RETURN collect(name) AS names"
        try:
            there = set(self._bolt.read(shown)["names"])
        except AccessRefusedError:  # a role that may not see them makes none
            return []
        return [text for name, text in cypher.schema_names().items() if name not in there]

    def _unmark(self) -> None:
        """Take the marks of an import away from lists, once, whoever else opens the graph too."""
        with self.transaction():
            if self._bolt.write(cypher.forget_import(), imported=cypher.IMPORTED)["n"]:
                for statement in cypher.unmark():
                    self._bolt.write(statement, mark=cypher.MARK)

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside become visible together, or none do when an error leaves the block.

        A block of very many rows is committed in pieces (see `bolt.Bolt.transaction`); its run
        stays "writing" until it ends, and the next load resumes by hash.
        """
        return self._bolt.transaction()

    def write(self, batch: Batch, *, run: int) -> Changes:
        """Add new rows and change changed ones, by id (see `GraphStore.write`)."""
        entity, frame = batch.entity, batch.frame
        books = compare.renewed_by_rows(entity)
        with self.transaction():
            beside = self._beside(entity, frame, compare.compared_with(entity, books))
            return self._merge(batch, beside, books, filling=entity.fills, run=run)

    def replace(self, batch: Batch, scope: Scope, *, run: int) -> Changes:
        """Write a batch, and remove rows within `scope` that it does not have."""
        entity = batch.entity
        with self.transaction():
            changes = self.write(batch, run=run)
            if "file_id" not in entity.properties:
                return changes
            days = {"first": scope.first, "last": scope.last} if entity.event else {}
            statement = cypher.ids_in_scope(entity)
            stored = self._bolt.read(statement, files=list(scope.file_ids), **days)["ids"]
            gone = set(stored) - set(batch.ids)
            return changes + Changes(removed=self.remove(entity, gone))

    def set_all(self, batch: Batch, *, run: int) -> Changes:
        """Make a type hold exactly the rows of a batch; here an empty value erases always."""
        entity, frame = batch.entity, batch.frame
        books = compare.renewed_by_all(entity)
        with self.transaction():
            stored = self.read(entity, compare.compared_with(entity, books))
            removed = self.remove(entity, stored["id"][~stored["id"].isin(batch.ids)].tolist())
            changes = self._merge(batch, [(frame, stored)], books, filling=False, run=run)
            return changes + Changes(removed=removed)

    def remove(self, entity: type[Entity], ids: Collection[str]) -> int:
        """Remove rows by id; how many there were.

        As in the embedded store nothing else goes: a node that relationships or other rows still
        name stays as a placeholder, without properties, until they are gone too.
        """
        with self.transaction():
            removed = 0
            for part in parts(sorted(set(ids)), BATCH):
                columns = ["id", "from_id"] if entity is Is else ["id"]
                stored = self._stored(entity, columns, part)
                if stored.empty:
                    continue
                self._take_away(entity, stored)
                removed += len(stored)
            if removed and issubclass(entity, Relationship):
                self._sweep()
        return removed

    def _take_away(self, entity: type[Entity], stored: pd.DataFrame) -> None:
        ids = stored["id"].tolist()
        rows = len(ids)
        if not cypher.is_node(entity):
            self._bolt.write(cypher.delete_relationships(entity), ids=ids, size=rows)
            if entity is Is:
                self._follow(stored["from_id"].tolist())
            return
        for link in drawing.links_of(entity):
            self._bolt.write(link.erase(), ids=ids, size=rows)
        for statement in cypher.delete_nodes(entity):
            self._bolt.write(statement, ids=ids, size=rows)
        self._emptied.add(entity)

    def _sweep(self) -> None:
        """Remove placeholders that nothing names any more."""
        for entity in sorted(self._emptied, key=lambda one: one.__name__):
            self._bolt.write(cypher.delete_lone_placeholders(entity))

    def _merge(
        self,
        batch: Batch,
        beside: Iterable[tuple[pd.DataFrame, pd.DataFrame]],
        books: list[str],
        *,
        filling: bool,
        run: int,
    ) -> Changes:
        """Compare parts of a batch with what is stored beside them, and write what differs."""
        total = Changes(unchanged=len(batch.kept))
        entity = batch.entity
        for staged, stored in beside:
            found = compare.difference(entity, staged, stored, filling=filling, renewed=books)
            if "run" in entity.properties:
                found = found.of_run(run)
            for part in found.parts(BATCH):
                if issubclass(entity, Relationship):
                    self._write_relationships(entity, part)
                else:
                    self._write_nodes(entity, part)
                self._renew(entity, part, books)
            if entity is Is:
                half = self._interrupted
                self._follow(staged["from_id"].tolist() if half else _moved(found, stored))
            total += Changes(len(found.added), len(found.changed), found.unchanged)
        return total

    def _beside(
        self, entity: type[Entity], frame: pd.DataFrame, columns: Sequence[str]
    ) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """Rows of a batch in parts, each with the stored rows that have their ids.

        Unless far more are stored, all that are stored are read: looking an id up takes several
        times as long as reading a row in turn.
        """
        drawn = int(self._bolt.read(cypher.count_drawn(entity))["n"])
        if drawn <= FAR_MORE * len(frame):
            yield frame, self.read(entity, columns) if drawn else frame_of(entity)[list(columns)]
            return
        for start in range(0, len(frame), BATCH):
            staged = frame.iloc[start : start + BATCH]
            yield staged, self._stored(entity, columns, staged["id"].tolist())

    def _write_nodes(self, entity: type[Entity], found: Difference) -> None:
        rows = rows_of(entity, found.written)
        if not rows:
            return
        changed = found.changed["id"].tolist()
        for link in drawing.links_of(entity):
            if changed:
                self._bolt.write(link.erase(), ids=changed, size=len(changed))
            pairs = [
                {"id": row["id"], "target": row[link.item.name]}
                for row in rows
                if row[link.item.name] is not None
            ]
            if pairs:
                self._bolt.write(link.draw(), rows=pairs, size=len(pairs))
        # Last: a row that is stored is compared no more, so by then it has to be drawn.
        self._bolt.write(cypher.write_nodes(entity), rows=rows, size=len(rows))

    def _renew(self, entity: type[Entity], found: Difference, books: list[str]) -> None:
        if len(found.renewed):
            known = rows_of(entity, found.renewed)
            rows = [{name: one[name] for name in ("id", *books)} for one in known]
            self._bolt.write(cypher.renew(entity), rows=rows, size=len(rows))

    def _write_relationships(self, entity: type[Relationship], found: Difference) -> None:
        changed = found.changed["id"].tolist()
        if changed:
            self._bolt.write(cypher.delete_relationships(entity), ids=changed, size=len(changed))
        for start, end, frame in by_ends(entity, found.written):
            rows = rows_of(entity, frame)
            statement = cypher.write_relationships(entity, start, end)
            self._bolt.write(statement, rows=rows, size=len(rows))

    def _follow(self, accounts: Sequence[str]) -> None:
        """Draw what belongs to these accounts at the company that each of them now is."""
        if not accounts:
            return
        present = self._bolt.read(drawing.present_labels())["found"]
        statements = [one for label in present for one in drawing.followers()[label]]
        for part in parts(sorted(set(accounts)), ACCOUNTS):
            for statement in statements:
                self._bolt.write(statement, accounts=part, size=len(part))
        self._sweep()

    def _stored(
        self, entity: type[Entity], columns: Sequence[str], ids: Sequence[str]
    ) -> pd.DataFrame:
        names = list(columns)
        return stored_frame(
            entity, names, self._bolt.read(cypher.read_listed(entity, names), ids=ids)
        )

    def read(
        self,
        entity: type[Entity],
        columns: Sequence[str] = (),
        *,
        where: tuple[str, Collection[str]] | None = None,
        ordered: bool = True,
    ) -> pd.DataFrame:
        """Rows of a type, sorted by id (see `GraphStore.read`).

        Raises:
            KeyError: A column that the type does not have.
            ValueError: `where` names a column that holds no text.
        """
        columns = self._wanted_columns(entity, columns, where)
        name, values = where or ("", ())
        names = list(dict.fromkeys(["id", *columns])) if ordered else columns
        whole = pa.concat_tables(self._pages(entity, names, name, sorted(set(values))))
        if ordered:
            whole = whole.sort_by("id")
        return to_frame(entity, columns, whole.select(columns))

    def _pages(
        self, entity: type[Entity], names: list[str], where: str, values: list[str]
    ) -> Iterator[pa.Table]:
        statement = cypher.read_page(entity, names, where=where)
        size, after = max(1, PAGE // len(names)), -1
        while True:
            found = self._bolt.read(statement, after=after, size=size, values=values)
            yield table_of(entity, names, found)
            if found[cypher.READ] < size:
                return
            after = found[cypher.LAST]

    def values(self, entity: type[Entity], column: str) -> pd.Series:
        """Each value that a column has, once and sorted (see `GraphStore.values`).

        Raises:
            KeyError: The type has no such column.
        """
        columns = self._wanted_columns(entity, [column], None)
        found = self._bolt.read(cypher.values(entity, column))
        return stored_frame(entity, columns, found)[column].sort_values(ignore_index=True)

    def count(self, entity: type[Entity]) -> int:
        """How many rows a type has."""
        return int(self._bolt.read(cypher.count(entity))["n"])

    def next_run(self, what: str, *, as_of: dt.date | None = None) -> AbstractContextManager[int]:
        """A run (see `GraphStore.next_run`); its records are committed before and after the block.

        Until the second record says "done", the graph counts as half written. When the run before
        was interrupted, accounts may be stored at a company where nothing is drawn yet.
        """
        self._interrupted = bool(self.unfinished())
        return recorded_run(self, what, as_of=as_of)

    def unfinished(self) -> str:
        """What the run was doing that never ended, or an empty text."""
        return unfinished_run(self)

    def engine(self, above: int) -> Engine:
        """Graph Data Science for graphs of more nodes than `above`, where it answers."""
        engine = DataScience(self._bolt, above)
        self._engines.append(engine)
        return engine

    def close(self) -> None:
        """Release the connection; closing twice is no error."""
        for engine in self._engines:
            engine.close()
        self._bolt.close()

    def query(self, cypher: str, parameters: dict[str, object] | None = None) -> pd.DataFrame:
        """Rows that a read-only Cypher query returns.

        Raises:
            UsageError: The query has a mistake, or does more than read the graph.
        """
        return self._bolt.query(cypher, parameters or {})


def _moved(found: Difference, stored: pd.DataFrame) -> list[str]:
    """The accounts that have a company for the first time, or another one than before."""
    before = dict(zip(stored["from_id"], stored["to_id"], strict=True))
    now = zip(found.written["from_id"], found.written["to_id"], strict=True)
    return [account for account, company in now if before.get(account) != company]
