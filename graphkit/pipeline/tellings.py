"""What was found before, kept run by run, so that two runs can be compared in the graph."""

from collections.abc import Iterable, Sequence

import pandas as pd

from graphkit.batch import Batch
from graphkit.findings import Finding, Level
from graphkit.schema import Run, Told
from graphkit.store.base import GraphStore

_SAID = ("finding", "level", "effect", "low", "high")
"""Two tellings are the same when these are."""


def keep_telling(store: GraphStore, findings: Iterable[Finding], *, run: int) -> None:
    """Keep what a run found beside what earlier ones did, unless it is what the last one found.

    Args:
        store: The store, writable, in the transaction of the run.
        findings: What was found; what cannot be told is not kept.
        run: The run.
    """
    rows = [one for one in findings if one.level is not Level.CANNOT_TELL]
    before = store.read(Told)
    last = int(before["telling"].max()) if len(before) else 0
    told = _nodes(sorted(rows, key=lambda one: one.id), last + 1, _began(store, run))
    if not _same(told.frame, before[before["telling"] == last]):
        store.write(told, run=run)


def _began(store: GraphStore, run: int) -> object:
    runs = store.read(Run, ["number", "started_at"])
    return runs.loc[runs["number"] == run, "started_at"].iloc[0]


def _nodes(rows: Sequence[Finding], telling: int, at: object) -> Batch:
    effects = [one.effect for one in rows]
    return Batch.of(
        Told,
        {
            "id": [f"{telling:06d}:{one.id}" for one in rows],
            "telling": [telling for _ in rows],
            "as_of": [one.as_of for one in rows],
            "told_at": [at for _ in rows],
            "finding": [one.id for one in rows],
            "kind": [one.kind for one in rows],
            "level": [one.level.value for one in rows],
            "about": [one.subject.name for one in rows],
            "company": [one.subject.id if one.subject.type == "Company" else None for one in rows],
            "beside": [one.object.name if one.object else None for one in rows],
            "effect": [one.value if one else None for one in effects],
            "low": [one.low if one else None for one in effects],
            "high": [one.high if one else None for one in effects],
            "unit": [one.unit if one else None for one in effects],
        },
    )


def _same(told: pd.DataFrame, before: pd.DataFrame) -> bool:
    columns = list(_SAID)
    now, then = (one[columns].sort_values("finding", ignore_index=True) for one in (told, before))
    return bool(now.equals(then))
