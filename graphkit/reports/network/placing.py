"""Where the nodes of a map stand: what is shown at first has it to itself."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphkit.reports.layout.joining import around, spacing
from graphkit.reports.layout.staying import Place, staying
from graphkit.reports.network.parts import Part

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def placed(part: Part, former: Mapping[str, Place]) -> tuple[Floats, dict[str, Place]]:
    """Places of the nodes of a map; the rest stands near what it is tied to.

    Args:
        part: What is shown.
        former: Places of an earlier map of the same, by id.

    Returns:
        One row of x and y a node; and the places by id of those that are shown at first.
    """
    network = part.network
    ties = network.matrix
    hidden = _left_out(part, ties)
    shown, rest = np.flatnonzero(~hidden), np.flatnonzero(hidden)
    ids = network.nodes["id"].to_numpy(dtype=object)
    groups = network.nodes["group"].to_numpy(dtype=object)
    between = sparse.csr_array(ties[shown][:, shown])
    places = np.zeros((len(ids), 2))
    places[shown] = staying(ids[shown].tolist(), groups[shown].tolist(), between, former)
    if rest.size and shown.size:
        to_shown = sparse.csr_array(ties[rest][:, shown])
        near = around(places[shown], to_shown, spacing(places[shown]))
        places[rest] = near.clip(-1, 1)
    known = zip(ids[shown], places[shown].round(5).tolist(), strict=True)
    return places, {str(one): (x, y) for one, (x, y) in known}


def _left_out(part: Part, ties: sparse.csr_array) -> Bools:
    """What is not shown at first: hidden types and, customers apart, what only these tie."""
    nodes = part.network.nodes
    hidden = nodes["type"].isin(part.hidden).to_numpy(dtype=bool)
    tied = ties @ (~hidden).astype(np.float64) > 0
    kept = (nodes["type"] == "Customer") | (nodes["id"] == part.centre)
    return np.asarray(hidden | ~(tied | kept.to_numpy(dtype=bool)))
