"""The profile of a company and the cluster that is meant, from a name."""

import dataclasses

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


@dataclasses.dataclass(frozen=True, slots=True)
class AboutCompany:
    """What the page of a company is made of.

    Attributes:
        profile: What is known of it.
        findings: What was found of all.
        warnings: What a reader should mind.
    """

    profile: Profile
    findings: list[Finding]
    warnings: list[str]


def about_company(store: GraphStore, snap: Snapshot, settings: Settings, name: str) -> AboutCompany:
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
    found = analyse(snap, settings)
    warnings = [*filter(None, [unread(store), unfinished_month(snap)])]
    return AboutCompany(profile(snap, company, found, brings=EXPORTS), found, warnings)


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
    return cluster_called(found, name, company, companies=[*snap.names.values()])
