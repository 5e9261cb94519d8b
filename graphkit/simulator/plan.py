"""Stories turned into numbers: what each customer does differently in each month."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from graphkit.errors import UsageError
from graphkit.simulator import trade
from graphkit.simulator.calendar import RECENT, Calendar
from graphkit.simulator.chance import Bools, Floats, Ints
from graphkit.simulator.population import Population
from graphkit.simulator.stories import Stories

_FEWEST_MEMBERS: Final = 4  # customers of an industry that may be planted as slowing
_LARGEST_MEMBER: Final = 0.4  # of the industry's orders
_BUSY: Final = 1.4  # orders a month from which a leaning can be seen
_NOBODY: Final = -1
_HIT: Final = 0.8  # share of a slowing industry's customers that slow down
_OUR_FAULT: Final = 0.25  # share of the slowing that we had delivered late; and that paid more
_FAULT_MONTHS: Final = 4  # how long before the slowdown
_ASKS_ON: Final = 0.5  # share of the slowing that still ask for quotes
_SCANS: Final = 0.15  # share of the machines that also click
# Nobody moves to no finish: it counts as everybody's favourite already.
_UNFINISHED: Final = np.eye(1, len(trade.FINISHES))


@dataclass(frozen=True, slots=True)
class Roles:
    """Who has which story; arrays have one entry a customer."""

    slowing_industries: list[int]
    slowing: Bools
    late: Bools
    chronic: Bools
    lots: Bools
    tolerance: Bools
    process: Ints  # index of the process moved to, or -1
    finish: Ints  # likewise
    topic: Ints  # likewise
    delivered_late: Bools
    price_raised: Bools
    losing: Bools
    machine: Bools
    scanner: Bools


@dataclass(frozen=True, slots=True)
class Plan:
    """The stories and their course; arrays are customers by months."""

    roles: Roles
    orders: Floats  # factor on the number of orders
    lot: Floats  # factor on the pieces of a line
    price: Floats  # factor on the price
    delivery: Floats  # days that we ship later than usual
    payment: Floats  # days that the customer pays later than usual
    moved: Floats  # share of lines that follow the new process, finish or tolerance
    reading: Floats  # factor on interest in the topic


@dataclass(frozen=True, slots=True)
class Scene:
    """Who lives through which months by which plan: what everything else is drawn from."""

    who: Population
    when: Calendar
    course: Plan


class _Cast:
    """Hands each customer at most one part."""

    def __init__(self, rng: np.random.Generator, count: int) -> None:
        self._rng = rng
        self._free = np.ones(count, dtype=bool)

    def take(self, members: Bools) -> Bools:
        """These of the free customers, who are then no longer free."""
        taken = members & self._free
        self._free &= ~taken
        return taken

    def pick(self, story: str, count: int, rate: Floats | None = None) -> Bools:
        """`count` free customers at random; given `rate`, busy ones, or else the busiest."""
        free = self._rng.permutation(np.flatnonzero(self._free))
        if len(free) < count:
            raise UsageError(
                f"{count} customers are asked for '{story}', but only {len(free)} are left for it.",
                next_step="more customers or fewer stories",
            )
        if rate is not None:
            free = free[np.argsort(-np.minimum(rate[free], _BUSY), kind="stable")]
        chosen = np.zeros(len(self._free), dtype=bool)
        chosen[free[:count]] = True
        return self.take(chosen)


def plan(rng: np.random.Generator, who: Population, when: Calendar, stories: Stories) -> Plan:
    """Cast the stories and lay out their course.

    Args:
        rng: Source of chance.
        who: The customers.
        when: The months.
        stories: How many of each.

    Returns:
        The plan that orders, payments, mails and texts follow.

    Raises:
        UsageError: There are too few customers for so many stories.
    """
    roles = _roles(rng, who, stories)
    count, months = who.count, np.arange(when.horizon)
    recent = months >= when.months - RECENT
    onset = when.months - RECENT - rng.integers(0, 2, count)[:, None]
    after = months >= onset
    before = (months >= onset - _FAULT_MONTHS) & ~after
    fall = np.where(roles.slowing, rng.uniform(0.25, 0.5, count), 1.0)[:, None]
    shift = np.where(roles.late, rng.uniform(10, 30, count), 0.0)[:, None]
    always = np.where(roles.chronic, rng.uniform(22, 45, count), 0.0)[:, None]
    ramp = _ramp(rng, count, when)
    smaller = 1 - (1 - rng.uniform(0.3, 0.42, count))[:, None] * ramp
    lot = np.where(roles.lots[:, None], smaller, 1.0)
    whole_shop = 1 - np.where(recent, stories.whole_shop_drop, 0.0)
    return Plan(
        roles=roles,
        orders=np.where(after, fall, 1.0) / lot * whole_shop,
        lot=lot,
        price=np.where(roles.price_raised[:, None] & (before | after), 1.12, 1.0),
        delivery=np.where(roles.delivered_late[:, None] & before, 12.0, 0.0),
        payment=np.where(after, shift, 0.0) + always,
        moved=ramp,
        reading=np.where(recent, 3.5, 1.0) * np.ones((count, 1)),
    )


def _roles(rng: np.random.Generator, who: Population, stories: Stories) -> Roles:
    """Cast the stories, those first that need particular customers."""
    count, cast = who.count, _Cast(rng, who.count)
    industries = _slowing_industries(rng, who, stories.slowing_industries)
    hit = np.isin(who.industry, industries) & (rng.random(count) < _HIT)
    rough = cast.take(_at_least_three(who, industries, hit))
    rough |= cast.pick("rough_times", stories.rough_times)
    slowing = rough | cast.pick("slowing_customers", stories.slowing_customers)
    late = rough | cast.pick("newly_late", stories.newly_late)
    chronic = cast.pick("chronic_late", stories.chronic_late)
    lots = cast.pick("smaller_lots", stories.smaller_lots, who.rate)
    tolerance = cast.pick("tighter_tolerance", stories.tighter_tolerance, who.rate)
    shifting = cast.pick("process_shift", stories.process_shift, who.rate)
    refinishing = cast.pick("finish_shift", stories.finish_shift, who.rate)
    reading = cast.pick("topic_growth", stories.topic_growth)
    machine = rng.random(count) < stories.machine_openers
    fault = rng.random(count)
    return Roles(
        slowing_industries=industries,
        slowing=slowing,
        late=late,
        chronic=chronic,
        lots=lots,
        tolerance=tolerance,
        process=_new_favourite(rng, shifting, who.process),
        finish=_new_favourite(rng, refinishing, who.finish + _UNFINISHED),
        topic=_new_favourite(rng, reading, who.affinity),
        delivered_late=slowing & (fault < _OUR_FAULT),
        price_raised=slowing & (fault > 1 - _OUR_FAULT),
        losing=slowing & (rng.random(count) < _ASKS_ON),
        machine=machine,
        scanner=machine & (rng.random(count) < _SCANS),
    )


def _ramp(rng: np.random.Generator, count: int, when: Calendar) -> Floats:
    """From 0 to 1 within the second half of the time, and 1 from then on."""
    begin = when.months * rng.uniform(0.4, 0.55, count)[:, None]
    return np.clip((np.arange(when.horizon) - begin) / (when.months * 0.35), 0.0, 1.0)


def _slowing_industries(rng: np.random.Generator, who: Population, count: int) -> list[int]:
    """Industries with enough customers, none of which is most of the industry."""
    fit = []
    for index in range(len(trade.INDUSTRIES)):
        rates = who.rate[who.industry == index]
        if len(rates) >= _FEWEST_MEMBERS and rates.max() <= _LARGEST_MEMBER * rates.sum():
            fit.append(index)
    if len(fit) < count:
        raise UsageError(
            f"{count} industries are to slow down, but only {len(fit)} have"
            f" {_FEWEST_MEMBERS} customers of which none is most of it.",
            next_step="more customers or fewer slowing industries",
        )
    return sorted(int(i) for i in rng.permutation(fit)[:count])


def _at_least_three(who: Population, industries: list[int], hit: Bools) -> Bools:
    """The members that were hit, and in each industry no fewer than three."""
    hit = hit.copy()
    for index in industries:
        members = np.flatnonzero(who.industry == index)
        missing = 3 - int(hit[members].sum())
        hit[members[~hit[members]][: max(missing, 0)]] = True
    return hit


def _new_favourite(rng: np.random.Generator, chosen: Bools, weights: Floats) -> Ints:
    """For each chosen customer a column that it used little so far, for others -1."""
    rank = np.argsort(weights, axis=1)
    low = max(weights.shape[1] // 2, 1)
    pick = rank[np.arange(len(chosen)), rng.integers(low, size=len(chosen))]
    return np.where(chosen, pick, _NOBODY).astype(np.int64)
