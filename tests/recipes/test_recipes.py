"""Every recipe, on a real Neo4j that holds a small shop in which the answers are known."""

import datetime as dt
import itertools
import re
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from graphkit import recipes
from graphkit.batch import Batch, Source
from graphkit.errors import UnknownNameError, UsageError
from graphkit.schema import TYPES
from graphkit.store.bolt import plain
from graphkit.store.neo4j import Neo4jStore
from tests.neo4j_plans import shape
from tests.neo4j_server import empty

ALL = recipes.recipes()
EURO = 10_000
MONTHS = [(year, month) for year in (2024, 2025) for month in range(1, 13)]


def day(year, month, of_month=15):
    return dt.date(year, month, of_month)


TOLD = [
    {"Ace": ("watch", 0.5)},
    {"Ace": ("watch", 0.5), "Bolt": ("watch", 0.5), "Cog": ("alert", 0.5)},
    {"Ace": ("watch", 0.5), "Bolt": ("alert", 0.5), "Cog": ("alert", 0.2)},
]
"""Level and effect of what was found, telling by telling."""


class Shop:
    """Rows of a small shop, type by type."""

    def __init__(self):
        self.rows = {}
        self.number = itertools.count(1)

    def add(self, type_name, /, **columns):
        self.rows.setdefault(type_name, []).append(columns)

    def company(self, name, *, customer=True, **columns):
        ident = name.lower()
        row = {"id": ident, "name": name, "is_customer": customer, "aliases": [name], **columns}
        self.add("Company", **row)
        self.add("Account", id=f"crm:{ident}", system="crm", name=name)
        self.add("Is", from_id=f"crm:{ident}", to_id=ident, score=1.0, reason="same name")

    def order(self, who, on, *, process, pieces=10.0, lines=1, **more):
        order = f"O{next(self.number):04d}"
        account = f"crm:{who}"
        self.add("Order", id=order, number=order, account=account, ordered_on=on)
        for line in range(lines):
            self.add(
                "OrderLine",
                id=f"{order}-{line}",
                order=order,
                line=str(line),
                account=account,
                ordered_on=on,
                process=process,
                part="P1",
                quantity=pieces,
                minutes=6.0,
                amount=int(pieces) * EURO,
                **more,
            )

    def noted(self, tolerance):
        """Say in the notes of the last order's lines which tolerance they need."""
        said = {"entity": "TOLERANCE", "canonical": f"±{tolerance} mm", "polarity": "asserted"}
        value = f"TOLERANCE:±{tolerance} mm"
        self.add("Value", id=value, entity="TOLERANCE", name=said["canonical"])
        line = self.rows["OrderLine"][-1]
        self.add(
            "Mentions",
            from_id=line["id"],
            from_type="OrderLine",
            to_id=value,
            to_type="Value",
            on=line["ordered_on"],
            start=0,
            end=8,
            value=tolerance,
            sentence=said["canonical"],
            confidence=0.95,
            component="quantities/1",
            **said,
        )

    def invoice(self, who, on, *, days_late, paid=True):
        number = f"I{next(self.number):04d}"
        account, due = f"crm:{who}", on + dt.timedelta(30)
        row = {"id": number, "number": number, "account": account, "invoiced_on": on}
        self.add("Invoice", **row, due_on=due, amount=100 * EURO)
        if paid:
            when = due + dt.timedelta(days_late)
            self.add("Payment", id=f"P{number}", account=account, paid_on=when, amount=100 * EURO)
            ends = {"from_id": number, "to_id": f"P{number}"}
            self.add("SettledBy", **ends, amount=100 * EURO, on=when, inferred=False)

    def write(self, store):
        source = Source.of(system="crm", kind="all", path="all.csv", content=b"all")
        for name, entity in TYPES.items():
            rows = self.rows.get(name, [])
            if not rows:
                continue
            names = sorted({column for row in rows for column in row})
            columns = {column: [row.get(column) for row in rows] for column in names}
            if entity.sourced:
                columns["row"] = list(range(2, len(rows) + 2))
            batch = Batch.of(entity, columns, source=source if entity.sourced else None)
            store.write(batch, run=1)


