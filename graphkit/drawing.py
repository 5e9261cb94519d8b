"""What maps and charts show, before an engine draws it."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a node.

    Attributes:
        text: A sentence.
        stated: Whether a column of an export states it; False where it is read from a text or
            inferred.
        source: Where it was read, such as "orders.csv row 12"; empty for what is computed of many.
        on: The day it is about, if any.
    """

    text: str
    stated: bool = True
    source: str = ""
    on: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Measure:
    """A figure of nodes by which a map is filtered.

    Attributes:
        column: Of `Drawing.nodes`: numbers, or days; empty cells where a node has none.
        label: What it is, such as "Ordered in twelve months".
        unit: Such as USD or days; empty for a day.
    """

    column: str
    label: str
    unit: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """A cluster as a map names it.

    Attributes:
        name: As in `Drawing.nodes`.
        told: What holds it together, in a sentence.
    """

    name: str
    told: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """A finding as a map tells it.

    Attributes:
        id: Of the finding.
        node: Id of the node that it is about.
        kind: Such as slowing-customer.
        level: alert or watch.
        alarming: Whether it calls for concern.
        statement: One sentence.
        advice: What to do about it.
        why: Its evidence, such as "orders a month before: 3.2 (orders.csv row 3-7)"; never empty.
        cypher: The query that lists its rows in Neo4j Browser.
        before: What was told on the earlier day of a difference, or empty.
        change: new, gone or changed in a difference; else empty.
    """

    id: str
    node: str
    kind: str
    level: str
    alarming: bool
    statement: str
    advice: str
    why: tuple[str, ...]
    cypher: str
    before: str = ""
    change: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Links:
    """Pages beside a map, in its folder.

    Attributes:
        home: The file that the map belongs to, such as weekly.html; empty for a map alone.
        title: What that is called.
        pages: The file of the page about a node, by its id.
    """

    home: str = ""
    title: str = ""
    pages: Mapping[str, str] = dataclasses.field(default_factory=dict)


ALONE: Final = Links()
"""Of a map that no page stands beside."""


@dataclasses.dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes with positions, and edges.

    Attributes:
        title: Title of the page.
        caption: One sentence on what is to be seen.
        nodes: Columns id, type (Customer, End customer, Trade show, ...), name, aliases (list of
            other names), group (name of its cluster, or empty), x, y (-1 to 1, y downwards), size
            (0 to 1), level (alert, watch or empty), change (new, gone, changed or empty) and facts
            (list of Fact); and those of `measures`.
        edges: Columns source, target, relation (a verb, such as "was at"), strength, stated (False
            when inferred or read from text), first and last (days, or empty), months (list of
            year * 12 + month - 1 in which it happened, once a time, ascending), rows (list of
            "orders.csv row 3-7"), change (as of nodes) and detail (one sentence with dates and
            sources).
        colors: Colour by type.
        as_of: The day that it shows.
        hidden: Types that are left out until somebody asks for them in the legend.
        centre: Id of the node that the drawing is about, which is never left out; or empty.
        measures: What nodes can be filtered by.
        groups: The clusters that `nodes` name, in order.
        findings: What is told of nodes, the gravest first.
        paths: Chains of node ids to show at once, the best first.
        emphasis: What is to stand out at first: "" for clusters, or findings, path or difference.
        links: The pages beside it.
    """

    title: str
    caption: str
    nodes: pd.DataFrame
    edges: pd.DataFrame
    colors: Mapping[str, str]
    as_of: dt.date
    hidden: tuple[str, ...] = ()
    centre: str = ""
    measures: tuple[Measure, ...] = ()
    groups: tuple[Group, ...] = ()
    findings: tuple[Told, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    emphasis: str = ""
    links: Links = ALONE


@dataclasses.dataclass(frozen=True, slots=True)
class Chart:
    """What one chart shows.

    Attributes:
        kind: Which module of `visualizations` draws it, such as orders-over-time.
        title: What it says, such as "Orders fell from 3.1 a month to 1.2".
        description: What is to be seen, for those who cannot: axes, course, marks.
        table: What is drawn, one row a point or bar, as it is shown below the chart.
        headings: Heading with unit by column of `table`; a column without one is drawn, not shown.
        marks: Further values that a kind draws (baseline, first month of the window, capacity).
        rows: Where the figures were read, such as "orders.csv row 3-7".
        cypher: A query that lists the same in Neo4j Browser; or empty.
    """

    kind: str
    title: str
    description: str
    table: pd.DataFrame
    headings: Mapping[str, str]
    marks: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    rows: tuple[str, ...] = ()
    cypher: str = ""


Draw = Callable[[Chart], str]
"""Makes the text of an SVG element of a chart."""
