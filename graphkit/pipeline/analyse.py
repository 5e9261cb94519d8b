"""Runs analyses on a snapshot, and writes what they found back to the graph."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphkit import registry
from graphkit.batch import Batch
from graphkit.errors import UnknownNameError, UsageError
from graphkit.findings import Finding, ranked
from graphkit.pipeline.judge import moved_companies
from graphkit.pipeline.tellings import keep_telling
from graphkit.places import SETTINGS_FILE
from graphkit.plugins import Analysis
from graphkit.schema import About, Cluster, Decision, FindingNode, InCluster, Meta
from graphkit.snapshot import Snapshot
from graphkit.store.base import GraphStore
from graphkit.verdicts import Judged, judged, verdicts
from graphkit.workspace import Settings


def analyse(snap: Snapshot, settings: Settings, names: Sequence[str] = ()) -> list[Finding]:
    """Findings of the named analyses, or of all, ranked; without those that are dismissed.

    Args:
        snap: What was known.
        settings: The workspace's settings; their [analysis.NAME] are the options.
        names: Names of analyses; all when empty.

    Raises:
        UnknownNameError: No such analysis, or no such option of one.
    """
    return analyse_all(snap, settings, names).told


def analyse_all(snap: Snapshot, settings: Settings, names: Sequence[str] = ()) -> Judged:
    """Findings of the named analyses, or of all, ranked; those that are dismissed apart.

    An analysis whose types are all empty yields nothing: `status` says which export would bring it.

    Args:
        snap: What was known.
        settings: The workspace's settings; their [analysis.NAME] are the options.
        names: Names of analyses; all when empty.

    Raises:
        UnknownNameError: No such analysis, or no such option of one.
    """
    known = {one.name: one for one in registry.analyses()}
    for name in names:
        if name not in known:
            raise UnknownNameError.of("analysis", name, list(known))
    for name, options in settings.options.items():
        if name not in known:
            raise UnknownNameError.of("analysis", name, list(known), where=SETTINGS_FILE)
        _check_options(known[name], options)
    found: list[Finding] = []
    for name in names or sorted(known):
        analysis = known[name]
        if snap.has(*analysis.needs):
            continue
        found += analysis.run(snap, **settings.options.get(name, {}))
    said = verdicts(snap.frame(Decision), moved_companies(snap.frame(Meta)))
    return judged(ranked(found), said)


def options_of(settings: Settings, name: str) -> Mapping[str, Any]:
    """What the settings say of one analysis, checked; for commands that show more than findings.

    Args:
        settings: The workspace's settings.
        name: Of the analysis.

    Raises:
        UnknownNameError: It has no such option.
        UsageError: A value is of another sort than the option's.
    """
    options = settings.options.get(name, {})
    _check_options({one.name: one for one in registry.analyses()}[name], options)
    return options


def _check_options(analysis: Analysis, options: Mapping[str, object]) -> None:
    """Refuse options that an analysis does not have, and values of another sort than its own."""
    defaults = inspect.signature(analysis.run).parameters
    for option, value in options.items():
        if option not in analysis.options:
            raise UnknownNameError.of(
                f"option of {analysis.name}", option, list(analysis.options), where=SETTINGS_FILE
            )
        usual = defaults[option].default
        number = isinstance(usual, int | float) and not isinstance(usual, bool)
        fits = isinstance(value, int | float) if number else isinstance(value, type(usual))
        if usual is not None and not fits:
            raise UsageError(
                f"{option} in [analysis.{analysis.name}] must be of the sort of {usual!r}",
                where=SETTINGS_FILE,
            )


def write_back(store: GraphStore, findings: Iterable[Finding]) -> None:
    """Make the graph show these findings and clusters, and keep what they tell beside older ones.

    Args:
        store: The store, writable.
        findings: What `analyse` found.
    """
    rows = sorted(findings, key=lambda one: one.id)
    clusters = [
        one for one in rows if one.kind == "customer-cluster" and one.details.get("members")
    ]
    as_of = rows[0].as_of if rows else None
    with store.next_run("findings", as_of=as_of) as run, store.transaction():
        store.set_all(_finding_nodes(rows, run), run=run)
        store.set_all(_about(rows), run=run)
        keep_telling(store, rows, run=run)
        store.set_all(
            Batch.of(
                Cluster,
                {
                    "id": [one.subject.id for one in clusters],
                    "name": [one.subject.name for one in clusters],
                    "size": [len(one.details["members"]) for one in clusters],
                    "stability": [one.details["stability"] for one in clusters],
                    "run": [run for _ in clusters],
                },
            ),
            run=run,
        )
        members = [(one, member) for one in clusters for member in one.details["members"]]
        store.set_all(
            Batch.of(
                InCluster,
                {
                    "from_id": [member["id"] for _, member in members],
                    "to_id": [one.subject.id for one, _ in members],
                    "strength": [member["strength"] for _, member in members],
                },
            ),
            run=run,
        )


def _finding_nodes(rows: Sequence[Finding], run: int) -> Batch:
    return Batch.of(
        FindingNode,
        {
            "id": [one.id for one in rows],
            "kind": [one.kind for one in rows],
            "level": [one.level.value for one in rows],
            "statement": [one.statement for one in rows],
            "effect": [one.effect.value if one.effect else None for one in rows],
            "low": [one.effect.low if one.effect else None for one in rows],
            "high": [one.effect.high if one.effect else None for one in rows],
            "unit": [one.effect.unit if one.effect else None for one in rows],
            "p": [one.p for one in rows],
            "q": [one.q for one in rows],
            "n": [one.n for one in rows],
            "advice": [one.advice or None for one in rows],
            "cypher": [one.cypher or None for one in rows],
            "as_of": [one.as_of for one in rows],
            "run": [run for _ in rows],
        },
    )


def _about(rows: Sequence[Finding]) -> Batch:
    ends = []
    for one in rows:
        ends.append((one.id, one.subject, "subject"))
        if one.object is not None:
            ends.append((one.id, one.object, "object"))
    return Batch.of(
        About,
        {
            "from_id": [finding for finding, _, _ in ends],
            "to_id": [ref.id for _, ref, _ in ends],
            "to_type": [ref.type for _, ref, _ in ends],
            "role": [role for _, _, role in ends],
        },
    )