def known_shop():
    """Ace lies calm; Bolt and Cog, both automotive, slow down and pay later; Dyno is behind Ace."""
    shop = Shop()
    for name in ("Medical", "Automotive"):
        shop.add("Industry", id=name, name=name)
    for name in ("Milling", "Turning"):
        shop.add("Process", id=name, name=name)
    shop.add("Finish", id="Anodise", name="Anodise")
    for name, family in (("steel", None), ("stainless", "steel"), ("17-4", "stainless")):
        shop.add("Material", id=name, name=name, family=family)
    shop.add("Part", id="P1", number="P1")
    shop.add("Employee", id="kim", name="Kim")
    shop.company("Ace", industry="Medical", owner="kim")
    for name in ("Bolt", "Cog"):
        shop.company(name, industry="Automotive")
    shop.company("Dyno", customer=False)
    add_orders(shop)
    add_money(shop)
    add_people(shop)
    add_talk(shop)
    add_what_must_not_count(shop)
    return shop


def add_orders(shop):
    for year, month in MONTHS:
        late = (year, month) > (2025, 6)
        for of_month in (5, 25) if year == 2025 else (5,):
            shop.order(
                "ace",
                day(year, month, of_month),
                process="Turning" if late else "Milling",
                finish="Anodise" if late else None,
                material="17-4" if late else "steel",
                pieces=40.0 if year == 2025 else 100.0,
                tolerance=None if year == 2025 else 0.1,
            )
            if year == 2025:
                shop.noted(0.05)
        for who in ("bolt", "cog"):
            shop.order(who, day(year, month), process="Milling") if (year, month) < (
                2025,
                8,
            ) else None
    shop.order("bolt", day(2025, 12, 31), process="Milling")
    for number, status, reason in ((1, "won", None), (2, "lost", "Price"), (3, "lost", "Price")):
        shop.add(
            "Quote",
            id=f"Q{number}",
            number=f"Q{number}",
            account="crm:ace",
            quoted_on=day(2025, 11, number),
            process="Milling",
            status=status,
            reason=reason,
        )


def add_money(shop):
    for year, month in MONTHS[:-2]:
        shop.invoice("ace", day(year, month), days_late=10)
        for who in ("bolt", "cog"):
            shop.invoice(who, day(year, month), days_late=25 if (year, month) > (2025, 7) else 0)
    shop.invoice("cog", day(2025, 10, 1), days_late=0, paid=False)
    shop.invoice("cog", day(2025, 12, 20), days_late=0, paid=False)


def add_people(shop):
    shop.add("Person", id="p1", account="crm:ace", name="Jo", title="Buyer")
    shop.add("TalkedTo", from_id="kim", to_id="p1", on=day(2025, 3), text_id="n1", confidence=0.9)
    shop.add("Topic", id="titanium", name="titanium")
    sent = dt.datetime(2025, 11, 3, 9)  # noqa: DTZ001 - wall time
    shop.add("Campaign", id="m1", subject="Titanium", sent_at=sent)
    shop.add("Page", id="/ti", title="Titanium")
    for kind, where in (("Campaign", "m1"), ("Page", "/ti")):
        shop.add("HasTopic", from_id=where, from_type=kind, to_id="titanium", component="words")
    shop.add("Opened", from_id="p1", to_id="m1", at=sent)
    shop.add("Clicked", from_id="p1", to_id="m1", at=sent, url="/ti")
    shop.add("Visited", from_id="crm:bolt", to_id="/ti", on=day(2025, 11), seconds=5.0)
    follows = {"from_id": "crm:bolt", "to_id": "crm:ace", "on": day(2025, 2)}
    shop.add("Follows", **follows)


