"""Reports and maps as files."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from graphkit import registry
from graphkit.drawing import ALONE, Links
from graphkit.errors import GraphkitError, UnknownNameError, UsageError
from graphkit.findings import Finding
from graphkit.pipeline.standing import keep_places, places_kept
from graphkit.plugins import Picture
from graphkit.reports.cluster import cluster_report
from graphkit.reports.network.network import network
from graphkit.reports.network.parts import Part, whole
from graphkit.reports.network_map import drawn
from graphkit.snapshot import Snapshot

ENGINE: Final = "sigma"
"""Draws maps unless another engine is asked for."""


def write_report(snap: Snapshot, findings: Sequence[Finding], path: Path) -> Path:
    """The cluster report as one HTML page.

    Args:
        snap: What was known.
        findings: What `analyse` found.
        path: Where to.
    """
    return _written(path, cluster_report(snap, findings, "html"))


def engine_called(name: str) -> Picture:
    """An engine that draws maps.

    Args:
        name: Such as sigma.

    Raises:
        UnknownNameError: There is no such engine.
        UsageError: It cannot draw here; says why, and which one can.
    """
    engines = {one.name: one for one in registry.pictures()}
    if name not in engines:
        raise UnknownNameError.of("engine", name, list(engines))
    why = engines[name].unavailable()
    if why:
        what, _, how = why.partition(": ")
        raise UsageError(f"The engine {name} cannot draw: {what}", next_step=how)
    return engines[name]


def an_engine() -> Picture:
    """The engine that draws maps as a rule; where it cannot, the first that can.

    For who did not ask for one. That of the rule may be missing from an installation that could
    reach no registry.
    """
    every = registry.pictures()
    able = [one for one in every if not one.unavailable()]
    return next((one for one in able if one.name == ENGINE), able[0])


def write_map(
    part: Part,
    path: Path,
    engine: Picture,
    folder: Path,
    *,
    anew: bool = False,
    today: bool = True,
    links: Links = ALONE,
) -> Path:
    """A map as one HTML page that needs no network.

    Args:
        part: What it shows.
        path: Where to.
        engine: What draws it.
        folder: The workspace, where it is kept where nodes stand.
        anew: Lay the network out anew, wherever nodes stood on the last map.
        today: Whether it is the network as it is: a look at another day moves nobody on the next
            map.
        links: The pages beside it.

    Raises:
        GraphkitError: A file cannot be read or written.
    """
    former = {} if anew or not part.whole else places_kept(folder)
    drawing, standing = drawn(part, former)
    _written(path, engine.draw(dataclasses.replace(drawing, links=links)))
    if part.whole:
        keep_places(folder, {**former, **standing} if today else {**standing, **former})
    return path


def map_page(part: Part, folder: Path) -> str:
    """A map as a page, drawn by the engine that can, where the last map had its nodes.

    Args:
        part: What it shows.
        folder: The workspace, where it is kept where nodes stand; nothing is written.

    Raises:
        GraphkitError: A file cannot be read.
    """
    drawing, _ = drawn(part, places_kept(folder) if part.whole else {})
    return an_engine().draw(drawing)


def write_network(
    snap: Snapshot,
    findings: Sequence[Finding],
    path: Path,
    folder: Path,
    links: Links = ALONE,
) -> Path:
    """The whole network, drawn by the engine that can, for who asked for more than a map.

    Args:
        snap: What was known.
        findings: What `analyse` found.
        path: Where to.
        folder: The workspace, where it is kept where nodes stand; nobody is moved.
        links: The pages beside it.

    Raises:
        NothingLoadedError: There is no company yet.
        GraphkitError: A file cannot be read or written.
    """
    shown = whole(network(snap, findings))
    return write_map(shown, path, an_engine(), folder, today=False, links=links)


def _written(path: Path, text: str) -> Path:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise GraphkitError(f"cannot be written: {error.strerror}", where=str(path)) from error
    return path
