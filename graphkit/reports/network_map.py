"""The network as a drawing: customers by cluster, and what ties them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from graphkit.colors import COLORS
from graphkit.drawing import Drawing
from graphkit.findings import Finding
from graphkit.reports.layout.staying import Place
from graphkit.reports.network.figures import measures
from graphkit.reports.network.network import network
from graphkit.reports.network.parts import Part, View, whole
from graphkit.reports.network.placing import placed
from graphkit.snapshot import Snapshot

NOWHERE: Final[Mapping[str, Place]] = MappingProxyType({})


def network_map(snap: Snapshot, findings: Sequence[Finding], view: View = whole) -> Drawing:
    """Customers, what ties them, and where something is alarming.

    Args:
        snap: What was known.
        findings: What `analyse` found: clusters place the customers, alerts and watches mark them.
        view: Which part of it is shown, one of those in `reports.network.parts`.

    Raises:
        NothingLoadedError: There is no company yet.
    """
    drawing, _ = drawn(view(network(snap, findings)))
    return drawing


def drawn(part: Part, former: Mapping[str, Place] = NOWHERE) -> tuple[Drawing, Mapping[str, Place]]:
    """A part of a network as a drawing.

    Args:
        part: What is shown.
        former: Where nodes stood on the last map of the whole network.

    Returns:
        The drawing; and where the nodes of the whole network stand on it; nowhere on a part.
    """
    shown = part.network
    places, standing = placed(part, former if part.whole else NOWHERE)
    drawing = Drawing(
        title=part.title,
        caption=part.caption,
        nodes=shown.nodes.assign(x=places[:, 0], y=places[:, 1]),
        edges=shown.edges,
        colors=COLORS,
        as_of=shown.as_of,
        hidden=part.hidden,
        centre=part.centre,
        measures=measures(shown.nodes, shown.currency),
        groups=shown.groups,
        findings=shown.findings,
        paths=part.paths,
        emphasis=part.emphasis,
    )
    return drawing, standing if part.whole else NOWHERE
