"""Charts of a customer show what the commands say, no more and no less."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.order_months import orders_by_month, season_of
from graphkit.analyses.orders import Ordered, compared
from graphkit.analyses.payments import payments
from graphkit.analyses.slowdown import slowdown
from graphkit.reports.charts.customer import customer_charts
from graphkit.reports.charts.orders_over_time import orders_over_time
from graphkit.reports.charts.payment_delay import payment_delay
from graphkit.reports.charts.quotes_by_quarter import quotes_by_quarter
from graphkit.schema import File, Quote
from graphkit.store import open_store
from tests.graph_rows import SOURCE, put
from tests.shop import END, RECENT, Customer, Shop, falling, steady

FALLEN, CALM = "Fallen", "Steady 0"


@pytest.fixture(scope="module")
def snap(tmp_path_factory):
    """A shop of eight steady customers and one that orders less and pays later."""
    with open_store(tmp_path_factory.mktemp("charts") / "graph.duckdb") as store:
        shop = Shop(store).fill(
            [
                Customer(FALLEN, falling(1, 4.0), late=2, late_recently=45, pieces=12),
                *(Customer(f"Steady {at}", steady(9 + at), late=0) for at in range(8)),
            ]
        )
        put(store, File, id=[SOURCE.file_id], path=["rows.csv"])
        days = [dt.date(2025, 11, 3), dt.date(2025, 12, 4), dt.date(2026, 5, 5), END]
        states = ["won", "lost", "lost", None]
        put(
            store,
            Quote,
            id=["1", "2", "3", "4"],
            number=["1", "2", "3", "4"],
            account=[f"erp:{FALLEN}"] * 4,
            quoted_on=days,
            status=states,
        )
        yield shop.snapshot()


@pytest.fixture(scope="module")
def findings(snap):
    return [*slowdown(snap, permutations=999), *payments(snap)]


def told(findings, kind):
    return next(one for one in findings if one.kind == kind and one.subject.id == FALLEN)


def test_orders_are_those_of_the_command_and_a_month_without_any_has_none(snap):
    chart = orders_over_time(snap, FALLEN)
    ordered = Ordered.of(snap, FALLEN)
    rows = orders_by_month(snap, ordered, compared(snap), season_of(snap, FALLEN), since=False)
    expected = {row["month"]: (row["orders"], row["mean_lot"]) for row in rows}

    shown = {
        f"{at // 12}-{at % 12 + 1:02}": (orders, lot)
        for at, orders, lot in chart.table[["at", "orders", "lot"]].itertuples(index=False)
    }
    assert {month: one for month, one in shown.items() if one[0]} == expected
    assert len(shown) == 36
    empty = chart.table[chart.table["orders"] == 0]
    assert len(empty) == 36 - len(expected)
    assert empty["lot"].isna().all()
    assert (empty["read"] == "").all()
    assert chart.table.loc[chart.table["orders"] > 0, "read"].str.startswith("rows.csv row ").all()
    assert chart.rows[0].startswith("rows.csv row 2")
    assert f'{{id: "{FALLEN}"}}' in chart.cypher


def test_the_window_and_the_baseline_are_those_of_the_finding(snap, findings):
    slowing = told(findings, "slowing-customer")
    chart = orders_over_time(snap, FALLEN, findings)

    assert chart.title == slowing.statement
    usual = next(one.value for one in slowing.evidence if one.label == "usual orders")
    assert chart.marks["baseline"] == usual
    end = END.year * 12 + END.month
    assert chart.marks["since"] == end - slowing.details["window_months"]
    assert abs(end - chart.marks["since"] - RECENT) <= 2
    assert f"{usual:,.2f} orders a month were usual" in chart.description


def test_without_a_finding_the_year_before_is_the_baseline(snap):
    chart = orders_over_time(snap, CALM)
    counts = chart.table["orders"].tolist()

    assert chart.marks["since"] is None
    assert chart.marks["baseline"] == round(np.mean(counts[-24:-12]), 2)
    assert f"{sum(counts[-12:])} in the last 12 months, {sum(counts[-24:-12])} in" in chart.title


def test_the_whole_shop_is_the_sum_of_its_customers(snap):
    every = orders_over_time(snap).table["orders"].sum()
    names = [FALLEN, *(f"Steady {at}" for at in range(8))]
    assert every == sum(orders_over_time(snap, one).table["orders"].sum() for one in names)


def test_invoices_then_and_now_are_those_that_the_finding_compares(snap, findings):
    later = told(findings, "paying-later")
    chart = payment_delay(snap, FALLEN, findings)
    table = chart.table.set_index("band")

    assert chart.title == later.statement
    assert table["before"].sum() == later.details["invoices"]["before"]
    assert table["now"].sum() == later.details["invoices"]["recent"]
    assert table["before"].idxmax() in {"on the day or before", "1 to 10 days late"}
    assert table.at["31 to 60", "now"] + table.at["still open", "now"] == table["now"].sum()
    assert table["now_share"].sum() == pytest.approx(100, abs=0.3)


def test_without_a_finding_two_years_are_compared(snap):
    chart = payment_delay(snap, CALM)

    assert chart.marks["now"].startswith("last 12 months: ")
    assert chart.table[["before", "now"]].to_numpy().sum() > 40
    assert chart.title.startswith(f"{CALM} pays half of its invoices ")


def test_quotes_stand_in_the_quarter_in_which_they_were_made(snap):
    table = quotes_by_quarter(snap, FALLEN).table.set_index("quarter")

    assert table.loc["Q4 2025", ["won", "lost", "open"]].tolist() == [1, 1, 0]
    assert table.loc["Q1 2026", ["won", "lost", "open"]].tolist() == [0, 0, 0]
    assert table.loc["Q2 2026", ["won", "lost", "open"]].tolist() == [0, 1, 1]
    assert quotes_by_quarter(snap, CALM) is None


def test_a_company_of_which_nothing_is_known_has_no_chart(snap):
    charts = customer_charts(snap, "nobody", [])
    assert [one for those in charts.values() for one in those if one is not None] == []
