"""Invoices from what was shipped, and payments around the day they are due."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from graphkit.simulator.calendar import Calendar
from graphkit.simulator.chance import Bools, Days, Ints
from graphkit.simulator.orders import Lines, Orders
from graphkit.simulator.plan import Scene

_SPLIT: Final = 0.02  # share of invoices paid in two halves
_SPREAD: Final = 0.22  # sigma of the logarithm of the days to payment
_TOLD: Final = 0.68  # share of payments with the invoice number in the memo


@dataclass(frozen=True, slots=True)
class Invoices:
    """One invoice for each order of which something was shipped by the end, by date."""

    customer: Ints
    order: Ints  # position in Orders
    number: Ints
    day: Days
    due: Days
    cents: Ints
    open_cents: Ints


@dataclass(frozen=True, slots=True)
class Payments:
    """Money that arrived by the end, by date."""

    invoice: Ints  # position in Invoices
    day: Days
    cents: Ints
    told: Bools  # whether the memo names the invoice


def shipped(when: Calendar, placed: Orders, ordered: Lines) -> Bools:
    """Which lines had been shipped by the end."""
    return (placed.shipped[ordered.order] <= when.last_day) & ~ordered.cancelled


def invoices_and_payments(
    rng: np.random.Generator,
    scene: Scene,
    placed: Orders,
    ordered: Lines,
) -> tuple[Invoices, Payments]:
    """Bill what was shipped and let the customers pay.

    Days from invoice to payment are lognormal around terms, habit and story.

    Args:
        rng: Source of chance.
        scene: Customers, months and stories.
        placed: The orders.
        ordered: Their lines.

    Returns:
        Invoices with what is open at the end, and payments up to the end.
    """
    who, when, course = scene.who, scene.when, scene.course
    billed = shipped(when, placed, ordered)
    value = np.where(billed, ordered.quantity * ordered.price, 0)
    total = np.zeros(len(placed.day), dtype=np.int64)
    np.add.at(total, ordered.order, value)
    order = np.flatnonzero(total > 0)
    order = order[np.argsort(placed.shipped[order], kind="stable")]
    customer, day, cents = placed.customer[order], placed.shipped[order], total[order]
    due = day + who.terms[customer]
    late = who.habit[customer] + course.payment[customer, when.month(day)]
    days = np.maximum(who.terms[customer] + late, 4) * rng.lognormal(0.0, _SPREAD, len(order))
    paid = day + np.maximum(np.rint(days).astype(np.int64), 1)
    halves = rng.random(len(order)) < _SPLIT
    half = np.where(halves, cents // 2, 0)
    invoice = np.arange(len(order))
    second = paid + rng.integers(5, 25, len(order))
    invoice = np.concatenate([invoice, invoice[halves]])
    payment_day = np.concatenate([paid, second[halves]])
    amount = np.concatenate([cents - half, half[halves]])
    arrived = payment_day <= when.last_day
    invoice, payment_day, amount = invoice[arrived], payment_day[arrived], amount[arrived]
    by_date = np.argsort(payment_day, kind="stable")
    received = np.zeros(len(order), dtype=np.int64)
    np.add.at(received, invoice, amount)
    bills = Invoices(
        customer, order, 20001 + np.arange(len(order)), day, due, cents, cents - received
    )
    told = rng.random(len(by_date)) < _TOLD
    return bills, Payments(invoice[by_date], payment_day[by_date], amount[by_date], told)
