"""What a map shows: the whole network, a part of it, or what became of it between two days."""

import dataclasses

from graphkit.analyses.paths import find_paths
from graphkit.errors import UsageError
from graphkit.pipeline.analyse import analyse, analyse_all
from graphkit.pipeline.compare import since_then
from graphkit.pipeline.pages import cluster_of
from graphkit.reports.network.difference import changed, difference, first_days, told_changes
from graphkit.reports.network.network import network
from graphkit.reports.network.parts import Part, View, along, around, of_cluster, whole
from graphkit.snapshot import Snapshot
from graphkit.workspace import Settings

MOST_HOPS = 4
"""Most steps in a chain."""


def around_company(snap: Snapshot, name: str, hops: int) -> View:
    """What is near a company.

    Args:
        snap: What was known.
        name: Of the company, in any system.
        hops: How near, in steps.

    Raises:
        UnknownNameError: No company is called so; names the nearest.
    """
    return around(snap.ref(snap.find_company(name)), hops)


def of_cluster_called(snap: Snapshot, settings: Settings, name: str) -> View:
    """A cluster and what its members are tied to.

    Args:
        snap: What was known.
        settings: The workspace's settings.
        name: Of the cluster, or of a customer in it.

    Raises:
        UnknownNameError: No cluster is meant; names the nearest.
    """
    return of_cluster(cluster_of(snap, settings, name))


def along_chains(snap: Snapshot, start: str, goal: str, count: int) -> View:
    """The best chains from one to another.

    Args:
        snap: What was known.
        start: One of ours, or a company.
        goal: A company.
        count: How many chains.

    Raises:
        UnknownNameError: One of them is not known; names the nearest.
        UsageError: Nothing leads from one to the other.
    """
    found = find_paths(snap, goal, start=start, k=count, max_hops=MOST_HOPS)
    if not found:
        raise UsageError(
            f"Nothing leads from {start} to {goal} in {MOST_HOPS} steps of which two are stated.",
            next_step=f'graphkit map --focus "{goal}"',
        )
    return along(found)


def map_part(snap: Snapshot, settings: Settings, view: View = whole) -> Part:
    """What a map of one day shows.

    Args:
        snap: What was known.
        settings: The workspace's settings, with the options of analyses.
        view: Which part of the network.

    Raises:
        NothingLoadedError: There is no company yet.
    """
    return view(network(snap, analyse(snap, settings)))


def difference_part(then: Snapshot, now: Snapshot, settings: Settings) -> Part:
    """What became of nodes, ties and findings between two days.

    Args:
        then: What was known on the earlier day.
        now: What was known on the later one.
        settings: The workspace's settings, with the options of analyses.

    Raises:
        NothingLoadedError: There is no company yet.
    """
    before, after = (analyse_all(snap, settings) for snap in (then, now))
    found = since_then(before, after, everything=True)
    both = difference(network(then, before.told), network(now, after.told), found, first_days(now))
    told = told_changes(found, both.nodes["id"].tolist(), now.files)
    return changed(dataclasses.replace(both, findings=told), then.as_of)
