"""Reports and maps as files."""

from collections.abc import Sequence
from pathlib import Path

from graphkit import registry
from graphkit.errors import GraphkitError, UnknownNameError
from graphkit.findings import Finding
from graphkit.reports.cluster import cluster_report
from graphkit.reports.network_map import network_map
from graphkit.snapshot import Snapshot


def write_report(snap: Snapshot, findings: Sequence[Finding], path: Path) -> Path:
    """The cluster report as one HTML page.

    Args:
        snap: What was known.
        findings: What `analyse` found.
        path: Where to.
    """
    return _written(path, cluster_report(snap, findings, "html"))


def write_map(
    snap: Snapshot,
    findings: Sequence[Finding],
    path: Path,
    *,
    engine: str = "pyvis",
    focus: str = "",
    hops: int = 2,
) -> Path:
    """The network map as one HTML page that needs no network.

    Args:
        snap: What was known.
        findings: What `analyse` found.
        path: Where to.
        engine: Name of the picture that draws it.
        focus: Only what is near this company; everything when empty.
        hops: Steps from the focus.

    Raises:
        UnknownNameError: No such engine or company.
    """
    engines = {one.name: one for one in registry.pictures()}
    if engine not in engines:
        raise UnknownNameError.of("engine", engine, list(engines))
    drawing = network_map(snap, findings, focus=focus, hops=hops)
    return _written(path, engines[engine].draw(drawing))


def _written(path: Path, text: str) -> Path:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise GraphkitError(f"cannot be written: {error.strerror}", where=str(path)) from error
    return path
