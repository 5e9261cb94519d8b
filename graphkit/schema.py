"""Every node and relationship type, declared once.

Tables of the embedded store, Neo4j constraints and relationships, checks of what loaders bring, and
the manual's schema page are all derived from these declarations. A class here is never
instantiated: rows travel as Arrow-backed frames (see `declaration.frame_of` and `batch`).

A column that holds the id of another node is a `link`: a many-to-one relationship, stored as a
column and drawn as a relationship. Facts link to the Account that a system wrote; since an account
belongs to one Company, a link to Account is drawn at its Company.
"""

import datetime as dt
from collections.abc import Mapping

from graphkit.declaration import (
    BOOKS,
    CELLS,
    MONEY_UNIT,
    TYPES,
    Entity,
    Kind,
    Money,
    Node,
    Property,
    Relationship,
    declare,
    frame_of,
    link,
    prop,
)

__all__ = [
    "ADDED_SINCE",
    "BOOKS",
    "CELLS",
    "MONEY_UNIT",
    "REDIRECT",
    "SCHEMA_VERSION",
    "TEXTUAL",
    "TYPES",
    "Entity",
    "Kind",
    "Money",
    "Node",
    "Property",
    "Relationship",
    "frame_of",
]

SCHEMA_VERSION = 4
"""Raised when a declaration changes; `store` migrates an older store by numbered steps."""
ADDED_SINCE = 3
"""A graph of this version, or a later one, lacks nothing but types that are new."""


# --- companies and people ---


@declare
class Company(Node):
    """One company, however many systems spell it; a customer when it buys from the shop."""

    name: str = prop("the name people use: the fullest of its accounts' names")
    is_customer: bool = prop("whether it ever ordered from, or was billed by, the shop")
    aliases: list[str] = prop("every spelling in any system")
    domain: str | None = prop("web domain")
    city: str | None = prop("city")
    industry: str | None = link("Industry", "IN_INDUSTRY", "its market")
    owner: str | None = link("Employee", "OWNED_BY", "who of ours looks after it")
    parent: str | None = link("Company", "PART_OF", "the group it belongs to")


@declare
class Account(Node):
    """What one system calls a company. Facts link here and are never rewritten."""

    sourced = True
    fills = True
    system: str = prop("the system instance that wrote it, such as quickbooks")
    native_id: str | None = prop("its id in that system")
    name: str | None = prop("the name as written")
    domain: str | None = prop("web domain, without www")
    email: str | None = prop("general e-mail address")
    phone: str | None = prop("telephone, as written")
    address: str | None = prop("street address, as written")
    city: str | None = prop("city")
    region: str | None = prop("state or region")
    postcode: str | None = prop("postal code")
    handle: str | None = prop("social media handle, without @")
    industry: str | None = prop("industry as the system has it")
    owner: str | None = link("Employee", "MANAGED_BY", "who of ours looks after it")
    parent_name: str | None = prop("the group as the system has it")
    parent_id: str | None = prop("the group's id in that system")


@declare
class Employee(Node):
    """One of us: an account owner, sales representative or author of notes."""

    name: str = prop("name")


@declare
class Person(Node):
    """A contact at a company."""

    sourced = True
    fills = True
    account: str | None = link("Account", "WORKS_AT", "where the person works")
    name: str | None = prop("full name")
    title: str | None = prop("job title")
    email: str | None = prop("e-mail address, lower case")
    phone: str | None = prop("telephone")
    opted_out: bool | None = prop("whether the person does not want mail")


@declare
class Industry(Node):
    """A market."""

    name: str = prop("name")
    naics: str | None = prop("NAICS code")


# --- orders ---


@declare
class Process(Node):
    """A way of making: a machining process or work centre."""

    name: str = prop("name")


@declare
class Material(Node):
    """What parts are made of, as an export or a text has it, or a family of such."""

    fills = True
    name: str = prop("name")
    family: str | None = link("Material", "KIND_OF", "what it is a kind of, as stainless steel")


@declare
class Finish(Node):
    """A surface treatment."""

    name: str = prop("name")


@declare
class Part(Node):
    """A part number."""

    number: str = prop("part number")
    description: str | None = prop("description")