def add_talk(shop):
    said = {"on": day(2025, 4), "confidence": 0.9, "sentence": "They said so."}
    shop.add("TradeShow", id="IMTS 2024", series="IMTS", year=2024)
    for who, polarity in (("ace", "asserted"), ("bolt", "negated")):
        ends = {"from_id": f"crm:{who}", "from_type": "Account", "to_id": "IMTS 2024"}
        shop.add("Attended", **ends, polarity=polarity, text_id="n1", **said)
    shop.add("Signal", id="SLOW_PAY", name="SLOW_PAY")
    for who, polarity in (("ace", "negated"), ("bolt", "asserted")):
        words = {"start": 5, "end": 13, "component": "signals/1"}
        signal = {"from_id": f"crm:{who}", "to_id": "SLOW_PAY", "polarity": polarity}
        shop.add("HasSignal", **signal, **words, text_id="n1", **said)
    supplies = {"from_id": "crm:ace", "to_id": "crm:dyno", "polarity": "asserted"}
    shop.add("Supplies", **supplies, text_id="n1", **said)
    supplies = {"from_id": "crm:bolt", "to_id": "crm:dyno", "polarity": "negated"}
    shop.add("Supplies", **supplies, text_id="n2", **said)
    shop.add("Method", id="hybrid", name="hybrid")
    shop.add("Project", id="j1", name="Pump", account="crm:cog", started_on=day(2025, 5))
    method = {"from_id": "j1", "from_type": "Project", "to_id": "hybrid", "text_id": "j1"}
    shop.add("UsesMethod", **method, polarity="asserted", **said)
    shop.add("Cluster", id="k", name="Automotive", size=2, stability=0.9, run=1)
    for who, strength in (("bolt", 1.0), ("cog", 0.8)):
        shop.add("InCluster", from_id=who, to_id="k", strength=strength)
    finding = {"kind": "slowing-customer", "level": "alert", "statement": "Bolt orders less."}
    shop.add("FindingNode", id="f", **finding, advice="Call.", as_of=day(2025, 12), run=1)
    for telling, told in enumerate(TOLD, start=1):
        for one, (level, effect) in told.items():
            shop.add(
                "Told",
                id=f"{telling}:{one}",
                telling=telling,
                as_of=day(2025, telling),
                told_at=dt.datetime(2025, telling, 2),  # noqa: DTZ001 - wall time
                finding=one,
                kind="slowing-customer",
                level=level,
                about=one,
                company=one.lower(),
                effect=effect,
                low=effect - 0.1,
                high=effect + 0.1,
            )
    shop.add("About", from_id="f", to_id="bolt", to_type="Company", role="subject")
    risk = {"kind": "capacity-risk", "level": "watch", "statement": "Turning may run over."}
    shop.add("FindingNode", id="g", **risk, as_of=day(2025, 12), run=1)
    shop.add("About", from_id="g", to_id="Turning", to_type="Process", role="subject")
    books = {"system": "crm", "instance": "crm", "kind": "all", "path": "all.csv", "reading": "1"}
    content = Source.of(system="crm", kind="all", path="all.csv", content=b"all").file_id
    counts = dict.fromkeys(("rows", "loaded", "repeated", "rejected"), 0)
    when = dt.datetime(2026, 1, 1, 8)  # noqa: DTZ001 - wall time
    shop.add("File", id=content, **books, content="x", loaded_at=when, **counts)


def add_what_must_not_count(shop):
    """What was cancelled, credited, or reported by another system too; none changes an answer."""
    for status, repeats in (("cancelled", None), (None, "O0001")):
        order, on = f"X{status or 'again'}", day(2025, 12, 20)
        head = {"account": "crm:ace", "ordered_on": on}
        shop.add("Order", id=order, number=order, status=status, **head)
        line = {"id": f"{order}-1", "order": order, "line": "1", "process": "Turning", **head}
        shop.add("OrderLine", **line, quantity=9e6, minutes=6.0, tolerance=0.001, amount=10**12)
        if repeats:
            types = {"from_type": "Order", "to_type": "Order"}
            shop.add("Repeats", from_id=order, to_id=repeats, days=0, **types)
    line = {"id": "O0001-void", "order": "O0001", "line": "9", "account": "crm:ace"}
    line |= {"ordered_on": day(2024, 1, 5), "process": "Milling", "quantity": 9e6}
    shop.add("OrderLine", **line, minutes=6.0, amount=10**12, status="cancelled")
    quote = {"number": "Q9", "account": "crm:ace", "process": "Milling"}
    for ident, status in (("Q9", "cancelled"), ("Q8", "lost")):
        shop.add("Quote", id=ident, **quote, quoted_on=day(2025, 11, 9), status=status)
    types = {"from_type": "Quote", "to_type": "Quote"}
    shop.add("Repeats", from_id="Q8", to_id="Q3", days=0, **types)
    bill = {"account": "crm:ace", "invoiced_on": day(2025, 6, 1), "due_on": day(2025, 7, 1)}
    for ident, amount in (("again", 100), ("reversed", 70), ("reversal", -70)):
        row = bill if amount > 0 else {**bill, "due_on": None}
        shop.add("Invoice", id=ident, number=ident, **row, amount=amount * EURO)
    types = {"from_type": "Invoice", "to_type": "Invoice"}
    shop.add("Repeats", from_id="again", to_id=shop.rows["Invoice"][0]["id"], days=0, **types)
    credit = {"amount": 70 * EURO, "on": day(2025, 6, 1), "inferred": False}
    shop.add("CreditedBy", from_id="reversed", to_id="reversal", **credit)
    add_evan(shop)


