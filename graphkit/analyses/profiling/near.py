"""Whom a company is near: its cluster, and the customers that look most like it."""

from collections.abc import Iterator, Sequence
from typing import Final

from graphkit.analyses.profiling.sentences import Sentence
from graphkit.analyses.profiling.subject import Subject
from graphkit.analyses.similar import LEAST_FEATURES, REASONS, nobody_alike, similar, why
from graphkit.analyses.wording import counted
from graphkit.findings import Finding

CLUSTER: Final = "customer-cluster"
_NEAREST: Final = 3


def near(one: Subject, findings: Sequence[Finding]) -> Iterator[Sentence]:
    """The cluster that it is in or between, and the customers most like it.

    Args:
        one: The company.
        findings: What analyses found.
    """
    yield from _cluster(one, [found for found in findings if found.kind == CLUSTER])
    found = similar(one.snap, one.company, count=_NEAREST)
    for each in found.alike:
        rows = {source for shared in each.shared[:REASONS] for source in shared.sources}
        text = f"It is like {one.snap.names[each.company]}: {why(each)}"
        yield Sentence(text, tuple(sorted(rows)), basis="graphkit similar")
    if not found.alike:
        lacking = not found.compared or found.features < LEAST_FEATURES
        yield Sentence(nobody_alike(found), basis="graphkit similar", unknown=lacking)


def _cluster(one: Subject, clusters: Sequence[Finding]) -> Iterator[Sentence]:
    told = False
    for found in clusters:
        members = {each["id"]: each for each in found.details.get("members", ())}
        if one.company in members:
            strength = members[one.company]["strength"]
            text = (
                f"It belongs to the cluster {found.subject.name}, with {len(members) - 1} others,"
                f" in {strength:.0%} of the bootstraps."
            )
            yield Sentence(text, finding=found)
            told = True
        elif one.name in found.details.get("between", ()):
            text = f"It lies between the cluster {found.subject.name} and another."
            yield Sentence(text, finding=found)
            told = True
        elif not members:
            yield Sentence(found.statement, finding=found)
            told = True
    if not told and clusters and one.company in one.snap.customers.index:
        text = f"It is in none of {counted(len(clusters), 'cluster')}."
        yield Sentence(text, basis=f"graphkit clusters as of {one.snap.as_of}")
