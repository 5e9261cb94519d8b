"""The words in which a cluster is told: its name, its statement and what to do with it."""

from collections.abc import Sequence

from graphkit.analyses.clustering.partition import Partition
from graphkit.analyses.clustering.traits import Trait
from graphkit.snapshot import Snapshot

_IN_NAME = 2  # traits that make a cluster's name
_IN_STATEMENT = 3  # traits that the statement tells
_MOST = 0.5  # of the members have what the cluster is named after
_NAMED = 3  # customers that an advice names, and things that it advises


def cluster_name(own: Sequence[Trait], taken: set[str], strongest: str) -> str:
    """What most members have in common, one trait of a kind: "Aerospace, 5-Axis Milling"."""
    chosen: list[Trait] = []
    common = [one for one in own if one.share_in >= _MOST] or list(own[:1])
    for one in common:
        if all(one.type != other.type and one.name != other.name for other in chosen):
            chosen.append(one)
    for length in range(min(_IN_NAME, len(chosen)), len(chosen) + 1):
        name = ", ".join(one.name for one in chosen[:length])
        if name and name not in taken:
            return name
    # Members are in one cluster only, so that this name is nobody else's.
    return f"Customers like {strongest}"


def statement(name: str, size: int, own: Sequence[Trait], members: Sequence[str]) -> str:
    """Which cluster, who belongs together and the clearest trait of each type.

    Args:
        name: The cluster's name.
        size: Its members.
        own: What is over-represented among them, the clearest first.
        members: Their names; the first few are told.
    """
    who = f"{name}: {size} customers, such as {listed(members[:_NAMED])}, belong together"
    if not own:
        return f"{who}, though no single trait sets them apart."
    by_type = {trait.type: trait for trait in reversed(own)}  # the clearest of each type
    clearest = [trait for trait in own if by_type[trait.type] is trait]
    told = "; ".join(
        f"{trait.inside} of {trait.known_inside} {trait.told}, against {trait.outside} of"
        f" {trait.known_outside} others"
        for trait in clearest[:_IN_STATEMENT]
    )
    return f"{who}. {told}."


def tested(found: Partition) -> str:
    """How stability, modularity and traits were tested."""
    by = f", by {found.engine}," if found.engine else ""
    return (
        f"Leiden{by} over many seeds on a graph of the most alike customers, consensus; stability"
        f" is the mean clusterwise Jaccard over {found.stable.bootstraps} bootstraps of the"
        f" customers. The shop's modularity is {found.modularity:.2f}, above"
        f" {len(found.by_chance)} shops rewired with all degrees kept (95th percentile"
        f" {found.limit:.2f}). Traits: Fisher's exact test, odds ratio 2 or more,"
        " Benjamini-Hochberg over all traits and clusters."
    )


def advice(snap: Snapshot, own: Sequence[Trait]) -> str:
    """What to do with such a cluster: at most one thing for each aspect, the clearest first."""
    doings: dict[str, str] = {}
    for one in own:
        if one.aspect not in doings and (doing := _doing(snap, one)):
            doings[one.aspect] = doing
    if not doings:
        return "Ask the members what they would have in common, and note it."
    return " ".join(list(doings.values())[:_NAMED])


def _doing(snap: Snapshot, one: Trait) -> str:
    if one.type in {"process", "material", "finish"}:
        if not one.lacking:
            return ""
        ids = [str(snap.customers.index[row]) for row in one.lacking]
        some = listed(sorted(snap.names[name] for name in ids)[:_NAMED])
        return sentence(f"Offer {one.name} to the members that order little of it, such as {some}")
    doings = {
        "industry": f"Show each member what you do for the others in {one.name}",
        "show": f"Meet them at {one.name}: {one.inside} of {one.known_inside} have been there",
        "end customer": f"{one.inside} of them supply {one.name}: if it slows, they slow",
        "method": f"Talk to all of them about {one.name}: {one.inside} of {one.known_inside}"
        " already work on it",
    }
    return sentence(doings.get(one.type, f"Write to them about {one.name}"))


def sentence(text: str) -> str:
    """The text with one full stop, even when it ends in a name such as "Acme Inc."."""
    return text.removesuffix(".") + "."


def listed(names: Sequence[str]) -> str:
    """Names in a row, told apart even when they have commas: "A, Inc.; B, LLC and C"."""
    between = "; " if any("," in name for name in names) else ", "
    return " and ".join([between.join(names[:-1]), names[-1]] if len(names) > 1 else names)