def add_evan(shop):
    """Evan, no customer that orders: billed in euros, of whom only lists of open items tell."""
    shop.company("Evan")
    bill = {"account": "crm:evan", "currency": "EUR", "open_amount": 100 * EURO}
    for month in range(1, 8):
        ident, on = f"E{month}", day(2025, month, 1)
        row = {"number": ident, "invoiced_on": on, "due_on": day(2025, month, 20), **bill}
        shop.add("Invoice", id=ident, **row, amount=100 * EURO)
        seen = day(2025, month + 1, 20)
        listed = {"id": f"{ident}@", "invoice": ident, "on": seen, "open_amount": 100 * EURO}
        shop.add("Balance", **listed)
        if month < 7:
            between = {"after": seen, "by": day(2025, month + 2, 20)}
            shop.add("PaidBetween", from_id=ident, to_id=f"{ident}@", **between)
    credit = {"number": "EC", "account": "crm:evan", "invoiced_on": day(2025, 7, 9)}
    shop.add("Invoice", id="EC", **credit, amount=-40 * EURO, currency="EUR")


@pytest.fixture(scope="module")
def asked(neo4j_server):
    """Ask a recipe of the known shop; its rows as tuples."""
    empty(neo4j_server)
    with Neo4jStore(
        neo4j_server.uri, user=neo4j_server.user, password=neo4j_server.password
    ) as store:
        known_shop().write(store)

        def ask(name, **given):
            recipe = ALL[name]
            texts = {key: str(value) for key, value in given.items()}
            rows = store.query(recipe.cypher, recipe.parameters(texts))
            assert tuple(rows.columns) == recipe.returns, name
            return [tuple(row) for row in rows.itertuples(index=False)]

        yield ask


@pytest.mark.neo4j
@pytest.mark.parametrize("name", ALL)
def test_a_recipe_runs_and_returns_the_columns_of_its_header(asked, name):
    rows = asked(name)

    # Nobody shares what few have, leads anywhere or reads for months in so small a shop.
    assert rows or name in {"near", "path", "late-industries", "one-topic"}


@pytest.mark.neo4j
@pytest.mark.parametrize("name", ALL)
def test_a_recipe_runs_by_paste_reads_only_and_never_scans_the_whole_graph(
    neo4j_server, asked, name
):
    del asked
    recipe = ALL[name]
    auth = (neo4j_server.user, neo4j_server.password)
    with GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver:
        explained = driver.execute_query(f"EXPLAIN {recipe.cypher}", dict(recipe.defaults))
        pasted = driver.execute_query(recipe.text)  # no parameters: it runs as it is
        given = driver.execute_query(recipe.cypher, dict(recipe.defaults))

    assert [plain(list(row)) for row in pasted.records] == [
        plain(list(row)) for row in given.records
    ]
    assert explained.summary.query_type == "r"
    assert "AllNodesScan" not in str(explained.summary.plan)


