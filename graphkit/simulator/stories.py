"""What can be planted in a simulated shop, and what was."""

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """How many of each story to plant; the default plants none, so nothing happens.

    Stories fall on different customers, so that each finding has one cause.

    Args:
        slowing_industries: Industries in which four of five customers order less and pay later.
        rough_times: Customers outside those who order less and pay later.
        slowing_customers: Customers who order less and pay as before.
        newly_late: Customers who pay later and order as before.
        chronic_late: Customers who have always paid weeks late.
        smaller_lots: Customers who order smaller lots more often, at the same volume.
        tighter_tolerance: Customers who move to tighter tolerances.
        process_shift: Customers who move to another process.
        finish_shift: Customers who move to another finish.
        topic_growth: Customers who start reading about a topic.
        whole_shop_drop: Share by which everybody's orders fall in the last five months.
        machine_openers: Share of customers whose mail client opens everything within a minute.
    """

    slowing_industries: int = 0
    rough_times: int = 0
    slowing_customers: int = 0
    newly_late: int = 0
    chronic_late: int = 0
    smaller_lots: int = 0
    tighter_tolerance: int = 0
    process_shift: int = 0
    finish_shift: int = 0
    topic_growth: int = 0
    whole_shop_drop: float = 0.0
    machine_openers: float = 0.25

    @classmethod
    def for_shop(cls, customers: int) -> "Stories":
        """A bit of everything, in proportion to the number of customers.

        Args:
            customers: How many customers the shop has.

        Returns:
            Two slowing industries (fewer in a shop of fewer than 50 customers), and of each
            other story three to six customers in a hundred.
        """
        customers_for_an_industry = 25

        def share(fraction: float) -> int:
            return round(customers * fraction)

        return cls(
            slowing_industries=min(customers // customers_for_an_industry, 2),
            rough_times=share(0.04),
            slowing_customers=share(0.05),
            newly_late=share(0.04),
            chronic_late=share(0.035),
            smaller_lots=share(0.05),
            tighter_tolerance=share(0.05),
            process_shift=share(0.05),
            finish_shift=share(0.04),
            topic_growth=share(0.06),
        )


@dataclass(slots=True, kw_only=True)
class Truth:
    """Everything planted; customers by their plain name, days as YYYY-MM-DD.

    Args:
        seed: The shop's seed.
        end: Last day of the data.
        groups: Planted group of each customer.
        industries: Industry of each customer, also where the CRM leaves it blank.
        domains: Web domain of each customer.
        spellings: Every way in which some file writes each customer.
        slowing_industries: Industries that slow down.
        slowing_customers: Who orders less, for whatever reason.
        newly_late: Who pays later than before.
        rough_times: Who does both.
        chronic_late: Who has always paid late.
        smaller_lots: Who orders smaller lots more often.
        tighter_tolerance: Who moves to tighter tolerances.
        process_shift: Who moves to which process.
        finish_shift: Who moves to which finish.
        topic_growth: Who starts to read about which topic.
        delivered_late: Slowing customers whom we had delivered late before.
        price_raised: Slowing customers whose prices we had raised before.
        losing_quotes: Slowing customers who still ask for quotes and no longer accept them.
        machine_openers: Customers whose mail client opens everything.
        scanners: Those of them whose gateway also clicks links.
        end_customers: To whom each customer supplies, as some text or column says.
        shows: Which shows each customer attended, as some text says.
        not_attending: Which shows each customer said it would not attend.
        perhaps_attending: Which shows each customer was not sure of.
        methods: Which new methods each customer works with, as some text says.
        campaign_topics: Topic of each campaign.
        revenue: Shipped dollars of each customer.
        future_machine_hours: Per process, hours of the orders of the six months after `end`.
        future_topic_clicks: Who clicks on what in the three months after `end`.
        bad_rows: Order lines that cannot be read: file, order number, column and why.
        repeated_rows: Per file, how many rows are exact copies.
        rows: Per file, rows under the header.
    """

    seed: int
    end: dt.date
    groups: dict[str, int] = field(default_factory=dict)
    industries: dict[str, str] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    slowing_industries: list[str] = field(default_factory=list)
    slowing_customers: list[str] = field(default_factory=list)
    newly_late: list[str] = field(default_factory=list)
    rough_times: list[str] = field(default_factory=list)
    chronic_late: list[str] = field(default_factory=list)
    smaller_lots: list[str] = field(default_factory=list)
    tighter_tolerance: list[str] = field(default_factory=list)
    process_shift: dict[str, str] = field(default_factory=dict)
    finish_shift: dict[str, str] = field(default_factory=dict)
    topic_growth: dict[str, str] = field(default_factory=dict)
    delivered_late: list[str] = field(default_factory=list)
    price_raised: list[str] = field(default_factory=list)
    losing_quotes: list[str] = field(default_factory=list)
    machine_openers: list[str] = field(default_factory=list)
    scanners: list[str] = field(default_factory=list)
    end_customers: dict[str, list[str]] = field(default_factory=dict)
    shows: dict[str, list[str]] = field(default_factory=dict)
    not_attending: dict[str, list[str]] = field(default_factory=dict)
    perhaps_attending: dict[str, list[str]] = field(default_factory=dict)
    methods: dict[str, list[str]] = field(default_factory=dict)
    campaign_topics: dict[str, str] = field(default_factory=dict)
    revenue: dict[str, float] = field(default_factory=dict)
    future_machine_hours: dict[str, list[float]] = field(default_factory=dict)
    future_topic_clicks: list[dict[str, str]] = field(default_factory=list)
    bad_rows: list[dict[str, str]] = field(default_factory=list)
    repeated_rows: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """The whole truth as JSON with sorted keys."""
        return json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True, default=str)
