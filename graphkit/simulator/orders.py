"""Order lines and quotes: bursty months, lots and prices, and what was shipped when."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from graphkit.simulator import trade
from graphkit.simulator.calendar import Calendar
from graphkit.simulator.chance import Bools, Days, Floats, Ints, draw_rows
from graphkit.simulator.plan import Scene

VARIANTS: Final = 4  # parts that a customer has of each process
_LINES: Final = (0.5, 0.27, 0.15, 0.08)  # share of orders with one, two, three and four lines
_DOLLARS_A_MINUTE: Final = 1.6
_CANCELLED: Final = 0.01  # share of lines
_QUOTED: Final = 0.3  # share of orders that came from a quote
_MOVES: Final = 0.5  # share of lines that a shift moves in the end
_DECIDES_IN: Final = 21  # days within which a customer decides on a quote


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders in order of date, with those after the end that only the truth knows."""

    customer: Ints
    day: Days
    shipped: Days  # when the whole order leaves, perhaps after the end
    number: Ints


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of the orders; `order` is a position in Orders."""

    order: Ints
    line: Ints
    process: Ints
    variant: Ints
    material: Ints
    finish: Ints
    tolerance: Ints
    quantity: Ints
    price: Ints  # cents a piece
    minutes: Floats  # a piece
    promised: Days
    cancelled: Bools


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes in order of date."""

    customer: Ints
    day: Days
    process: Ints
    quantity: Ints
    price: Ints  # cents a piece
    won: Bools
    decided: Days


def season(rng: np.random.Generator, when: Calendar) -> Floats:
    """The shop's own year: a gentle wave, a slack July and a December dip; one factor a month."""
    year = np.arange(1, 13)
    wave = 1 + rng.uniform(0.05, 0.12) * np.sin(2 * np.pi * (year + rng.uniform(0, 12)) / 12)
    wave[11] *= rng.uniform(0.5, 0.65)
    wave[6] *= 0.9
    return np.asarray((wave / wave.mean())[when.month_of_year - 1])


def orders(rng: np.random.Generator, scene: Scene) -> Orders:
    """Draw every order: gamma-Poisson counts a month, each on a working day.

    Args:
        rng: Source of chance.
        scene: Customers, months and stories.

    Returns:
        Orders by date.
    """
    who, when, course = scene.who, scene.when, scene.course
    bursts = rng.standard_gamma(who.burst[:, None], (who.count, when.horizon)) / who.burst[:, None]
    expected = who.rate[:, None] * season(rng, when) * course.orders * bursts
    counts = rng.poisson(expected)
    customer = np.repeat(np.arange(who.count), counts.sum(axis=1))
    month = np.repeat(np.tile(np.arange(when.horizon), who.count), counts.ravel())
    lengths = np.diff(when.starts).astype(np.int64)
    within = (rng.random(len(month)) * lengths[month]).astype(np.int64)
    day = np.busday_offset(when.starts[month] + within, 0, roll="modifiedfollowing")
    by_date = np.argsort(day, kind="stable")
    customer, day, month = customer[by_date], day[by_date], month[by_date]
    lead = np.maximum(rng.lognormal(np.log(22), 0.35, len(day)), 5).astype(np.int64)
    slip = np.rint(rng.normal(-1.0, 3.0, len(day)) + course.delivery[customer, month])
    shipped = day + np.maximum(lead + slip.astype(np.int64), 2)
    return Orders(customer, day, shipped, 41000 + np.arange(len(day)))


def lines(rng: np.random.Generator, scene: Scene, placed: Orders) -> Lines:
    """Draw the lines of every order from the customer's catalogue of parts.

    Args:
        rng: Source of chance.
        scene: Customers, months and stories.
        placed: The orders.

    Returns:
        Lines by order and line number.
    """
    who, when, course = scene.who, scene.when, scene.course
    per_order = 1 + rng.choice(len(_LINES), len(placed.day), p=_LINES)
    order = np.repeat(np.arange(len(placed.day)), per_order)
    first = np.repeat(np.cumsum(per_order) - per_order, per_order)
    customer, day = placed.customer[order], placed.day[order]
    month = when.month(day)
    share = course.moved[customer, month]
    process = draw_rows(rng, who.process, customer)
    process = _moved(rng, process, course.roles.process[customer], share)
    finish = _moved(rng, draw_rows(rng, who.finish, customer), course.roles.finish[customer], share)
    variant = np.minimum(rng.geometric(0.45, len(order)) - 1, VARIANTS - 1)
    part = (customer * len(trade.PROCESSES) + process) * VARIANTS + variant
    owner = np.repeat(np.arange(who.count), len(trade.PROCESSES) * VARIANTS)
    usual = np.array(list(trade.PROCESSES.values()))
    made_by = np.tile(np.repeat(np.arange(len(usual)), VARIANTS), who.count)
    minutes = np.round(usual[made_by] * rng.lognormal(0.0, 0.45, len(owner)), 2)
    price = 3.0 + minutes * _DOLLARS_A_MINUTE * rng.lognormal(0.0, 0.2, len(owner))
    tightened = course.roles.tolerance[customer] & (rng.random(len(order)) < 0.9 * share)
    tolerance = draw_rows(rng, who.tolerance, owner)[part] + np.where(tightened, 3, 0)
    quantity = np.exp(rng.normal(np.log(who.lot[customer] * course.lot[customer, month]), 0.45))
    cents = price[part] * course.price[customer, month] * rng.normal(1.0, 0.015, len(order)) * 100
    promised = placed.shipped[order] - np.rint(course.delivery[customer, month]).astype(np.int64)
    return Lines(
        order=order,
        line=np.arange(len(order)) - first + 1,
        process=process,
        variant=variant,
        material=draw_rows(rng, who.material, owner)[part],
        finish=finish,
        tolerance=np.minimum(tolerance, len(trade.TOLERANCES) - 1),
        quantity=np.maximum(np.rint(quantity), 1).astype(np.int64),
        price=np.maximum(np.rint(cents), 1).astype(np.int64),
        minutes=minutes[part],
        promised=promised + rng.integers(-2, 4, len(order)),
        cancelled=rng.random(len(order)) < _CANCELLED,
    )


