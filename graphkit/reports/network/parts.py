"""Which part of a network a map shows, and what stands out on it."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Final

from graphkit.analyses.paths import Path
from graphkit.analyses.wording import counted, listed
from graphkit.findings import Finding, Ref
from graphkit.reports.network.network import Network
from graphkit.reports.network.told import node_of

HIDDEN: Final = ("Person", "Process", "Material", "Finish", "Topic")
"""Left out until asked for: everybody is tied to a few of each, which draws a grey blob."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """What a map shows of a network.

    Attributes:
        network: The part.
        title: Of the page.
        caption: One sentence on what is to be seen.
        hidden: Types that are left out until asked for.
        centre: Id of the node that it is about, or empty.
        paths: Chains of node ids.
        emphasis: What stands out; see `Drawing`.
        whole: Whether nodes stand where they do on the map of the whole network.
    """

    network: Network
    title: str
    caption: str
    hidden: tuple[str, ...] = HIDDEN
    centre: str = ""
    paths: tuple[tuple[str, ...], ...] = ()
    emphasis: str = ""
    whole: bool = False


View = Callable[[Network], Part]


def whole(network: Network) -> Part:
    """Everything.

    Args:
        network: Of a day.
    """
    caption = (
        f"As of {network.as_of}: {_customers(network)} and what ties them. Customers of one "
        "cluster stand together."
    )
    return Part(network, "The customer network", caption, whole=True)


def around(centre: Ref, hops: int) -> View:
    """What is near a company.

    Args:
        centre: The company.
        hops: How near, in steps.
    """
    id_ = node_of(centre)

    def view(network: Network) -> Part:
        near = network.within(network.near([id_], hops))
        caption = (
            f"As of {network.as_of}: what is within {counted(hops, 'step')} of {_end(centre.name)}"
        )
        return Part(near, f"Around {centre.name}", caption, centre=id_)

    return view


def of_cluster(cluster: Finding) -> View:
    """The members of a cluster and what they are tied to.

    Args:
        cluster: Its finding.
    """
    name = cluster.subject.name
    members = [f"Company {member['id']}" for member in cluster.details["members"]]

    def view(network: Network) -> Part:
        near = network.within(network.near(members))
        caption = (
            f"As of {network.as_of}: the {counted(len(members), 'customer')} of the cluster and "
            "what ties them."
        )
        return Part(near, name, caption)

    return view


def along(paths: Sequence[Path]) -> View:
    """Chains from one to another, and what is near them.

    Args:
        paths: The chains, the best first; at least one.
    """
    chains = tuple(
        (node_of(path.hops[0].start), *(node_of(hop.end) for hop in path.hops)) for path in paths
    )
    first, last = paths[0].hops[0].start, paths[0].hops[-1].end
    starts = list(dict.fromkeys(path.hops[0].start.name for path in paths))

    def view(network: Network) -> Part:
        on_them = {node for chain in chains for node in chain}
        types = network.nodes.set_index("id")["type"]
        passed = set(types.reindex(list(on_them)))
        # Whom one of ours looks after besides says nothing of a way.
        near = network.near([one for one in on_them if types[one] != "Employee"])
        # Of types that a map leaves out at first, only what a chain goes through.
        kept = on_them | {one for one in near if types[one] not in HIDDEN}
        told = f"{counted(len(paths), 'way')} from {listed(starts)} to {last.name}"
        return Part(
            network.within(kept),
            f"From {first.name} to {last.name}" if len(starts) == 1 else f"Ways to {last.name}",
            f"As of {network.as_of}: {told}, the likeliest first. Each could carry; none is a "
            "promise.",
            hidden=tuple(one for one in HIDDEN if one not in passed),
            paths=chains,
            emphasis="path",
        )

    return view


def alarmed(network: Network) -> Part:
    """What calls for concern, and what is tied to that.

    Args:
        network: Of a day.
    """
    alarming = network.nodes.loc[network.nodes["level"] != "", "id"].tolist()
    if not alarming:
        caption = f"As of {network.as_of}: nothing calls for concern."
        return dataclasses.replace(whole(network), caption=caption)
    # Of a market or process that alarms, not each of its customers is near it: they may be well.
    companies = [one for one in alarming if one.startswith("Company ")]
    near = network.within(network.near(companies) | set(alarming))
    count = sum(one.alarming for one in network.findings)
    caption = (
        f"As of {network.as_of}: {counted(count, 'finding')} that {_call(count)} for concern, about"
        f" {counted(len(alarming), 'node')}, and what is tied to them."
    )
    return Part(near, "What calls for concern", caption, emphasis="findings", whole=True)


def _customers(network: Network) -> str:
    return counted(int((network.nodes["type"] == "Customer").sum()), "customer")


def _call(count: int) -> str:
    return "calls" if count == 1 else "call"


def _end(name: str) -> str:
    """A name with the full stop of its sentence, which it may bring itself."""
    return f"{name.removesuffix('.')}."
