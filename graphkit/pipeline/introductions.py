"""Paths to a company, each contact's best first, with everybody of ours who leads to the same."""

import dataclasses
import textwrap
from collections.abc import Sequence

from graphkit.analyses.paths import Hop, Path

SPREAD = 4
"""So many times the paths asked for are looked at: some differ only in who of ours begins."""
_WIDTH = 80
_INDENT = "   "


@dataclasses.dataclass(frozen=True, slots=True)
class Introduction:
    """A way to a company.

    Attributes:
        path: The likeliest path that goes this way.
        others: First steps of the paths that go the same way but begin with somebody else of ours.
    """

    path: Path
    others: tuple[Hop, ...]

    @property
    def told(self) -> str:
        """In words."""
        first, *rest = (hop.told for hop in self.path.hops)
        others = ", ".join(f"or {_other(hop, self.path.hops[0])}" for hop in self.others)
        begin = f"{first} ({others})" if others else first
        return "; ".join([begin, *rest]).removesuffix(".") + "."  # names hold commas

    @property
    def weakest(self) -> int:
        """The number of the step that is least likely to carry, from 1."""
        return self.path.hops.index(self.path.weakest) + 1


def introductions(paths: Sequence[Path], count: int) -> list[Introduction]:
    """The best way over each contact, then further ways over the same contacts.

    Args:
        paths: Likeliest first.
        count: How many ways at most.
    """
    ways: dict[tuple[str, ...], list[Path]] = {}
    for path in paths:
        ways.setdefault(tuple(hop.end.id for hop in path.hops), []).append(path)
    best: list[Introduction] = []
    further: list[Introduction] = []
    contacts = set()
    for way, (first, *others) in ways.items():
        seen = {first.hops[0].start.id}
        beginnings = []
        for hop in (other.hops[0] for other in others):
            if hop.start.id not in seen:
                seen.add(hop.start.id)
                beginnings.append(hop)
        (further if way[0] in contacts else best).append(Introduction(first, tuple(beginnings)))
        contacts.add(way[0])
    return [*best, *further][:count]


def introductions_text(found: Sequence[Introduction], goal: str) -> str:
    """Ways as text for the terminal.

    Args:
        found: At least one way.
        goal: Name of the company that they lead to.
    """
    head = (
        f"Ways to {goal.removesuffix('.')}, likeliest first. Each could carry; none is a promise."
    )
    blocks = [textwrap.fill(head, _WIDTH)]
    for rank, one in enumerate(found, start=1):
        number = f"{rank}. "
        text = textwrap.fill(
            one.told,
            _WIDTH,
            initial_indent=number,
            subsequent_indent=" " * len(number),
            break_on_hyphens=False,
        )
        figure = f"{_INDENT}probability {one.path.probability:.3f}, weakest: step {one.weakest}"
        blocks.append(f"{text}\n{figure}")
    return "\n\n".join(blocks) + "\n"


def _other(hop: Hop, first: Hop) -> str:
    """Somebody else who begins the same way: only the day when all else is the same."""
    if hop.relation != first.relation:
        return hop.told
    return f"{hop.start.name} on {hop.on}" if hop.on else hop.start.name