@pytest.mark.neo4j
def test_what_was_ordered_is_listed_by_month_part_and_process(asked):
    rows = asked("ordered", customer="ACE", months=2)

    assert rows == [
        ("Ace", day(2025, 11, 1), "P1", "Turning", 2, 80.0, 80.0, None),
        ("Ace", day(2025, 12, 1), "P1", "Turning", 2, 80.0, 80.0, None),
    ]


@pytest.mark.neo4j
def test_customers_come_with_their_industry_owner_and_recent_orders(asked):
    rows = asked("customers")

    assert rows[0] == ("Ace", "Medical", "Kim", 24, 960.0, day(2025, 12, 25), None)
    assert [row[0] for row in rows] == ["Ace", "Bolt", "Cog", "Evan"]


@pytest.mark.neo4j
def test_only_what_was_asserted_makes_a_customer_s_customer(asked):
    rows = asked("customers-of-customers")

    assert rows == [("Ace", "Dyno", ["They said so."], day(2025, 4), 0.9)]
    assert asked("customers-of-customers", confidence=0.95) == []


@pytest.mark.neo4j
def test_who_always_pays_ten_days_late_is_named_with_the_first_time(asked):
    rows = {row[0]: row[1:] for row in asked("who-pays-late")}

    assert rows["Ace"] == (22, 22, 10.0, day(2024, 1), 0.0, None)
    assert [row[0] for row in asked("who-pays-late", grace=10)] == ["Evan"]


@pytest.mark.neo4j
def test_an_invoice_counts_as_paid_as_early_as_lists_of_open_items_allow(asked):
    rows = {row[0]: row[1:] for row in asked("who-pays-late")}

    assert rows["Evan"] == (7, 7, 31.0, day(2025, 1, 1), 100.0, "EUR")


@pytest.mark.neo4j
def test_open_invoices_are_split_into_due_and_overdue(asked):
    assert asked("open-balances") == [
        ("Cog", 2, 200.0, 100.0, dt.date(2025, 10, 31), None),
        ("Evan", 1, 60.0, 60.0, dt.date(2025, 7, 20), "EUR"),
    ]


@pytest.mark.neo4j
def test_who_moved_to_another_process_or_finish_is_named_with_both_shares(asked):
    process = asked("process-leanings")
    finish = asked("finish-leanings")

    assert [row[:2] for row in process] == [("Ace", "Turning")]
    assert process[0][2:] == (0.0, 1.0, 12)
    assert [row[:2] for row in finish] == [("Ace", "Anodise")]


@pytest.mark.neo4j
def test_a_kind_of_material_has_all_that_are_of_that_kind(asked):
    ordered = (day(2024, 1, 5), day(2025, 12, 25))

    assert asked("materials") == [("Ace", "steel", ["steel", "17-4"], 36, 1.0, *ordered)]
    assert asked("materials", kind="Stainless") == [
        ("Ace", "stainless", ["17-4"], 12, 0.333, day(2025, 7, 5), ordered[1])
    ]
    assert asked("materials", kind="titanium") == []


@pytest.mark.neo4j
def test_tolerances_that_fall_every_year_are_named_be_they_columns_or_notes(asked):
    assert asked("tighter-tolerances") == [("Ace", [2024, 2025], [0.1, 0.05])]


@pytest.mark.neo4j
def test_smaller_lots_more_often_shows_volume_beside_it(asked):
    rows = asked("smaller-lots")

    assert [row[0] for row in rows] == ["Ace"]
    name, lot_before, lot_now, often_before, often_now, *_ = rows[0]
    assert (name, lot_now) == ("Ace", 40.0)
    assert lot_before > lot_now
    assert often_now == 2.0
    assert often_before < 1.2


@pytest.mark.neo4j
def test_who_works_on_what_with_which_method(asked):
    assert asked("new-methods") == [("Cog", "hybrid", "Pump", day(2025, 4), "They said so.")]
    assert asked("new-methods", method="laser") == []


@pytest.mark.neo4j
def test_who_was_not_at_a_show_is_never_shown_as_there(asked):
    rows = {row[2]: row[4] for row in asked("trade-shows")}

    assert rows == {"Ace": "yes", "Bolt": "negated"}


