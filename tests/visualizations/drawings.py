"""Drawings of any size with all that a map can show: clusters, findings, months, measures."""

import datetime as dt

import numpy as np
import pandas as pd

from graphkit.colors import COLORS
from graphkit.drawing import Drawing, Fact, Group, Measure, Told

AS_OF = dt.date(2025, 9, 30)
_FIRST_MONTH = 2022 * 12
_MONTHS = 45
_TYPES = ("Customer", "End customer", "Trade show", "Method", "Industry", "Employee", "Topic")
_SHARES = (0.6, 0.12, 0.05, 0.05, 0.05, 0.03, 0.1)
_RELATIONS = ("supplies", "was at", "works with", "is in", "is looked after by", "reads about")
_TRADES = ("Aerospace", "Medical", "Hydraulics", "Energy", "Robotics", "Rail", "Optics", "Farming")


def drawing(count=120, *, clusters=4, edges_a_node=2, seed=7, emphasis=""):
    """A made-up network of `count` nodes with planted clusters."""
    chance = np.random.default_rng(seed)
    groups = tuple(
        Group(f"{_TRADES[one % len(_TRADES)]}, group {one + 1}", "They order from the same cells.")
        for one in range(clusters)
    )
    nodes = _nodes(count, groups, chance)
    return Drawing(
        title="The customer network",
        caption="As of 2025-09-30: customers and what ties them.",
        nodes=nodes,
        edges=_edges(nodes, edges_a_node * count, chance),
        colors=COLORS,
        as_of=AS_OF,
        hidden=("Topic",),
        measures=(
            Measure("ordered", "Ordered in twelve months", "USD"),
            Measure("last_order", "Last order"),
        ),
        groups=groups,
        findings=_findings(nodes),
        emphasis=emphasis,
    )


def _nodes(count, groups, chance):
    number = np.arange(count)
    kinds = chance.choice(len(_TYPES), count, p=_SHARES)
    kinds[: len(_TYPES)] = np.arange(len(_TYPES))
    kinds[len(_TYPES) : len(_TYPES) + len(groups)] = 0
    customer = kinds == 0
    group = np.where(customer, number % len(groups), -1)
    turn = 2 * np.pi * (number % len(groups)) / len(groups)
    spread = 0.9 / np.sqrt(len(groups)) * np.sqrt(chance.random(count)) * 0.5
    angle = chance.random(count) * 2 * np.pi
    ring = np.where(np.arange(count) % len(groups) % 2, 0.42, 0.75)
    ordered = np.where(customer, np.round(np.exp(chance.normal(9, 1.2, count))), np.nan)
    level = np.where(customer & (number % 23 == 0), "alert", "")
    level = np.where(customer & (number % 31 == 0), "watch", level)
    return pd.DataFrame(
        {
            "id": [f"{_TYPES[kind]} {one:05d}" for one, kind in zip(number, kinds, strict=True)],
            "type": [_TYPES[kind] for kind in kinds],
            "name": [
                f"{_word(one)} {_TYPES[kind]}" for one, kind in zip(number, kinds, strict=True)
            ],
            "aliases": [[f"{_word(one).upper()} INC"] if one % 5 == 0 else [] for one in number],
            "group": [groups[one].name if one >= 0 else "" for one in group],
            "x": np.clip(ring * np.cos(turn) + spread * np.cos(angle), -1, 1),
            "y": np.clip(ring * np.sin(turn) + spread * np.sin(angle), -1, 1),
            "size": np.sqrt(np.nan_to_num(ordered) / np.nanmax(ordered)),
            "level": level,
            "change": "",
            "facts": [_facts(one, amount) for one, amount in zip(number, ordered, strict=True)],
            "ordered": ordered,
            "last_order": [
                AS_OF - dt.timedelta(days=int(one * 37 % 700)) if is_customer else None
                for one, is_customer in zip(number, customer, strict=True)
            ],
        }
    )


_FIRST = (
    "Ash",
    "Bay",
    "Cedar",
    "Delta",
    "Ember",
    "Flint",
    "Grove",
    "Haven",
    "Iron",
    "Juniper",
    "Kestrel",
    "Lumen",
    "Maple",
    "North",
)
_SECOND = (
    "field",
    "works",
    "ridge",
    "line",
    "forge",
    "stone",
    "bridge",
    "crest",
    "mill",
    "point",
    "gate",
    "vale",
    "ton",
    "wick",
)


def _word(one):
    """Names that are unlike each other."""
    first, second = _FIRST[one % len(_FIRST)], _SECOND[one // len(_FIRST) % len(_SECOND)]
    rest = one // (len(_FIRST) * len(_SECOND))
    return f"{first}{second}" + (f" {rest + 1}" if rest else "")


def _facts(one, amount):
    if np.isnan(amount):
        return []
    return [
        Fact(
            f"Ordered in twelve months: {amount:,.0f} USD", True, f"orders.csv row {one + 2}", AS_OF
        ),
        Fact(
            f"Asked about titanium {one % 9 + 1} times",
            False,
            f"notes.csv row {one + 2}",
            AS_OF - dt.timedelta(days=int(one % 500)),
        ),
        Fact(f"Industry: {_TRADES[one % len(_TRADES)]}", True, f"companies.csv row {one + 2}"),
    ]


def _edges(nodes, count, chance):
    total = len(nodes)
    source = chance.integers(0, total, count)
    near = source + chance.integers(1, 6, count) * nodes["group"].nunique()
    target = np.where(chance.random(count) < 0.8, near % total, chance.integers(0, total, count))
    target = np.where(target == source, (target + 1) % total, target)
    months = [
        sorted((_FIRST_MONTH + chance.integers(0, _MONTHS, times)).tolist())
        for times in chance.integers(1, 6, count)
    ]
    ids = nodes["id"].to_numpy(dtype=object)
    rows = [[f"orders.csv row {edge + 2}-{edge + 4}"] for edge in range(count)]
    first = [dt.date(one[0] // 12, one[0] % 12 + 1, 1) for one in months]
    last = [dt.date(one[-1] // 12, one[-1] % 12 + 1, 28) for one in months]
    return pd.DataFrame(
        {
            "source": ids[source],
            "target": ids[target],
            "relation": [_RELATIONS[edge % len(_RELATIONS)] for edge in range(count)],
            "strength": np.log1p(chance.exponential(4, count)),
            "stated": chance.random(count) < 0.7,
            "first": first,
            "last": last,
            "months": months,
            "rows": rows,
            "change": "",
            "detail": [
                f"{begin} to {end}, {len(times)} times ({where[0]})"
                for begin, end, times, where in zip(first, last, months, rows, strict=True)
            ],
        }
    )


def _findings(nodes):
    told = nodes[nodes["level"] != ""].head(40)
    return tuple(
        Told(
            id=f"finding-{one['id']}",
            node=one["id"],
            kind="slowing-customer",
            level=one["level"],
            alarming=True,
            statement=f"{one['name']} orders less: 3.2 a month before, 1.1 since March.",
            advice="Call and ask what has changed.",
            why=("orders a month before: 3.2 (orders.csv row 3-7)", "orders a month since: 1.1"),
            cypher="MATCH (c:Customer)-[:PLACED]->(o:Order) RETURN c, o",
        )
        for one in told.to_dict("records")
    )
