"""One simulated shop: its exports and the truth behind them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from graphkit.errors import UsageError
from graphkit.simulator import exports, follows, mail, money, orders, talk, talk_rows, trade
from graphkit.simulator.calendar import Calendar
from graphkit.simulator.chance import Bools, Ints, stream
from graphkit.simulator.plan import Scene, plan
from graphkit.simulator.population import Population, population
from graphkit.simulator.stories import Stories, Truth
from graphkit.simulator.tables import Table, table

DEFAULT_END: Final = dt.date(2026, 6, 30)
ORDER_LINES: Final = "erp_order_lines.csv"
_FEWEST_CUSTOMERS: Final = 2
_FEWEST_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Shop:
    """The exports of a shop's eight systems, and what is true of it."""

    truth: Truth
    tables: tuple[Table, ...]

    def write(self, folder: Path) -> list[Path]:
        """Write every export into the folder.

        Args:
            folder: Made if it is not there; files of the same names are replaced.

        Returns:
            The paths, in alphabetical order.
        """
        folder.mkdir(parents=True, exist_ok=True)
        return sorted(export.write(folder) for export in self.tables)


@dataclass(frozen=True, slots=True)
class _World:
    """Everything that happened, before it is written down."""

    scene: Scene
    placed: orders.Orders
    ordered: orders.Lines
    asked: orders.Quotes
    bills: money.Invoices
    paid: money.Payments
    whom: mail.Contacts
    mails: mail.Campaigns
    done: mail.Activity
    seen: mail.Visits
    said: talk.Talk
    likes: list[follows.Follow]


def simulate(
    *,
    seed: int = 7,
    customers: int = 72,
    months: int = 36,
    end: dt.date = DEFAULT_END,
    stories: Stories | None = None,
    pace: float = 1.0,
) -> Shop:
    """A shop of your own, with known stories in it: the same arguments give the same bytes.

    Args:
        seed: Any non-negative number; another seed is another shop.
        customers: How many customers it has, up to 10,000.
        months: How many months its exports reach back, that of `end` included.
        end: Last day on which anything happened.
        stories: What to plant; a bit of everything unless given (see Stories.for_shop).
        pace: Factor on how often everybody orders; at 1 it is about three orders a month.

    Returns:
        The exports, to be written to a folder, and the truth.

    Raises:
        UsageError: Too few customers or months, or too few customers for the stories.

    Example:
        >>> shop = simulate(seed=1, customers=20, stories=Stories())
        >>> shop.truth.slowing_customers, len(shop.truth.groups)
        ([], 20)
    """
    if customers < _FEWEST_CUSTOMERS or months < _FEWEST_MONTHS:
        raise UsageError(
            f"A simulated shop needs {_FEWEST_CUSTOMERS} customers and {_FEWEST_MONTHS} months or"
            f" more, not {customers} and {months}."
        )
    wanted = Stories.for_shop(customers) if stories is None else stories
    who = population(stream(seed, "population"), customers, pace)
    world = _live(seed, who, Calendar(end, months), wanted)
    return _write_down(seed, world)


def _live(seed: int, who: Population, when: Calendar, stories: Stories) -> _World:
    """Let everything happen, each part with a stream of chance of its own."""
    scene = Scene(who, when, plan(stream(seed, "plan"), who, when, stories))
    placed = orders.orders(stream(seed, "orders"), scene)
    ordered = orders.lines(stream(seed, "lines"), scene, placed)
    bills, paid = money.invoices_and_payments(stream(seed, "money"), scene, placed, ordered)
    whom = mail.contacts(stream(seed, "contacts"), who)
    mails = mail.campaigns(stream(seed, "campaigns"), who, when)
    return _World(
        scene=scene,
        placed=placed,
        ordered=ordered,
        asked=orders.quotes(stream(seed, "quotes"), scene, placed, ordered),
        bills=bills,
        paid=paid,
        whom=whom,
        mails=mails,
        done=mail.activity(stream(seed, "activity"), scene, whom, mails),
        seen=mail.visits(stream(seed, "visits"), scene),
        said=talk.talk(stream(seed, "talk"), scene, whom),
        likes=follows.follows(stream(seed, "follows"), who, when),
    )


