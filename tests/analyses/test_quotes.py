"""Who asks for fewer quotes or turns down more, and what is won, in shops of known truth."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from graphkit.analyses.measures.quoted import Grouping, Quoted
from graphkit.analyses.quote_table import quotes_by, quotes_by_reason
from graphkit.analyses.quotes import KIND, quotes
from graphkit.analyses.quoting_change import quoting_change
from graphkit.findings import Level
from graphkit.schema import Employee, Order, Person, Process, Quote
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

END = dt.date(2025, 12, 31)
AMOUNT = 1_000_000
COLUMNS = ("process", "quantity", "amount", "currency", "reason", "order")


def quote(company, day, status="won", **columns):
    return {"company": company, "day": dt.date.fromisoformat(day), "status": status, **columns}


def asking(company, *, each=2, lost=0.2, lost_lately=None, each_lately=None, seed=1, **columns):
    """So many quotes a month over three years, a share of them lost; another one in the last 12."""
    chance = np.random.default_rng(seed)
    made = []
    for month in range(36):
        lately = month >= 24
        count = each if each_lately is None or not lately else each_lately
        share = lost if lost_lately is None or not lately else lost_lately
        for at in range(chance.poisson(count)):
            day = f"{2023 + month // 12}-{month % 12 + 1:02}-{1 + at % 28:02}"
            status = "lost" if chance.random() < share else "won"
            made.append(quote(company, day, status, **columns))
    return made


def background(count=20):
    return [
        one
        for at in range(count)
        for one in asking(f"Steady {at}", seed=100 + at, process=("Milling", "Turning")[at % 2])
    ]


@pytest.fixture
def shop(tmp_path):
    """Fills a store with quotes, and gives what was known at a day."""
    with open_store(tmp_path / "graph.duckdb") as store:

        def filled(rows, *, as_of=END, orders=(), **company):
            names = sorted({one["company"] for one in rows})
            put_companies(store, names, **{key: [of] * len(names) for key, of in company.items()})
            processes = sorted({one["process"] for one in rows if one.get("process")}) or ["none"]
            put(store, Process, id=processes, name=processes)
            for number, day in orders:
                put(store, Order, id=[number], number=[number], ordered_on=[day])
            ids = [str(at) for at in range(len(rows))]
            put(
                store,
                Quote,
                id=ids,
                number=ids,
                account=[f"erp:{one['company']}" for one in rows],
                quoted_on=[one["day"] for one in rows],
                status=[one["status"] for one in rows],
                **{name: [one.get(name) for one in rows] for name in COLUMNS},
            )
            return Snapshot(store, as_of)

        filled.store = store
        yield filled


def told(snap, level=Level.ALERT, **options):
    return {one.subject.name: one for one in quotes(snap, **options) if one.level is level}


def table(snap, by="customer"):
    return {row[by]: row for row in quotes_by(snap, Quoted.of(snap), by)}


def test_who_turns_down_more_is_the_only_one_told_with_whom_to_call_and_why(shop):
    put(shop.store, Employee, id=["emp"], name=["Joe Seller"])
    put(shop.store, Person, id=["1"], name=["Ann Buyer"], account=["erp:Badger"])
    badger = asking("Badger", lost=0.1, lost_lately=0.9, reason="Price", amount=AMOUNT)

    alerts = told(shop([*background(), *badger], owner="emp"))

    assert list(alerts) == ["Badger"]
    one = alerts["Badger"]
    assert one.kind == KIND
    assert one.alarming
    assert one.effect.unit == "percentage points more lost"
    assert 50 < one.effect.low < one.effect.value < one.effect.high
    assert one.p <= one.q <= 0.10
    assert one.advice.startswith("Joe Seller calls Ann Buyer and asks who gets the work now")
    assert "Price (" in one.advice
    assert one.details["loses_more"]
    assert not one.details["asks_less"]
    assert one.evidence[1].label.startswith("quotes lost from")
    assert len(one.evidence[1].sources) == one.evidence[1].value
    lost, decided = int(one.evidence[1].value), int(one.evidence[0].value)
    assert f"turned down {lost} of {decided} quotes" in one.statement
    months = 12 if "from January to December 2025" in one.statement else 6
    assert one.value == pytest.approx(decided * AMOUNT * 12 / months * one.effect.value / 100)
    assert '{id: "Badger"}' in one.cypher


def test_who_asks_for_fewer_quotes_is_told_with_how_many_were_usual(shop):
    cedar = asking("Cedar", each=4, each_lately=0.4, amount=AMOUNT)
    alerts = told(shop([*background(), *cedar]))

    assert list(alerts) == ["Cedar"]
    one = alerts["Cedar"]
    assert one.details["asks_less"]
    assert one.effect.high < 0.65
    assert one.value == pytest.approx((4 - 0.4) * 12 * AMOUNT * 0.8, rel=0.25)  # .8 are won
    assert "where" in one.statement
    assert "were to be expected" in one.statement


def test_a_process_in_which_more_is_lost_is_told_with_who_turned_down_most(shop):
    edm = [
        one
        for at in range(6)
        for one in asking(f"Edm {at}", each=1, seed=at, lost=0.1, lost_lately=0.6, process="EDM")
    ]

    one = told(shop([*background(), *edm]))["EDM"]

    assert one.subject.type == "Process"
    assert one.statement.startswith("Of the quotes for EDM we lost")
    assert "call those who turned down most, Edm" in one.advice


def test_of_a_shop_in_which_nothing_happens_nothing_is_an_alert(shop):
    assert told(shop(background(30))) == {}


def test_who_asks_seldom_and_as_ever_looks_like_asking_less_no_more_often_than_said():
    counts = np.random.default_rng(1).poisson(0.4, (4000, 36))
    counts = counts[counts.any(axis=1)]
    who, month = (np.repeat(at, counts[counts > 0]) for at in np.nonzero(counts))
    first, none = np.datetime64("2023-01", "M"), np.zeros(len(who), dtype=bool)
    day = (first + month).astype("datetime64[D]")
    amount = np.full(len(who), np.nan)
    quoted = Quoted(pd.DataFrame(index=range(len(who))), day, none, none, amount, first, 36, 0)
    names = [str(at) for at in range(len(counts))]

    change = quoting_change(
        quoted, Grouping(who, [*names], names), windows=(12, 6), permutations=499, seed=1
    )

    p = change.asked_p[np.isfinite(change.asked_p)]
    assert len(p) > 2000
    for level in (0.05, 0.1, 0.2, 0.5):
        assert 0.85 * level < (p <= level).mean() < 1.1 * level


def test_of_who_asked_seldom_it_cannot_be_told(shop):
    few = [quote("Few", f"2025-{month:02}-05") for month in range(1, 6)]

    one = told(shop([*background(3), *few]), level=Level.CANNOT_TELL)["Few"]

    assert "cannot be told from 5 quotes; enough by" in one.statement
    assert one.n == len(one.evidence[0].sources) == 5


def test_quotes_of_later_days_and_orders_that_came_later_are_not_known_yet(shop):
    rows = [
        quote("Acme", "2025-05-05", "won", order="o1"),
        quote("Acme", "2025-06-05", "won", order="o2"),
        quote("Acme", "2025-09-05", "lost"),
    ]
    orders = [("o1", dt.date(2025, 5, 20)), ("o2", dt.date(2025, 7, 9))]

    acme = table(shop(rows, as_of=dt.date(2025, 6, 30), orders=orders))["Acme"]

    assert (acme["asked"], acme["won"], acme["lost"], acme["open"]) == (2, 1, 0, 1)
    assert acme["days_to_order"] == 15.0


def test_every_figure_of_a_row_is_the_one_worked_out_by_hand(shop):
    acme = [quote("Acme", f"2024-{month:02}-05", amount=10_000_000) for month in range(1, 11)]
    acme += [quote("Acme", f"2025-0{month}-05", "lost", amount=20_000_000) for month in (1, 2, 3)]
    acme += [quote("Acme", "2025-04-05", amount=20_000_000), quote("Acme", "2025-05-05", "open")]
    acme += [quote("Acme", "2025-06-05", "cancelled")]
    snap = shop([*acme, quote("Bolt", "2024-01-02"), quote("Bolt", "2025-12-28", "lost")])

    rows = table(snap)

    row = rows["Acme"]
    assert (row["asked"], row["won"], row["lost"], row["open"]) == (15, 11, 3, 1)
    assert row["win_rate"] == pytest.approx(11 / 14, abs=1e-4)
    assert row["win_rate_low"] < row["win_rate"] < row["win_rate_high"]
    assert (row["amount"], row["amount_won"], row["amount_lost"]) == (18_000, 12_000, 6_000)
    assert (row["recent_asked"], row["before_asked_a_year"]) == (5, 10.0)
    assert row["asked_change"] == -0.5
    assert (row["recent_win_rate"], row["before_win_rate"]) == (0.25, 1.0)
    assert row["lost_more_p"] == pytest.approx(4 / 364, abs=1e-4)  # (4 over 3) / (14 over 3)
    assert row["days_to_order"] is None
    assert rows["Bolt"]["note"] == "too few: 2 of 8"
    assert rows["Bolt"]["lost_more_p"] is None


def test_every_breakdown_adds_up_to_the_quotes(shop):
    rows = [
        {**one, "quantity": float(at % 300), "amount": at * 10_000}
        for at, one in enumerate(background(5))
    ]
    snap = shop(rows)

    for by in ("customer", "process", "lot", "industry", "month"):
        found = table(snap, by).values()
        assert sum(row["asked"] for row in found) == len(rows), by
        assert sum(row["lost"] for row in found) == sum(r["status"] == "lost" for r in rows), by
        assert sum(row["amount"] for row in found) == sum(range(len(rows))), by
    assert list(table(snap, "lot")) == ["1 to 9 pieces", "10 to 49", "50 to 199", "200 to 999"]


def test_a_lot_of_ten_is_of_ten_to_49_and_one_that_is_not_stated_stands_apart(shop):
    sizes = (9.0, 10.0, 49.0, 50.0, 1000.0, None)
    rows = [quote("Acme", "2025-01-05", quantity=size) for size in sizes]

    counts = {name: row["asked"] for name, row in table(shop(rows), "lot").items()}

    assert counts == {
        "1 to 9 pieces": 1,
        "10 to 49": 2,
        "50 to 199": 1,
        "1,000 and more": 1,
        "(not stated)": 1,
    }


def test_reasons_are_told_with_what_is_given_more_often_than_before(shop):
    rows = [quote("Acme", f"2024-{m:02}-05", "lost", reason="Price") for m in range(1, 11)]
    rows += [quote("Acme", f"2025-{m:02}-05", "lost", reason="Lead time") for m in range(1, 11)]
    snap = shop([*rows, quote("Acme", "2025-03-09", "lost"), quote("Acme", "2025-03-10")])

    found = {row["reason"]: row for row in quotes_by_reason(snap, Quoted.of(snap))}

    assert {name: row["lost"] for name, row in found.items()} == {
        "Lead time": 10,
        "Price": 10,
        "(not stated)": 1,
    }
    assert found["Lead time"]["recent_share"] == pytest.approx(10 / 11, abs=1e-4)
    assert found["Lead time"]["more_often_q"] < 0.01
    assert found["Price"]["more_often_p"] == 1.0
