"""The map as one picture that needs no JavaScript: shapes, and the names of what is alarming."""

import dataclasses
from collections.abc import Sequence
from typing import Final

import numpy as np

from graphkit.drawing import Drawing

WIDTH: Final = 900
HEIGHT: Final = 560
_MARGIN: Final = 40
_LETTER: Final = 7.8
"""Width of a letter of a name, in units of the picture; generous, since fonts differ."""
_LINE: Final = 15
_LONGEST: Final = 30
"""Letters of a name that a map shows."""
_NAMED: Final = 24
"""Names that a picture of this size has room for."""
_GROUPED: Final = 3
"""Customers that make a cluster worth naming."""

Box = tuple[float, float, float, float]


@dataclasses.dataclass(frozen=True, slots=True)
class Dot:
    """A customer.

    Attributes:
        x: Across.
        y: Down.
        r: Radius, by what it ordered.
        level: alert, watch or empty.
        name: What it is called.
    """

    x: float
    y: float
    r: float
    level: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Label:
    """A name that found room.

    Attributes:
        x: Where it begins, ends or has its middle.
        y: Its base line.
        anchor: start, end or middle.
        text: The name.
        level: alert, watch, or cluster for the name of one.
    """

    x: float
    y: float
    anchor: str
    text: str
    level: str


@dataclasses.dataclass(frozen=True, slots=True)
class StaticMap:
    """What the template draws.

    Attributes:
        dots: Customers, what is alarming last, so that it lies on top.
        labels: Names.
        told: What is to be seen, for those who cannot.
        left_out: How many alarming customers have no room for their name.
    """

    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    told: str
    left_out: int


def static_map(drawing: Drawing) -> StaticMap:
    """Customers where the map has them, those with an alert or watch as shapes with their names.

    Args:
        drawing: What the map draws.
    """
    rows = drawing.nodes[(drawing.nodes["type"] == "Customer").to_numpy(dtype=bool)]
    places = _placed(rows[["x", "y"]].to_numpy(dtype=np.float64))
    dots = [
        Dot(round(x, 1), round(y, 1), round(2.5 + 6 * float(size), 1), str(level), str(name))
        for (x, y), size, level, name in zip(
            places, rows["size"], rows["level"], rows["name"], strict=True
        )
    ]
    order = {"": 0, "watch": 1, "alert": 2}
    dots.sort(key=lambda one: (order[one.level], one.name))
    alarming = [one for one in reversed(dots) if one.level]
    taken: list[Box] = [_box_of(one) for one in dots]
    names = [label for one in alarming[:_NAMED] if (label := _label(one, taken))]
    clusters = _cluster_labels(rows["group"].tolist(), places, taken)
    alerts = sum(one.level == "alert" for one in dots)
    told = (
        f"{len(dots)} customers, those alike near each other: {alerts} with an alert,"
        f" {len(alarming) - alerts} with a watch."
    )
    return StaticMap(tuple(dots), (*clusters, *names), told, len(alarming) - len(names))


def _placed(places: np.ndarray) -> np.ndarray:
    """Places in the picture: the customers alone fill it, without becoming wider than high."""
    if not len(places):
        return places
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([WIDTH, HEIGHT]) - 2 * _MARGIN
    return np.asarray(_MARGIN + (places - low) / np.maximum(high - low, 1e-9) * room)


def _box_of(dot: Dot) -> Box:
    return dot.x - dot.r, dot.y - dot.r, dot.x + dot.r, dot.y + dot.r


def _label(dot: Dot, taken: list[Box]) -> Label | None:
    """A place beside, above or below a dot that hides nothing; None where there is none."""
    text = shortened(dot.name, _LONGEST)
    gap = dot.r + 6
    above, level, below = dot.y - gap, dot.y + 4, dot.y + gap + 10
    for x, y, anchor in (
        (dot.x + gap, level, "start"),
        (dot.x - gap, level, "end"),
        (dot.x, above, "middle"),
        (dot.x, below, "middle"),
        (dot.x + gap, above, "start"),
        (dot.x - gap, above, "end"),
        (dot.x + gap, below, "start"),
        (dot.x - gap, below, "end"),
    ):
        if _fits(_box(text, x, y, anchor), taken):
            return Label(round(x, 1), round(y, 1), anchor, text, dot.level)
    return None


def _box(text: str, x: float, y: float, anchor: str) -> Box:
    """The room that a text takes."""
    wide = _LETTER * len(text)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left, y - _LINE + 4, left + wide, y + 3


def _cluster_labels(groups: Sequence[str], places: np.ndarray, taken: list[Box]) -> list[Label]:
    """The name of each cluster, above its customers."""
    found = []
    for name in sorted({one for one in groups if one}):
        its = places[[one == name for one in groups]]
        if len(its) < _GROUPED:
            continue
        text = shortened(name, _LONGEST)
        half = _LETTER * len(text) / 2 + 2
        x = min(max(float(its[:, 0].mean()), half), WIDTH - half)
        top, bottom = float(its[:, 1].min()) - 14, float(its[:, 1].max()) + 24
        for y in (top, bottom, top - _LINE, bottom + _LINE):
            if _fits(_box(text, x, y, "middle"), taken):
                found.append(Label(round(x, 1), round(y, 1), "middle", text, "cluster"))
                break
    return found


def _fits(box: Box, taken: list[Box]) -> bool:
    """Whether nothing is there yet; if so it is taken."""
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT:
        return False
    if any(left < r and right > x and top < b and bottom > y for x, y, r, b in taken):
        return False
    taken.append(box)
    return True


def shortened(text: str, most: int) -> str:
    """A name that fits, with a sign that it goes on.

    >>> shortened("Cranmore Manufacturing Company", 12)
    'Cranmore Ma\u2026'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"
