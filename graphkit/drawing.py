"""Drawing: what a map shows, before an engine draws it."""

import dataclasses
from collections.abc import Mapping

import pandas as pd


@dataclasses.dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes with positions, and edges.

    Attributes:
        title: Title of the page.
        caption: One sentence on what is to be seen, and as of which day.
        nodes: Columns id, type (Customer, End customer, Trade show, ...), name, group (name of its
            cluster, or empty), x, y, size (0 to 1), level (alert, watch or empty) and facts (list
            of sentences).
        edges: Columns source, target, relation, strength (0 to 1), stated (False when inferred or
            read from text) and detail (one sentence with dates and sources).
        colors: Colour by type.
        hidden: Types that are left out until somebody asks for them in the legend.
        centre: Id of the node that the drawing is about, which is never left out; or empty.
    """

    title: str
    caption: str
    nodes: pd.DataFrame
    edges: pd.DataFrame
    colors: Mapping[str, str]
    hidden: tuple[str, ...] = ()
    centre: str = ""