@declare
class Quote(Node):
    """What we offered: asked, sent, then won or lost."""

    sourced = True
    event = "quoted_on"
    number: str = prop("quote number")
    name: str | None = prop("what the deal is called")
    account: str | None = link("Account", "QUOTED", "who asked", inward=True)
    quoted_on: dt.date = prop("day of the quote")
    process: str | None = link("Process", "FOR_PROCESS", "main process")
    part: str | None = link("Part", "FOR_PART", "part quoted")
    quantity: float | None = prop("lot size quoted", unit="pieces")
    unit_price: Money | None = prop("price of one piece")
    amount: Money | None = prop("quantity times unit price")
    currency: str | None = prop("ISO currency")
    status: str | None = prop("open, won, lost or cancelled")
    reason: str | None = prop("why it was lost")
    order: str | None = link("Order", "WON_AS", "the order it became")


@declare
class Order(Node):
    """What a customer ordered under one number."""

    sourced = True
    event = "ordered_on"
    number: str = prop("order number")
    account: str | None = link("Account", "PLACED", "who ordered", inward=True)
    ordered_on: dt.date = prop("day of the order")
    status: str | None = prop("open, shipped or cancelled")
    site: str | None = prop("our plant, where there are several")


@declare
class OrderLine(Node):
    """One part in one lot on an order."""

    sourced = True
    event = "ordered_on"
    order: str = link("Order", "HAS_LINE", "the order", inward=True)
    line: str = prop("line number")
    account: str | None = link(
        "Account", "", "who ordered: repeated here so that no analysis joins"
    )
    ordered_on: dt.date = prop("day of the order: repeated likewise")
    part: str | None = link("Part", "OF_PART", "the part")
    process: str | None = link("Process", "USES_PROCESS", "main process")
    material: str | None = link("Material", "IN_MATERIAL", "material")
    finish: str | None = link("Finish", "HAS_FINISH", "finish; empty when none")
    tolerance: float | None = prop("tightest tolerance, half the band", unit="mm")
    quantity: float = prop("lot size", unit="pieces")
    unit_price: Money | None = prop("price of one piece")
    amount: Money | None = prop("quantity times unit price")
    currency: str | None = prop("ISO currency")
    minutes: float | None = prop(
        "estimated machine time of one piece, its share of the set-up included", unit="minutes"
    )
    promised_on: dt.date | None = prop("day promised")
    shipped_on: dt.date | None = prop("day shipped", known_on="shipped_on")
    status: str | None = prop("open, shipped or cancelled")
    note: str | None = prop("what is written about it, read as text for tolerances")
    cells: int | None = prop("hash of the cells it was read from: such a row is not read again")


ORDER_STATES = {"open": 0, "shipped": 1, "cancelled": 2}
"""The states of orders: one is in the first state that a line of it is in; other words are open."""


def line_turn(line: str) -> tuple[int, str]:
    """What lines of an order are sorted by, so that the tenth is after the second.

    >>> sorted(["10", "2", "1"], key=line_turn)
    ['1', '2', '10']
    """
    return len(line), line


# --- money ---


@declare
class Invoice(Node):
    """A bill we sent, or a credit memo (then the amount is negative)."""

    sourced = True
    fills = True  # one report of a system knows the due date, another only the lines
    event = "invoiced_on"
    number: str = prop("invoice number")
    account: str | None = link("Account", "BILLED", "who was billed", inward=True)
    invoiced_on: dt.date = prop("day of the invoice")
    due_on: dt.date | None = prop("last day to pay on time")
    terms: str | None = prop("terms as written, such as Net 30")
    amount: Money = prop("total")
    open_amount: Money | None = prop("balance when the export was made")
    currency: str | None = prop("ISO currency")
    paid_on: dt.date | None = prop("day paid, where the export says it", known_on="paid_on")
    reference: str | None = prop("for a credit memo, the invoice it names; empty when none")


@declare
class Payment(Node):
    """Money that arrived."""

    sourced = True
    event = "paid_on"
    number: str | None = prop("cheque or transfer number")
    account: str | None = link("Account", "PAID", "who paid", inward=True)
    paid_on: dt.date = prop("day it arrived")
    amount: Money = prop("amount")
    currency: str | None = prop("ISO currency")
    reference: str | None = prop("invoice number it names; empty when none")