@pytest.mark.neo4j
def test_what_is_said_of_customers_is_shown_as_it_is_meant(asked):
    assert [row[:4] for row in asked("signals")] == [
        ("Ace", "SLOW_PAY", "negated", day(2025, 4)),
        ("Bolt", "SLOW_PAY", "asserted", day(2025, 4)),
    ]
    assert asked("signals", signal="layoff") == []
    assert asked("signals", since="2025-05-01") == []


@pytest.mark.neo4j
def test_reading_joins_mail_and_pages(asked):
    rows = asked("read-about")

    assert [row[:5] for row in rows] == [
        ("Ace", "titanium", 1, 1, 0),
        ("Bolt", "titanium", 0, 0, 1),
    ]


@pytest.mark.neo4j
def test_near_are_those_who_share_what_few_have(asked):
    rows = asked("near", common=0.7, least=0.1)

    assert {frozenset(row[:2]) for row in rows} == {frozenset({"Bolt", "Cog"})}
    assert all(row[3] == ["Automotive"] for row in rows)


@pytest.mark.neo4j
def test_who_reads_after_a_company_that_it_follows_is_named_with_both_days(asked):
    rows = asked("heard-from")

    assert rows == [("Bolt", "titanium", day(2025, 11), "Ace", day(2025, 11, 3), 12)]
    assert asked("heard-from", days=11) == []
    assert asked("heard-from", topic="casting") == []


@pytest.mark.neo4j
def test_word_goes_to_those_who_follow_and_not_back(asked):
    assert asked("who-reaches-whom") == [("Ace", 1, 1, 0, 0, ["Bolt"])]


@pytest.mark.neo4j
def test_a_path_never_uses_what_was_denied(asked):
    rows = asked("path", **{"from": "dyno"})

    # Bolt is said not to supply Dyno: the only way there leads over Ace, whom it follows.
    assert rows == [
        ("Dyno", "Ace", 1, ["Dyno", "Ace"]),
        ("Dyno", "Bolt", 2, ["Dyno", "Ace", "Bolt"]),
    ]


@pytest.mark.neo4j
def test_machine_hours_are_minutes_times_pieces(asked):
    rows = {row[:2]: row[2:] for row in asked("machine-hours")}

    assert rows["Turning", day(2025, 8, 1)] == (8.0, 2)


@pytest.mark.neo4j
def test_slowing_customers_carry_the_level_of_their_finding(asked):
    rows = {row[0]: row for row in asked("slowing-customers")}

    assert set(rows) == {"Bolt", "Cog"}
    assert rows["Bolt"][5] == "alert"
    assert rows["Cog"][4] == day(2025, 7)


@pytest.mark.neo4j
def test_the_industry_whose_customers_order_less_and_pay_later_is_named(asked):
    rows = asked("slowing-industries")

    assert [row[:4] for row in rows] == [("Automotive", 2, 2, 2)]


@pytest.mark.neo4j
def test_who_orders_less_and_pays_later_at_once_is_in_rough_times(asked):
    # Cog has ordered nothing for five months, Bolt once where it was 19 orders in 18 months.
    assert asked("rough-times") == [
        ("Cog", "Automotive", 0.0, 0.0, 25.0, 100.0, None, None),
        ("Bolt", "Automotive", 0.19, 0.0, 25.0, 0.0, None, None),
    ]
    assert asked("rough-times", days=26) == []


@pytest.mark.neo4j
def test_an_industry_pays_late_when_most_of_its_customers_do(asked):
    assert asked("late-industries") == []
    assert asked("late-industries", least=1) == [("Medical", 1, 1, 10.0, day(2024, 2, 14), ["Ace"])]
    assert [row[:4] for row in asked("late-industries", grace=-1)] == [("Automotive", 2, 2, 0.0)]


@pytest.mark.neo4j
def test_who_keeps_opening_mail_on_one_topic_is_named_with_the_people(asked):
    assert asked("one-topic", least=1) == [("Ace", "titanium", 1, 1, 1, 1.0, ["Jo"], None)]
    assert asked("one-topic", least=1, months=0) == []


