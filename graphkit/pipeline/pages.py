"""The profile of a company and the cluster that is meant, from a name."""

from graphkit.analyses.persona import cluster_called
from graphkit.analyses.profile import Profile, profile
from graphkit.errors import UsageError
from graphkit.findings import Finding
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.questions import EXPORTS, unfinished_month
from graphkit.pipeline.texts import unread
from graphkit.snapshot import Snapshot
from graphkit.store.base import GraphStore
from graphkit.workspace import Settings


def about_company(
    store: GraphStore, snap: Snapshot, settings: Settings, name: str
) -> tuple[Profile, list[str]]:
    """What is known of a company, and what a reader should mind.

    Args:
        store: The store of the snapshot.
        snap: What was known.
        settings: The workspace's settings, with the options of analyses.
        name: A name, domain or id of the company.

    Raises:
        UnknownNameError: No company is called so; names the nearest.
    """
    company = snap.find_company(name)  # before the analyses, which take long
    found = profile(snap, company, analyse(snap, settings), brings=EXPORTS)
    return found, [*filter(None, [unread(store), unfinished_month(snap)])]


def cluster_of(snap: Snapshot, settings: Settings, name: str) -> Finding:
    """The cluster that is meant by its name or id, or by a customer in it.

    Args:
        snap: What was known.
        settings: The workspace's settings, with the options of the analysis.
        name: What somebody typed.

    Raises:
        UnknownNameError: No cluster is meant; names the nearest.
    """
    found = analyse(snap, settings, ["clusters"])
    try:
        company = snap.find_company(name)
    except UsageError:  # so it is the name of a cluster, or nothing
        company = ""
    return cluster_called(found, name, company)