@declare
class SettledBy(Relationship):
    """Which payment settled which invoice: by reference, else inferred from amount and age."""

    label = "SETTLED_BY"
    ends = (("Invoice",), ("Payment",))
    event = "on"
    amount: Money = prop("amount applied")
    on: dt.date = prop("day of the payment")
    inferred: bool = prop("whether it was matched by amount and age instead of a reference")


@declare
class CreditedBy(Relationship):
    """Which credit memo reduced which invoice; what is credited is neither owed nor a payment."""

    label = "CREDITED_BY"
    ends = (("Invoice",), ("Invoice",))
    event = "on"
    amount: Money = prop("amount credited, above zero")
    on: dt.date = prop("day of the credit memo")
    inferred: bool = prop("whether it was matched by amount and age instead of a reference")


@declare
class Balance(Node):
    """What was open on an invoice on one day, as a list of open items of that day says."""

    sourced = True
    event = "on"
    invoice: str = link("Invoice", "HAD_OPEN", "the invoice", inward=True)
    on: dt.date = prop("the day that the list shows")
    open_amount: Money = prop("what was open; below zero for a credit memo")


@declare
class PaidBetween(Relationship):
    """When an invoice was paid, bounded by the last list that has it open and the next without."""

    label = "PAID_BETWEEN"
    ends = (("Invoice",), ("Balance",))
    event = "by"
    key = ("from_id",)
    after: dt.date = prop("last day on which it was seen open: it was paid later")
    by: dt.date = prop("first day on which it was no longer open: it was paid by then")


_DOCUMENTS = ("Quote", "Order", "Invoice")


@declare
class Repeats(Relationship):
    """The same quote, order or invoice in another system: it is counted once, as the other one."""

    label = "REPEATS"
    ends = (_DOCUMENTS, _DOCUMENTS)
    key = ("from_id", "from_type", "to_id")
    days: int = prop("days between the two dates", unit="days")


@declare
class ConflictsWith(Relationship):
    """A quote, order or invoice of one number and company whose amount or day two systems dispute.

    Both are counted until one of them is corrected.
    """

    label = "CONFLICTS_WITH"
    ends = (_DOCUMENTS, _DOCUMENTS)
    key = ("from_id", "from_type", "to_id")
    about: str = prop("amount, currency or day")


# --- projects, mail, web, social ---


@declare
class Method(Node):
    """A new way of machining."""

    name: str = prop("name")


@declare
class Project(Node):
    """An engineering project with a customer."""

    sourced = True
    event = "started_on"
    name: str = prop("name")
    account: str | None = link("Account", "WORKS_ON", "the customer", inward=True)
    started_on: dt.date = prop("day it began")
    end_customer: str | None = link("Account", "FOR_END_CUSTOMER", "whom our customer makes it for")
    description: str | None = prop("description, read as text")


@declare
class Topic(Node):
    """What mail, pages and talk are about."""

    name: str = prop("name")


@declare
class Campaign(Node):
    """One mail to many."""

    sourced = True
    event = "sent_at"
    title: str | None = prop("internal title")
    subject: str = prop("subject line")
    sent_at: dt.datetime = prop("when it was sent, local time")


@declare
class Page(Node):
    """A page of our web site."""

    title: str | None = prop("title")


@declare
class SentTo(Relationship):
    """A campaign went to a contact."""

    label = "SENT_TO"
    sourced = True
    ends = (("Campaign",), ("Person",))


@declare
class Opened(Relationship):
    """A contact's mail program opened a campaign."""

    label = "OPENED"
    sourced = True
    event = "at"
    ends = (("Person",), ("Campaign",))
    key = ("from_id", "to_id", "at")
    at: dt.datetime = prop("when, local time")
    client: str | None = prop("mail program")


@declare
class Clicked(Relationship):
    """A contact clicked a link of a campaign."""

    label = "CLICKED"
    sourced = True
    event = "at"
    ends = (("Person",), ("Campaign",))
    key = ("from_id", "to_id", "at", "url")
    at: dt.datetime = prop("when, local time")
    client: str | None = prop("mail program")
    url: str | None = prop("address clicked")