@pytest.mark.neo4j
def test_volume_is_shown_beside_a_year_ago_the_busiest_month_and_the_forecast(asked):
    turning = ("Turning", 0.0, 8.0, None, day(2025, 7, 1), 8.0)
    milling = ("Milling", 12.0, 0.5, -0.96, day(2024, 7, 1), 12.0)
    forecast = ("watch", "Turning may run over.")

    assert asked("will-capacity-hold") == [
        (*turning, None, *forecast),
        (*milling, None, None, None),
    ]
    assert asked("will-capacity-hold", process="turn", capacity=10) == [(*turning, 10, *forecast)]


@pytest.mark.neo4j
def test_two_tellings_of_the_findings_can_be_compared(asked):
    kind = "slowing-customer"
    assert asked("changed-findings") == [
        ("changed", kind, "Bolt", None, "watch", "alert", 0.5, 0.5, day(2025, 3)),
        ("changed", kind, "Cog", None, "alert", "alert", 0.5, 0.2, day(2025, 3)),
    ]
    assert [row[:3] for row in asked("changed-findings", earlier="1", later="2")] == [
        ("new", kind, "Bolt"),
        ("new", kind, "Cog"),
    ]
    assert [row[0] for row in asked("changed-findings", earlier="2", later="1")] == ["gone"] * 2


@pytest.mark.neo4j
def test_findings_and_clusters_that_were_written_back_are_shown(asked):
    assert [row[:5] for row in asked("findings")] == [
        ("alert", "slowing-customer", "Bolt", "Bolt orders less.", "Call.")
    ]
    assert [row[1:3] for row in asked("findings", level="watch")] == [("capacity-risk", "Turning")]
    assert asked("findings", level="cannot-tell") == []
    assert asked("clusters") == [("Automotive", 0.9, ["Bolt", "Cog"], [1.0, 0.8])]


@pytest.mark.neo4j
def test_quotes_are_counted_with_the_reasons_for_losing(asked):
    assert asked("lost-quotes") == [("Ace", "Milling", 3, 1, 2, 0.33, ["Price"])]


@pytest.mark.neo4j
def test_whom_we_know_says_when_we_last_talked(asked):
    assert asked("whom-we-know") == [("Ace", "Jo", "Buyer", "Kim", None, day(2025, 3), 1)]


@pytest.mark.neo4j
def test_concentration_is_the_share_that_ends_at_one_end_customer(asked):
    [row] = asked("concentration")

    assert row[:3] == ("Dyno", ["Ace"], 960.0)
    assert 0.8 < row[3] < 0.95


@pytest.mark.neo4j
def test_an_order_leads_back_to_its_file_and_row(asked):
    rows = asked("where-from", number="Q2")

    assert rows == [("Quote", "Q2", "Ace", day(2025, 11, 2), None, "all.csv", 3)]


# --- pictures ---


def chain(path):
    """Names of the nodes and types of the relationships of a drawn path, from its first node."""
    return [one.get("type") or named(one) for one in path]


def named(node):
    return node.get("name") or node.get("statement") or node.get("subject") or node["id"]


def drawn(asked, name, **given):
    """The chains of a picture, sorted."""
    return sorted(chain(path) for (path,) in asked(name, **given))


@pytest.mark.neo4j
def test_pictures_draw_what_is_told_and_never_what_is_denied(asked):
    assert drawn(asked, "picture-alarming") == [["Bolt orders less.", "ABOUT", "Bolt"]]
    assert drawn(asked, "picture-alarming", level="watch") == [
        ["Turning may run over.", "ABOUT", "Turning"]
    ]
    assert drawn(asked, "picture-supply") == [["Ace", "SUPPLIES", "Dyno"]]
    assert drawn(asked, "picture-supply", company="bolt") == []
    assert drawn(asked, "picture-shows") == [["Ace", "ATTENDED", "IMTS 2024"]]
    assert drawn(asked, "picture-shows", since=2025) == []


