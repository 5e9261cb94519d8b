"""A shop in a notebook: findings and rows as frames, its map, and questions in Cypher.

`graphkit.open("my-shop")` gives a `Shop`. Between calls nothing is held open, so a load can run
meanwhile; in a `with` block the store stays open, and what was read is read once.
"""

import datetime as dt
import html
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from graphkit import recipes, registry
from graphkit.errors import UnknownNameError, UsageError
from graphkit.findings import Finding
from graphkit.pipeline.analyse import analyse_all
from graphkit.pipeline.maps import around_company
from graphkit.pipeline.present import map_page
from graphkit.pipeline.seen import seen
from graphkit.reports.network.network import network
from graphkit.reports.network.parts import whole
from graphkit.reports.rows import finding_row
from graphkit.schema import MONEY_UNIT, TYPES, Kind
from graphkit.snapshot import Snapshot
from graphkit.store.base import GraphStore
from graphkit.verdicts import Judged
from graphkit.workspace import Workspace

if TYPE_CHECKING:  # of the extra "notebook", and only for maps
    from graphkit.map_widget import MapWidget

_INTERNAL = frozenset({"Meta", "Run"})


class Shop:
    """A workspace as of one day.

    Args:
        workspace: The workspace.
        day: The last visible day; the last on which something occurred when None.

    Attributes:
        as_of: The last visible day.
    """

    def __init__(self, workspace: Workspace, day: dt.date | None = None) -> None:
        self._workspace = workspace
        self._store: GraphStore | None = None
        self._kept: Snapshot | None = None
        self._found: Judged | None = None
        self._names: dict[str, str] = {}
        with workspace.open_store(read_only=True) as store:
            snap = seen(store, day, currency=workspace.settings.currency)
            self._counts = len(snap.customers), len(snap.companies)
        self.as_of = snap.as_of

    def findings(self, kind: str | Sequence[str] = (), *, dismissed: bool = False) -> pd.DataFrame:
        """What every analysis found, most important first, a row each.

        All are run when you ask first, which takes seconds; the answer is kept. Nothing is written
        back: `graphkit findings` does that.

        Args:
            kind: Only these kinds, such as "slowing-customer".
            dismissed: Also what somebody dismissed.

        Raises:
            UnknownNameError: There is no such kind; names the nearest.
        """
        wanted = [kind] if isinstance(kind, str) else list(kind)
        known = sorted({name for one in registry.analyses() for name in one.kinds})
        for name in wanted:
            if name not in known:
                raise UnknownNameError.of("kind of finding", name, known)
        found = self._analysed()
        rows = [(one, False) for one in found.told]
        rows += [(one, True) for one in found.dismissed if dismissed]
        return pd.DataFrame(
            [
                self._row(one, dismissed=gone)
                for one, gone in rows
                if not wanted or one.kind in wanted
            ],
            columns=list(_COLUMNS),
        )

    @property
    def customers(self) -> pd.DataFrame:
        """The companies that buy from the shop."""
        rows = self.frame("Company")
        return rows[rows["is_customer"].astype(bool)].reset_index(drop=True)

    def frame(self, name: str) -> pd.DataFrame:
        """The visible rows of a type, such as "Order"; amounts in units of their currency.

        `graphkit export` writes the same types; docs/schema.md says what each holds.

        Args:
            name: A node or relationship type.

        Raises:
            UnknownNameError: There is no such type; names the nearest.
        """
        known = [one for one in TYPES if one not in _INTERNAL]
        if name not in known:
            raise UnknownNameError.of("type", name, known)
        entity = TYPES[name]
        with self._snapshot() as snap:
            rows = snap.frame(entity).copy()
        for column, item in entity.properties.items():
            if item.kind is Kind.MONEY:
                rows[column] = rows[column] / MONEY_UNIT
        return rows

    def query(self, recipe: str, **parameters: object) -> pd.DataFrame:
        """The answer to a recipe, one of those that `graphkit query list` lists; needs Neo4j.

        Args:
            recipe: Its name, such as "who-pays-late".
            parameters: Values for its parameters.

        Raises:
            StoreUnreachableError: The workspace's Neo4j does not run; says how to start it.
            UnknownNameError: There is no such recipe or parameter; names the nearest.
        """
        found = recipes.find_recipe(recipe)
        values = found.parameters({name: str(value) for name, value in parameters.items()})
        with self._workspace.open_cypher() as store:
            return store.query(found.cypher, values)

    def map(self, *, focus: str = "", hops: int = 2, height: int = 640) -> "MapWidget":
        """The network map, to look at in a notebook: the page that `graphkit map` writes.

        Args:
            focus: Only what is near this company; everything when empty.
            hops: How near, in steps.
            height: Of the map, in pixels.

        Raises:
            UsageError: What shows it is not installed; says how to install it.
            UnknownNameError: There is no such company; names the nearest.
        """
        try:
            from graphkit.map_widget import MapWidget  # noqa: PLC0415 - an extra
        except ModuleNotFoundError as error:
            raise UsageError(
                f"A map in a notebook needs {error.name}, which is not installed.",
                next_step='pip install "graphkit-crm[notebook]"',
            ) from error
        return MapWidget(page=self._page(focus, hops), height=height)

    def close(self) -> None:
        """Let the store go; the shop can still be asked, and opens it then for each answer."""
        if self._store is not None:
            self._store.close()
        self._store = self._kept = None

    def __enter__(self) -> Self:
        self._store = self._workspace.open_store(read_only=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Shop {self._workspace.folder}, as of {self.as_of}: {self._told()}>"

    def _repr_html_(self) -> str:
        where = html.escape(str(self._workspace.folder.absolute()))
        return (
            f"<b>{where}</b>, as of {self.as_of}: {self._told()}.<br>"
            "<code>shop.findings()</code>, <code>shop.customers</code>, "
            "<code>shop.frame(&quot;Order&quot;)</code>, <code>shop.map()</code>"
        )

    def _told(self) -> str:
        customers, companies = self._counts
        return f"{customers:,} customers among {companies:,} companies"

    @contextmanager
    def _snapshot(self) -> Iterator[Snapshot]:
        """What was known: in a `with` block kept, else read from a store opened for this once."""
        currency = self._workspace.settings.currency
        if self._store is not None:
            self._kept = self._kept or seen(self._store, self.as_of, currency=currency)
            yield self._kept
            return
        with self._workspace.open_store(read_only=True) as store:
            yield seen(store, self.as_of, currency=currency)

    def _analysed(self) -> Judged:
        if self._found is None:
            with self._snapshot() as snap:
                self._found = analyse_all(snap, self._workspace.settings)
                self._names = snap.files
        return self._found

    def _row(self, finding: Finding, *, dismissed: bool) -> dict[str, Any]:
        """A finding as `findings --json` has it, with its parts side by side."""
        row = finding_row(finding, self._names, dismissed=dismissed)
        low, high = row["interval"] or (None, None)
        flat = {name: value for name, value in row.items() if name in _COLUMNS}
        flat |= {"low": low, "high": high}
        for end in ("subject", "object"):
            ref = row[end] or {}
            flat |= {end: ref.get("name"), f"{end}_type": ref.get("type")}
            flat[f"{end}_id"] = ref.get("id")
        return flat

    def _page(self, focus: str, hops: int) -> str:
        found = self._analysed().told
        with self._snapshot() as snap:
            view = around_company(snap, focus, hops) if focus else whole
            return map_page(view(network(snap, found)), self._workspace.folder)


_COLUMNS = (
    "kind",
    "level",
    "subject",
    "object",
    "statement",
    "effect",
    "low",
    "high",
    "unit",
    "p",
    "q",
    "n",
    "at_stake",
    "advice",
    "as_of",
    "dismissed",
    "id",
    "subject_type",
    "subject_id",
    "object_type",
    "object_id",
    "test",
    "evidence",
    "cypher",
    "details",
)
"""Of the frame of findings, what one looks at first first."""


def open_shop(
    folder: str | Path = ".", *, store: str = "", as_of: str | dt.date | None = None
) -> Shop:
    """The shop in a workspace.

    Args:
        folder: The workspace: where `graphkit load` put the graph.
        store: Where the graph is, unless in the workspace's own file: neo4j://...
        as_of: See it as of this day, such as "2026-03-31"; the last day when None.

    Raises:
        UsageError: The folder is no workspace, or the day answers nothing.
        NothingLoadedError: Nothing is loaded yet.
    """
    day = dt.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return Shop(Workspace.open(Path(folder).expanduser(), store=store), day)