@declare
class Visited(Relationship):
    """Somebody of a company looked at a page of ours."""

    label = "VISITED"
    sourced = True
    event = "on"
    ends = (("Account",), ("Page",))
    key = ("from_id", "to_id", "on", "seconds")
    on: dt.date = prop("day")
    seconds: float | None = prop("time on the page", unit="seconds")


@declare
class Follows(Relationship):
    """One company's account follows another's."""

    label = "FOLLOWS"
    sourced = True
    event = "on"
    ends = (("Account",), ("Account",))
    key = ("from_id", "to_id", "on")
    on: dt.date = prop("day")


@declare
class Liked(Relationship):
    """One company's account liked a post of another's."""

    label = "LIKED"
    sourced = True
    event = "on"
    ends = (("Account",), ("Account",))
    key = ("from_id", "to_id", "on")
    on: dt.date = prop("day")


@declare
class Shared(Relationship):
    """One company's account shared a post of another's."""

    label = "SHARED"
    sourced = True
    event = "on"
    ends = (("Account",), ("Account",))
    key = ("from_id", "to_id", "on")
    on: dt.date = prop("day")


# --- texts and what was read from them ---


@declare
class Note(Node):
    """What one of us wrote about a customer."""

    sourced = True
    event = "written_on"
    written_on: dt.date = prop("day")
    account: str | None = link("Account", "NOTED", "the customer it is filed under", inward=True)
    author: str | None = link("Employee", "WROTE", "who wrote it", inward=True)
    text: str = prop("the note")


@declare
class Post(Node):
    """What a company wrote on social media."""

    sourced = True
    event = "posted_on"
    posted_on: dt.date = prop("day")
    account: str | None = link("Account", "POSTED", "whose post", inward=True)
    platform: str | None = prop("platform")
    text: str = prop("the post")
    likes: int | None = prop("likes", unit="count")
    shares: int | None = prop("shares", unit="count")


@declare
class Value(Node):
    """A value such as a tolerance, or a name that nobody is known by, as a text mentions it."""

    entity: str = prop("what kind of thing, such as TOLERANCE or COMPANY")
    name: str = prop("normalised value or name")


@declare
class TradeShow(Node):
    """One edition of a trade show."""

    series: str = prop("the show, such as IMTS")
    year: int = prop("year")


@declare
class Signal(Node):
    """What tells how a company is doing."""

    name: str = prop("the signal, such as SLOW_PAY or EXPANDING")


TEXTUAL = ("Note", "Post", "Project")
"""Types whose text is read."""


@declare
class Mentions(Relationship):
    """A stretch of text that names something, whether or not it was recognised as one we know."""

    label = "MENTIONS"
    sourced = True
    event = "on"
    ends = (
        (*TEXTUAL, "OrderLine"),
        (
            "Account",
            "Person",
            "Employee",
            "TradeShow",
            "Method",
            "Process",
            "Material",
            "Finish",
            "Topic",
            "Industry",
            "Value",
        ),
    )
    key = ("from_id", "start", "end", "entity", "component")
    on: dt.date = prop("day of the text")
    start: int = prop("first character", unit="characters")
    end: int = prop("one past the last character", unit="characters")
    entity: str = prop("what kind of thing, such as TRADE_SHOW or TOLERANCE")
    canonical: str = prop("normalised name or value")
    value: float | None = prop("of a tolerance, half the band", unit="mm")
    sentence: str = prop("the sentence")
    polarity: str = prop("asserted, negated, hedged, past, conditional, reported or asked")
    confidence: float = prop("0 to 1")
    component: str = prop("the component that read it, with its version")
    account: str | None = prop("the Account of which the text says it")
    says: str | None = prop("what it says of that account, such as USES_MATERIAL or ORDERS")


@declare
class HasSignal(Relationship):
    """What a text says of how a company is doing."""

    label = "HAS_SIGNAL"
    sourced = True
    event = "on"
    ends = (("Account",), ("Signal",))
    key = ("from_id", "to_id", "text_id")
    on: dt.date = prop("day it was said")
    polarity: str = prop("asserted, or negated, hedged and so on: then it is not so")
    text_id: str = prop("the text it was read from")
    start: int = prop("first character of the words that say so", unit="characters")
    end: int = prop("one past their last character", unit="characters")
    sentence: str = prop("the sentence")
    confidence: float = prop("0 to 1")
    component: str = prop("the component that read it, with its version")