@pytest.mark.neo4j
def test_pictures_draw_markets_clusters_and_interest(asked):
    assert drawn(asked, "picture-industries") == [
        ["Ace", "IN_INDUSTRY", "Medical"],
        ["Bolt", "IN_INDUSTRY", "Automotive"],
        ["Cog", "IN_INDUSTRY", "Automotive"],
    ]
    members = [
        (named(member), cluster and named(cluster))
        for member, _, cluster in asked("picture-clusters", least=0.9)
    ]
    # Evan was billed and never ordered; Cog is with the cluster in eight of ten repetitions.
    assert members == [("Bolt", "Automotive"), ("Ace", None), ("Cog", None), ("Evan", None)]
    clicked = ["Ace", "WORKS_AT", "Jo", "CLICKED", "Titanium", "ABOUT", "titanium"]
    assert drawn(asked, "picture-topics") == [clicked]
    assert drawn(asked, "picture-topics", topic="casting") == []


@pytest.mark.neo4j
def test_the_picture_of_a_company_holds_all_that_touches_it(asked):
    assert drawn(asked, "picture-company", company="ace") == [
        ["Ace", "ATTENDED", "IMTS 2024"],
        ["Ace", "FOLLOWS", "Bolt"],
        ["Ace", "IN_INDUSTRY", "Medical"],
        ["Ace", "OWNED_BY", "Kim"],
        ["Ace", "SUPPLIES", "Dyno"],
        ["Ace", "WORKS_AT", "Jo"],
    ]


@pytest.mark.neo4j
def test_a_chain_begins_at_one_of_us(asked):
    assert drawn(asked, "picture-chain", to="bolt") == [
        ["Kim", "OWNED_BY", "Ace", "FOLLOWS", "Bolt"]
    ]


# --- all of them ---


def test_every_recipe_is_asked_here_for_an_answer_that_is_known():
    asked_for = set(
        re.findall(r'(?:asked\(|drawn\(asked,)\s*"([a-z-]+)"', Path(__file__).read_text("utf-8"))
    )

    assert asked_for == set(ALL)


@pytest.mark.neo4j
def test_no_two_recipes_ask_the_graph_the_same(neo4j_server, asked):
    del asked
    auth = (neo4j_server.user, neo4j_server.password)
    asks = {}
    with GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver:
        for one in ALL.values():
            plan = driver.execute_query(f"EXPLAIN {one.cypher}", dict(one.defaults)).summary.plan
            asks.setdefault((shape(plan), one.returns), []).append(one.name)

    assert len(ALL) >= 25
    assert [names for names in asks.values() if len(names) > 1] == []


# --- the files themselves ---


def test_every_recipe_asks_one_question_and_no_two_the_same():
    questions = [one.question for one in ALL.values()]

    assert len(set(questions)) == len(questions)
    assert all(question.endswith("?") for question in questions)


def test_a_parameter_takes_the_type_of_its_default():
    recipe = ALL["who-pays-late"]

    assert recipe.parameters({"grace": "5"}) == {"grace": 5, "min_invoices": 6}
    with pytest.raises(UsageError, match="grace must be a number"):
        recipe.parameters({"grace": "much"})
    with pytest.raises(UnknownNameError, match="Did you mean 'grace'"):
        recipe.parameters({"grase": "5"})


def test_a_recipe_of_another_name_is_suggested():
    with pytest.raises(UnknownNameError, match="Did you mean 'near'"):
        recipes.find_recipe("neer")


HEAD = "// question: Why?\n// folder: Money\n// look: Much.\n// returns: a\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("// returns: a\nRETURN 1 AS a;", "one question"),
        (f"{HEAD}// look: Twice.\nRETURN 1 AS a;", "one look"),
        ("// question: Why?\n// folder: Money\n// look: Much.\nRETURN 1 AS a;", "one returns"),
        (f"{HEAD.replace('Money', 'Else')}RETURN 1 AS a;", "folder is one of Findings"),
        (f"{HEAD}RETURN 1 /*x*/ AS a;", "needs a meaning"),
        (f"{HEAD}// param: x: any\nRETURN 1 /*x*/ + 2 /*x*/ AS a;", "one default"),
    ],
)
def test_a_header_that_is_not_whole_is_refused(text, reason):
    with pytest.raises(ValueError, match=reason):
        recipes.parse("broken", text)
