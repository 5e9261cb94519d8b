"""Contacts, campaigns, who opened and clicked what, and visits to the shop's pages."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from graphkit.simulator.calendar import RECENT, Calendar
from graphkit.simulator.chance import Bools, Floats, Ints, choose
from graphkit.simulator.names import people, squash
from graphkit.simulator.plan import Scene
from graphkit.simulator.population import Population
from graphkit.simulator.words import TITLES

_MONTHS_OF_MAIL: Final = 24  # the shop has mailed for two years
_PER_MONTH: Final = 5  # campaigns
_MONTHS_AFTER: Final = 3  # campaigns after the end, for the truth alone
_CLICKS: Final = 0.09  # share of opens that lead to a click, at usual interest
_EVERYTHING: Final = 0.97  # share of mails that a machine opens
_MOST_OPENS: Final = 0.85  # nobody human opens more
_SCANNED: Final = 0.4  # share of mails whose links a scanner follows
_MOST_CLICKS: Final = 0.5
_ELSEWHERE: Final = (
    ("/", "Home"),
    ("/capabilities", "Capabilities"),
    ("/about", "About Us"),
    ("/contact", "Contact"),
    ("/request-a-quote", "Request a Quote"),
    ("/careers", "Careers"),
)


@dataclass(frozen=True, slots=True)
class Contacts:
    """People at the customers."""

    customer: Ints
    given: list[str]
    family: list[str]
    email: list[str]
    title: list[str]


@dataclass(frozen=True, slots=True)
class Campaigns:
    """Mails to everybody; `topic` is a position in Population.topics."""

    topic: Ints
    sent: np.ndarray[tuple[int], np.dtype[np.datetime64]]  # to the second


@dataclass(frozen=True, slots=True)
class Activity:
    """Opens and clicks by time; positions in Campaigns and Contacts."""

    campaign: Ints
    contact: Ints
    clicked: Bools
    at: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    machine: Bools


@dataclass(frozen=True, slots=True)
class Visits:
    """Views of pages, by day."""

    customer: Ints
    day: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    page: list[tuple[str, str]]
    seconds: Ints


def contacts(rng: np.random.Generator, who: Population) -> Contacts:
    """One to four people a customer, with addresses in its domain."""
    per_customer = rng.choice(np.array([1, 2, 3, 4]), who.count, p=[0.3, 0.35, 0.25, 0.1])
    customer = np.repeat(np.arange(who.count), per_customer)
    given, family = people(rng, len(customer))
    email: list[str] = []
    taken: set[str] = set()
    for i, (one, two) in enumerate(zip(given, family, strict=True)):
        domain = who.identity.domain[customer[i]]
        address = f"{squash(one)}.{squash(two)}@{domain}"
        if address in taken:
            address = f"{squash(one)}.{squash(two)}{i}@{domain}"
        taken.add(address)
        email.append(address)
    return Contacts(customer, given, family, email, choose(rng, TITLES, len(customer)))


def campaigns(rng: np.random.Generator, who: Population, when: Calendar) -> Campaigns:
    """Five mails a month, each about one topic; topics come round evenly, in random order."""
    first = max(when.months - _MONTHS_OF_MAIL, 0)
    months = np.repeat(np.arange(first, when.months + _MONTHS_AFTER), _PER_MONTH)
    rounds = -(-len(months) // len(who.topics))
    topic = np.concatenate([rng.permutation(len(who.topics)) for _ in range(rounds)])
    day = when.starts[months] + rng.integers(0, 28, len(months))
    hour = rng.integers(8, 11, len(months)).astype("timedelta64[h]")
    sent = np.sort(day.astype("datetime64[s]") + hour)
    return Campaigns(topic[: len(months)], sent)


def activity(
    rng: np.random.Generator,
    scene: Scene,
    whom: Contacts,
    mails: Campaigns,
) -> Activity:
    """What every contact opened and clicked.

    People open by habit and by interest in the topic, hours after sending. Machines open
    nearly everything within a minute; behind them sits a person who only shows by clicks.

    Args:
        rng: Source of chance.
        scene: Customers, months and stories.
        whom: The contacts.
        mails: The campaigns, also those after the end.

    Returns:
        Opens and clicks by time.
    """
    course = scene.course
    customer, shape = whom.customer, (len(whom.customer), len(mails.topic))
    interest = _interest(scene, mails)[customer]
    habit = rng.beta(3.0, 9.0, shape[0])[:, None]
    opens = rng.random(shape) < np.minimum(habit * interest, _MOST_OPENS)
    clicks = opens & (rng.random(shape) < np.minimum(_CLICKS * interest**1.3, _MOST_CLICKS))
    machine = course.roles.machine[customer][:, None] & (rng.random(shape) < _EVERYTHING)
    scanner = machine & course.roles.scanner[customer][:, None] & (rng.random(shape) < _SCANNED)
    seconds = np.clip(rng.lognormal(np.log(5 * 3600), 1.1, shape), 90, 9 * 86400)
    kinds = [
        (opens & ~machine, False, seconds, False),
        (machine, False, rng.uniform(4, 55, shape), True),
        (clicks & ~scanner, True, seconds + rng.uniform(20, 400, shape), False),
        (scanner, True, rng.uniform(5, 58, shape), True),
    ]
    found = [np.nonzero(mask) for mask, *_ in kinds]
    contact = np.concatenate([one for one, _ in found]).astype(np.int64)
    campaign = np.concatenate([two for _, two in found]).astype(np.int64)
    delay = np.concatenate([kind[2][cells] for kind, cells in zip(kinds, found, strict=True)])
    clicked = np.concatenate([np.full(len(f[0]), k[1]) for k, f in zip(kinds, found, strict=True)])
    automatic = np.concatenate(
        [np.full(len(f[0]), k[3]) for k, f in zip(kinds, found, strict=True)]
    )
    at = mails.sent[campaign] + delay.astype(np.int64).astype("timedelta64[s]")
    by_time = np.lexsort((clicked, contact, at))
    return Activity(
        campaign[by_time], contact[by_time], clicked[by_time], at[by_time], automatic[by_time]
    )


def _interest(scene: Scene, mails: Campaigns) -> Floats:
    """Customers by campaigns: how much more than usual each would like to read it."""
    who, when, course = scene.who, scene.when, scene.course
    month = np.minimum(when.month(mails.sent), when.horizon - 1)
    growing = course.roles.topic[:, None] == mails.topic[None, :]
    return np.asarray(
        who.affinity[:, mails.topic] * np.where(growing, course.reading[:, month], 1.0)
    )


def visits(rng: np.random.Generator, scene: Scene) -> Visits:
    """Views of resource pages by interest, and of other pages at random, in the last year."""
    who, when, course = scene.who, scene.when, scene.course
    months = np.arange(max(when.months - 12, 0), when.months)
    growing = course.roles.topic[:, None] == np.arange(len(who.topics))
    later = np.where(months >= when.months - RECENT, 1.0, 0.0)
    per_month = 0.06 * who.affinity[:, :, None] * (1 + 4.0 * growing[:, :, None] * later)
    counts = rng.poisson(per_month)
    customer, topic, month = (np.repeat(i, counts.ravel()) for i in map(np.ravel, _grid(counts)))
    others = rng.poisson(0.15, (who.count, len(months)))
    other_customer, other_month = (
        np.repeat(i, others.ravel()) for i in map(np.ravel, _grid(others))
    )
    page = [(f"/resources/{_slug(who.topics[t])}", who.topics[t].title()) for t in topic]
    page += [_ELSEWHERE[i] for i in rng.integers(len(_ELSEWHERE), size=len(other_customer))]
    month = months[np.concatenate([month, other_month])]
    lengths = np.diff(when.starts).astype(np.int64)
    day = when.starts[month] + (rng.random(len(month)) * lengths[month]).astype(np.int64)
    seconds = np.maximum(rng.lognormal(np.log(60), 0.7, len(month)), 3).astype(np.int64)
    customer = np.concatenate([customer, other_customer])
    order = np.argsort(day, kind="stable")
    order = order[day[order] <= when.last_day]
    return Visits(customer[order], day[order], [page[i] for i in order], seconds[order])


def _grid(counts: Ints) -> Ints:
    """The index of every cell, one array an axis."""
    return np.indices(counts.shape)


def _slug(topic: str) -> str:
    """The topic as it stands in an address."""
    return topic.lower().replace(" ", "-")