@declare
class Attended(Relationship):
    """Somebody was, or was said not to be, at a trade show."""

    label = "ATTENDED"
    sourced = True
    event = "on"
    ends = (("Account", "Person"), ("TradeShow",))
    key = ("from_id", "to_id", "text_id")
    on: dt.date = prop("day it was said")
    polarity: str = prop("asserted, or negated, hedged and so on: then it is not attendance")
    text_id: str = prop("the text it was read from; empty when an attendee list says it")
    sentence: str | None = prop("the sentence")
    confidence: float = prop("0 to 1")


@declare
class Supplies(Relationship):
    """Whom a customer supplies: a customer's customer."""

    label = "SUPPLIES"
    sourced = True
    event = "on"
    ends = (("Account",), ("Account",))
    key = ("from_id", "to_id", "text_id")
    on: dt.date = prop("day it was said")
    polarity: str = prop("asserted, or negated, hedged and so on")
    text_id: str = prop("the text it was read from; empty when a column says it")
    sentence: str | None = prop("the sentence")
    confidence: float = prop("0 to 1")


@declare
class UsesMethod(Relationship):
    """Who works with a new method."""

    label = "USES_METHOD"
    sourced = True
    event = "on"
    ends = (("Account", "Project"), ("Method",))
    key = ("from_id", "to_id", "text_id")
    on: dt.date = prop("day it was said")
    polarity: str = prop("asserted, or negated, hedged and so on")
    text_id: str = prop("the text it was read from; empty when a column says it")
    sentence: str | None = prop("the sentence")
    confidence: float = prop("0 to 1")


@declare
class TalkedTo(Relationship):
    """One of us talked to a contact."""

    label = "TALKED_TO"
    sourced = True
    event = "on"
    ends = (("Employee",), ("Person",))
    key = ("from_id", "to_id", "text_id")
    on: dt.date = prop("day")
    text_id: str = prop("the note that says it")
    sentence: str | None = prop("the sentence")
    confidence: float = prop("0 to 1")


@declare
class Knows(Relationship):
    """One of us is connected to a contact, as LinkedIn has it."""

    label = "KNOWS"
    sourced = True
    event = "on"
    ends = (("Employee",), ("Person",))
    on: dt.date = prop("day connected")


@declare
class HasTopic(Relationship):
    """What a campaign, page, note or post is about, as its words say."""

    label = "ABOUT"
    sourced = True
    ends = (("Campaign", "Page", *TEXTUAL), ("Topic",))
    component: str = prop("the component that read it, with its version")


# --- results ---


@declare
class Is(Relationship):
    """An account is a company."""

    label = "IS"
    ends = (("Account",), ("Company",))
    key = ("from_id",)
    score: float = prop("how sure, 0 to 1")
    reason: str = prop("what joined it to the company's other accounts")


@declare
class Cluster(Node):
    """Customers that are alike."""

    name: str = prop("what they have in common")
    size: int = prop("members", unit="count")
    stability: float = prop("mean clusterwise Jaccard over bootstraps")
    run: int = prop("the run that found it")


@declare
class InCluster(Relationship):
    """A customer is in a cluster."""

    label = "IN_CLUSTER"
    ends = (("Company",), ("Cluster",))
    strength: float = prop("share of bootstraps in which it was there")


@declare
class FindingNode(Node):
    """One statement that somebody can act on (see `findings`)."""

    label = "Finding"
    kind: str = prop("kind, such as slowing-customer")
    level: str = prop("alert, watch or cannot-tell")
    statement: str = prop("the statement")
    effect: float | None = prop("estimate")
    low: float | None = prop("lower end of its 90 % interval")
    high: float | None = prop("upper end of its 90 % interval")
    unit: str | None = prop("unit of the effect")
    p: float | None = prop("p-value")
    q: float | None = prop("p-value corrected for how many questions were asked")
    n: int | None = prop("how many rows it rests on", unit="count")
    advice: str | None = prop("what to do")
    cypher: str | None = prop("the query that lists the rows it rests on")
    as_of: dt.date = prop("as of which day")
    run: int = prop("the run that found it")