def _write_down(seed: int, world: _World) -> Shop:
    """Write what the systems saw by the end, and the truth."""
    who, when = world.scene.who, world.scene.when
    last = when.last_day
    clean = exports.order_lines(stream(seed, "order file"), who, world.placed, world.ordered, last)
    lines, wrong, copies = exports.spoiled(stream(seed, "dirt"), clean, ORDER_LINES)
    now = world.mails.sent < last + 1
    mails = mail.Campaigns(world.mails.topic[now], world.mails.sent[now])
    done, ahead = _known_activity(world)
    created = f"{when.calendar_start - dt.timedelta(days=40)} 09:30"
    crm = stream(seed, "crm")
    erp_quotes = exports.quote_rows(stream(seed, "quote file"), who, world.asked, last)
    payments = exports.payment_rows(stream(seed, "payment file"), who, world.bills, world.paid)
    campaigns = exports.campaign_rows(stream(seed, "subjects"), who, mails)
    clicks = exports.activity_rows(stream(seed, "clients"), world.whom, mails, done)
    posts = talk_rows.post_rows(stream(seed, "posts"), who, world.said)
    tables = (
        Table(ORDER_LINES, lines, "utf-8"),
        table("erp_quotes.csv", erp_quotes),
        table("qb_invoices.csv", exports.invoice_rows(who, world.bills), "cp1252"),
        table("qb_payments.csv", payments),
        table("crm_companies.csv", exports.company_rows(crm, who, created), "utf-8-sig"),
        table("crm_contacts.csv", exports.contact_rows(crm, who, world.whom), "utf-8-sig"),
        table("mail_campaigns.csv", campaigns, "utf-8-sig"),
        table("mail_activity.csv", clicks),
        table("web_visits.csv", exports.visit_rows(who, world.seen)),
        table("sales_notes.csv", talk_rows.note_rows(who, world.said), "cp1252"),
        table("social_posts.csv", posts),
        table("social_interactions.csv", talk_rows.interaction_rows(who, world.likes)),
        table("engineering_projects.xlsx", talk_rows.project_rows(who, world.said)),
    )
    truth = _truth(seed, world)
    truth.bad_rows = wrong
    truth.repeated_rows = {ORDER_LINES: copies}
    truth.rows = {export.name: len(export.frame) for export in tables}
    ids = exports.campaign_ids(len(mails.topic))
    truth.campaign_topics = {
        key: who.topics[topic] for key, topic in zip(ids, mails.topic.tolist(), strict=True)
    }
    truth.future_topic_clicks = ahead
    truth.spellings = _spellings(world, tables)
    return Shop(truth, tables)


def _known_activity(world: _World) -> tuple[mail.Activity, list[dict[str, str]]]:
    """Opens and clicks up to the end; and human clicks on campaigns sent after it."""
    done, last = world.done, world.scene.when.last_day + 1
    known = done.at < last
    fields = (done.campaign, done.contact, done.clicked, done.at, done.machine)
    coming = (world.mails.sent[done.campaign] >= last) & done.clicked & ~done.machine
    pairs = {
        (int(contact), int(world.mails.topic[campaign]))
        for contact, campaign in zip(done.contact[coming], done.campaign[coming], strict=True)
    }
    names, contact_of = world.scene.who.identity.name, world.whom.customer
    ahead = [
        {
            "email": world.whom.email[contact],
            "company": names[contact_of[contact]],
            "topic": world.scene.who.topics[topic],
        }
        for contact, topic in sorted(pairs)
    ]
    return mail.Activity(*(values[known] for values in fields)), ahead  # type: ignore[arg-type]


def _truth(seed: int, world: _World) -> Truth:
    """What was planted, by names."""
    who, course, said = world.scene.who, world.scene.course, world.said
    names = who.identity.name

    def those(mask: Bools) -> list[str]:
        return sorted(names[i] for i in np.flatnonzero(mask))

    def targets(chosen: Ints, labels: Iterable[str]) -> dict[str, str]:
        known = list(labels)
        found = {names[i]: known[chosen[i]] for i in np.flatnonzero(chosen >= 0)}
        return dict(sorted(found.items()))

    def stated(facts: Mapping[int, set[str]]) -> dict[str, list[str]]:
        return {names[customer]: sorted(facts[customer]) for customer in sorted(facts)}

    return Truth(
        seed=seed,
        end=world.scene.when.end,
        groups=dict(zip(names, who.group.tolist(), strict=True)),
        industries={n: trade.INDUSTRIES[i] for n, i in zip(names, who.industry, strict=True)},
        domains=dict(zip(names, who.identity.domain, strict=True)),
        slowing_industries=sorted(trade.INDUSTRIES[i] for i in course.roles.slowing_industries),
        slowing_customers=those(course.roles.slowing),
        newly_late=those(course.roles.late),
        rough_times=those(course.roles.slowing & course.roles.late),
        chronic_late=those(course.roles.chronic),
        smaller_lots=those(course.roles.lots),
        tighter_tolerance=those(course.roles.tolerance),
        process_shift=targets(course.roles.process, trade.PROCESSES),
        finish_shift=targets(course.roles.finish, trade.FINISHES),
        topic_growth=targets(course.roles.topic, who.topics),
        delivered_late=those(course.roles.delivered_late),
        price_raised=those(course.roles.price_raised),
        losing_quotes=those(course.roles.losing),
        machine_openers=those(course.roles.machine),
        scanners=those(course.roles.scanner),
        end_customers=stated(said.end_customers),
        shows=stated(said.shows),
        not_attending=stated(said.absent),
        perhaps_attending=stated(said.perhaps),
        methods=stated(said.methods),
        revenue=exports.revenue(who, world.bills),
        future_machine_hours=orders.machine_hours_after(
            world.scene.when, world.placed, world.ordered
        ),
    )


def _spellings(world: _World, tables: tuple[Table, ...]) -> dict[str, list[str]]:
    """For each customer every way in which a file's company column writes it."""
    identity = world.scene.who.identity
    columns = ("Customer Name", "Name", "Company name", "Account", "Customer")
    written: set[str] = set()
    for export in tables:
        for column in export.frame.columns.intersection(list(columns)):
            written |= set(pd.unique(export.frame[column]))
    systems = zip(
        identity.crm,
        identity.erp,
        identity.finance,
        identity.social,
        identity.note,
        identity.twin,
        strict=True,
    )
    return {
        name: sorted({spelling for spelling in spellings if spelling} & written)
        for name, spellings in zip(identity.name, systems, strict=True)
    }
