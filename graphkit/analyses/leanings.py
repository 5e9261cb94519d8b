"""What customers lean to: a process, finish or kind of material, or tighter work than before."""

from collections.abc import Iterator, Mapping

from graphkit.analyses.leaning.mix import (
    ASPECTS,
    KINDS,
    TIGHTER,
    shares,
    toleranced,
    tolerances,
)
from graphkit.analyses.leaning.moves import moves
from graphkit.analyses.leaning.telling import Teller
from graphkit.analyses.measures.month_panel import lines_that_count, month_panel
from graphkit.findings import Finding
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot


@analysis(
    "leanings",
    question="Who leans to which process, finish or material, and who wants it tighter?",
    needs=("OrderLine",),
    kinds=(*KINDS.values(), TIGHTER),
)
def leanings(
    snap: Snapshot,
    *,
    least_points: float = 10.0,
    largest_ratio: float = 0.5,
    permutations: int = 9999,
    seed: int = 1,
    capability: Mapping[str, float] | None = None,
) -> Iterator[Finding]:
    """Customers whose mix has moved, more than that of the shop's other customers.

    A customer's last months are compared with its months before, against permutations of its own
    months; what the shop's other customers did in the same month is taken off first, so that a
    process that everybody orders more of is not called anybody's leaning.

    Args:
        snap: Needs OrderLine with process, finish, material or tolerance.
        least_points: A share that rose by less, in percentage points, is not told.
        largest_ratio: A tolerance that is more than this share of the one before is not told.
        permutations: How many.
        seed: Of the permutations.
        capability: The tightest tolerance that the shop holds, half the band in mm, by process.

    Yields:
        One finding a customer and process, finish or kind of material, or tolerance; and one a
        customer of whom it cannot be told.
    """
    panel = month_panel(snap)
    if panel is None:
        return
    lines = lines_that_count(snap)
    asked = {KINDS[one]: shares(snap, panel, lines, one) for one in ASPECTS}
    if not toleranced(lines).empty:
        asked[TIGHTER] = [tolerances(panel, lines)]
    asked = {kind: mixes for kind, mixes in asked.items() if mixes}
    moved = [
        move
        for kind, mixes in asked.items()
        for move in moves(panel, kind, mixes, permutations=permutations, seed=seed)
    ]
    teller = Teller(snap, panel, permutations=permutations, seed=seed, capability=capability or {})
    yield from teller.told(moved, least=least_points / 100, largest_ratio=largest_ratio)
    yield from teller.too_little(list(asked))