@declare
class About(Relationship):
    """Whom or what a finding is about."""

    label = "ABOUT"
    ends = (
        ("FindingNode",),
        (
            "Company",
            "Industry",
            "Process",
            "Finish",
            "Material",
            "Topic",
            "Cluster",
            "TradeShow",
        ),
    )
    role: str = prop("subject, object or member")


@declare
class Told(Node):
    """What was found once about somebody: kept, so that two tellings can be compared."""

    telling: int = prop("1, 2, 3, ...; a run that finds the same as the one before adds none")
    as_of: dt.date = prop("as of which day")
    told_at: dt.datetime = prop("when the analyses ran")
    finding: str = prop("id of the finding; the same question has the same in each telling")
    kind: str = prop("kind, such as slowing-customer")
    level: str = prop("alert or watch")
    about: str = prop("name of whom or what it is about")
    company: str | None = link("Company", "WAS_TOLD", "the company it is about", inward=True)
    beside: str | None = prop("name of the process, finish, topic and so on that it names")
    effect: float | None = prop("estimate")
    low: float | None = prop("lower end of its 90 % interval")
    high: float | None = prop("upper end of its 90 % interval")
    unit: str | None = prop("unit of the effect")


# --- the books ---


@declare
class File(Node):
    """A file that was loaded."""

    system: str = prop("the system that wrote it")
    instance: str = prop("which of several such systems; the system's name when there is one")
    kind: str = prop("what it holds, such as invoices")
    path: str = prop("its name when it was loaded")
    content: str = prop("SHA-256 of its bytes, or of a query and its answer")
    loaded_at: dt.datetime = prop("when it was loaded")
    rows: int = prop("rows read", unit="count")
    loaded: int = prop("rows loaded", unit="count")
    repeated: int = prop("rows that repeat another", unit="count")
    rejected: int = prop("rows rejected", unit="count")
    nothing: str | None = prop(
        "how many of the rows loaded make nothing, by what they are, as JSON"
    )
    amount: Money | None = prop("sum of the amounts loaded")
    stated: Money | None = prop("what the report itself says its amounts add up to")
    first_on: dt.date | None = prop("first day in it")
    last_on: dt.date | None = prop("last day in it")
    as_of: dt.date | None = prop("the day whose state it shows, where it says so")
    replaces: list[str] | None = prop("names of the files of which it is a newer state")
    reading: str = prop("version of the loader that read it; another version reads it again")


@declare
class Rejected(Node):
    """A row that was not loaded."""

    file_id: str = prop("the File")
    row: int = prop("row in that file, as a spreadsheet counts")
    column: str = prop("column")
    value: str = prop("what stands there")
    reason: str = prop("why it was not loaded, and what to do")
    content: str = prop("the whole row as JSON, to be corrected and loaded again")


@declare
class Run(Node):
    """One load or analysis."""

    number: int = prop("1, 2, 3, ...")
    what: str = prop("load, resolve, text or findings")
    state: str = prop("writing or done")
    started_at: dt.datetime = prop("when it began")
    as_of: dt.date | None = prop("as of which day, for findings")


@declare
class Decision(Node):
    """What a person decided of accounts, an industry or a finding; whom to forget."""

    kind: str = prop("merge, split, never, dismiss, confirm, industry, forget")
    first: str = prop("the account or finding; of a forgotten person a random number")
    second: str | None = prop("the other account")
    value: str | None = prop(
        "what was decided, where it is not a yes; of a finding what it said then, and why; salted "
        "hashes of who is forgotten"
    )
    who: str = prop("who decided")
    at: dt.datetime = prop("when")


SAID_IN: Mapping[type[Entity], str] = {
    Mentions: "from_id",
    HasTopic: "from_id",
    Attended: "text_id",
    Supplies: "text_id",
    UsesMethod: "text_id",
    TalkedTo: "text_id",
    HasSignal: "text_id",
}
"""The column that holds the text a fact was read from; empty in facts that a column states."""


REDIRECT = "redirect:"
"""Prefix of the Meta rows that say which company took over a retired company id."""


@declare
class Meta(Node):
    """What the store knows of itself, such as its schema version."""

    value: str = prop("value")
