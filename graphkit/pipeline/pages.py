"""The profile of a company, from its name."""

from graphkit.analyses.profile import Profile, profile
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