def _moved(rng: np.random.Generator, drawn: Ints, target: Ints, share: Floats) -> Ints:
    """What was drawn, except for the lines that follow a story to its target."""
    follows = (target >= 0) & (rng.random(len(drawn)) < _MOVES * share)
    return np.where(follows, target, drawn)


def quotes(
    rng: np.random.Generator,
    scene: Scene,
    placed: Orders,
    ordered: Lines,
) -> Quotes:
    """Quotes that became orders, and those that did not.

    Customers who lose interest without telling keep asking: their lost quotes stay as many as
    before, or grow, while the won ones fall with their orders.

    Args:
        rng: Source of chance.
        scene: Customers, months and stories.
        placed: The orders.
        ordered: Their lines.

    Returns:
        Quotes up to the end, by date.
    """
    who, when, course = scene.who, scene.when, scene.course
    first = np.flatnonzero(ordered.line == 1)
    first = first[rng.random(len(first)) < _QUOTED]
    source = ordered.order[first]
    asked = placed.day[source] - rng.integers(3, _DECIDES_IN + 1, len(first))
    keeps_asking = np.where(course.roles.losing[:, None] & (course.orders < 1), 1.5, course.orders)
    lost = rng.poisson(who.rate[:, None] * keeps_asking * _QUOTED * 0.28)
    loser = np.repeat(np.arange(who.count), lost.sum(axis=1))
    month = np.repeat(np.tile(np.arange(when.horizon), who.count), lost.ravel())
    process = draw_rows(rng, who.process, loser)
    minutes = np.array(list(trade.PROCESSES.values()))[process]
    cents = (3 + minutes * _DOLLARS_A_MINUTE * rng.lognormal(0.08, 0.35, len(loser))) * 100
    pieces = np.exp(rng.normal(np.log(who.lot[loser] * course.lot[loser, month]), 0.5))
    day = when.starts[month] + rng.integers(0, 28, len(loser))
    everything = Quotes(
        customer=np.concatenate([placed.customer[source], loser]),
        day=np.concatenate([asked, day]),
        process=np.concatenate([ordered.process[first], process]),
        quantity=np.concatenate([ordered.quantity[first], np.maximum(pieces, 1).astype(np.int64)]),
        price=np.concatenate([ordered.price[first], cents.astype(np.int64)]),
        won=np.concatenate([np.ones(len(first), dtype=bool), np.zeros(len(loser), dtype=bool)]),
        decided=np.concatenate([placed.day[source], day + _DECIDES_IN]),
    )
    known = everything.day <= when.last_day
    by_date = np.argsort(everything.day, kind="stable")
    kept = by_date[known[by_date]]
    return Quotes(
        *(getattr(everything, name)[kept] for name in ("customer", "day", "process", "quantity")),
        *(getattr(everything, name)[kept] for name in ("price", "won", "decided")),
    )


def machine_hours_after(when: Calendar, placed: Orders, ordered: Lines) -> dict[str, list[float]]:
    """Hours of the orders of each of the months after the end, for each process.

    Args:
        when: The months.
        placed: The orders, also those after the end.
        ordered: Their lines.

    Returns:
        Per process, one figure a month, the first month first.
    """
    ahead = when.month(placed.day)[ordered.order] - when.months
    future = (ahead >= 0) & ~ordered.cancelled
    months = when.horizon - when.months
    cell = ordered.process[future] * months + ahead[future]
    hours = np.bincount(
        cell,
        weights=(ordered.quantity * ordered.minutes / 60)[future],
        minlength=len(trade.PROCESSES) * months,
    ).reshape(-1, months)
    return {
        process: [round(float(hour), 1) for hour in row]
        for process, row in zip(trade.PROCESSES, hours, strict=True)
    }
