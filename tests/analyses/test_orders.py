"""What was ordered, when and how much, worked out by hand."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.giant_orders import giant_orders
from graphkit.analyses.measures.periods import Periods
from graphkit.analyses.order_months import orders_by_month, season_of
from graphkit.analyses.orders import BREAKDOWNS, Ordered, by_change, compared, orders_by
from graphkit.errors import UsageError
from tests.analyses.traded import line, traded

__all__ = ["traded"]


def monthly(company, first=2024, years=2, **columns):
    """One order in the middle of each month."""
    return [
        line(company, f"{year}-{month:02}-05", **columns)
        for year in range(first, first + years)
        for month in range(1, 13)
    ]


def table(snap, by="customer", since=None, customer=""):
    rows = orders_by(snap, Ordered.of(snap, customer), by, compared(snap, since))
    return {row[by]: row for row in rows}


def test_every_figure_of_a_customer_is_the_one_worked_out_by_hand(traded):
    snap = traded(
        [
            line("Acme", "2024-01-02", pieces=10, price=2, minutes=30.0),
            line("Acme", "2024-06-02", order="a", pieces=20, price=3, minutes=6.0),
            line("Acme", "2024-06-02", order="a", pieces=40, price=1, minutes=None),
            line("Acme", "2025-07-02", pieces=10, price=20),
            line("Bolt", "2025-01-02", pieces=5, price=4),
        ]
    )

    acme = table(snap)["Acme"]

    assert (acme["orders"], acme["lines"], acme["pieces"], acme["mean_lot"]) == (3, 4, 80, 20.0)
    assert (acme["recent_orders"], acme["before_orders"], acme["orders_change"]) == (1, 2, -0.5)
    assert (acme["amount"], acme["recent_amount"], acme["before_amount"]) == (320.0, 200.0, 120.0)
    assert acme["amount_change"] == pytest.approx(0.6667)
    assert acme["share"] == pytest.approx(320 / 340, abs=1e-4)
    assert (acme["hours"], acme["recent_hours"], acme["before_hours"]) == (7.0, 0.0, 7.0)
    assert (acme["first_order"], acme["last_order"]) == (dt.date(2024, 1, 2), dt.date(2025, 7, 2))
    assert table(snap)["Bolt"]["hours"] is None
    assert table(snap)["Bolt"]["amount_change"] is None
    assert list(table(snap)) == ["Acme", "Bolt"]


def test_an_order_of_two_processes_counts_with_each_and_once_in_all(traded):
    snap = traded(
        [
            line("Acme", "2024-01-02", process="Milling"),
            line("Acme", "2025-01-02", order="a", process="Milling"),
            line("Acme", "2025-01-02", order="a", process="Milling"),
            line("Acme", "2025-01-02", order="a", process="Turning"),
            line("Acme", "2025-02-02"),
        ]
    )

    by_process = table(snap, "process")

    assert {name: row["orders"] for name, row in by_process.items()} == {
        "Milling": 2,
        "Turning": 1,
        "(not stated)": 1,
    }
    assert table(snap)["Acme"]["orders"] == 3
    assert "(none)" in table(snap, "finish")


def test_every_breakdown_adds_up_to_what_the_lines_do(traded):
    chance = np.random.default_rng(3)
    rows = [
        line(
            f"C{chance.integers(5)}",
            f"{2024 + chance.integers(2)}-{chance.integers(1, 13):02}-{chance.integers(1, 29):02}",
            order=f"o{at}",
            pieces=int(chance.integers(1, 90)),
            price=int(chance.integers(1, 9)),
            process=str(chance.choice(["Milling", "Turning"])),
            material=str(chance.choice(["Steel", "Brass"])),
            part=f"P{chance.integers(9)}",
            void=bool(chance.random() < 0.1),
        )
        for at in range(200)
    ]
    snap = traded(rows, markets={"C0": "Rail", "C1": "Rail", "C2": "Farms"})
    kept = [one for one in rows if not one["void"]]

    for by in BREAKDOWNS:
        found = table(snap, by).values()
        assert sum(row["amount"] or 0 for row in found) == pytest.approx(
            sum(one["amount"] for one in kept) / 10_000
        ), by
        assert sum(row["lines"] for row in found) == len(kept), by
        assert sum(row["pieces"] for row in found) == sum(one["quantity"] for one in kept), by
        assert sum(row["cancelled_orders"] for row in found) == len(rows) - len(kept), by
        assert sum(row["share"] or 0 for row in found) == pytest.approx(1, abs=0.01), by


def test_where_no_industry_is_known_all_is_of_one_that_is_not_stated(traded):
    assert list(table(traded(monthly("Acme")), "industry")) == ["(not stated)"]


def test_cancelled_orders_are_counted_apart_and_lines_of_others_left_out(traded):
    snap = traded(
        [
            *monthly("Acme"),
            line("Acme", "2025-03-09", order="void", void=True),
            line("Acme", "2025-03-10", order="emptied", gone=True),
            line("Acme", "2025-03-11", order="half", pieces=1, gone=True),
            line("Acme", "2025-03-11", order="half", pieces=7),
            line("Ghost", "2025-03-11", order="never", void=True),
        ]
    )

    rows = table(snap)

    assert rows["Acme"]["orders"] == 25
    assert rows["Acme"]["cancelled_orders"] == 2
    assert rows["Acme"]["pieces"] == 247
    assert (rows["Ghost"]["orders"], rows["Ghost"]["cancelled_orders"]) == (0, 1)
    assert rows["Ghost"]["last_order"] is None


def test_what_names_no_customer_or_another_currency_is_said_to_be_left_out(traded):
    snap = traded(
        [*monthly("Acme"), line(None, "2025-05-05"), line("Acme", "2025-05-06", currency="EUR")]
    )

    ordered = Ordered.of(snap)

    assert (ordered.nobodys, ordered.elsewhere) == (1, 1)
    assert table(snap)["Acme"]["amount"] == 24 * 20


def test_without_prices_the_most_orders_come_first(traded):
    snap = traded([*monthly("Zinc", price=None), line("Acme", "2025-05-05", price=None)])

    rows = table(snap)

    assert list(rows) == ["Zinc", "Acme"]
    assert rows["Zinc"]["amount"] is None
    assert rows["Zinc"]["share"] == pytest.approx(0.96)


def test_what_happens_after_the_day_and_in_an_unfinished_month_compares_with_nothing(traded):
    snap = traded([*monthly("Acme"), *monthly("Bolt")], as_of=dt.date(2025, 11, 20))

    acme = table(snap)["Acme"]

    assert acme["orders"] == 23
    assert (acme["recent_orders"], acme["before_orders"]) == (12, None)
    assert compared(snap).named.startswith(
        "from November 2024 to October 2025; the exports hold no"
    )


def test_since_a_day_is_beside_the_same_months_a_year_before(traded):
    lines = monthly("Acme") + [line("Bolt", f"2025-{month:02}-09") for month in (7, 8, 9)]
    snap = traded(lines)

    periods = compared(snap, dt.date(2025, 6, 15))
    rows = by_change(orders_by(snap, Ordered.of(snap), "customer", periods))

    assert periods.spans == {"recent": ("2025-07", "2025-12"), "before": ("2024-07", "2024-12")}
    assert [(row["customer"], row["recent_orders"], row["before_orders"]) for row in rows] == [
        ("Bolt", 3, 0),
        ("Acme", 6, 6),
    ]


def test_since_longer_ago_than_a_year_is_beside_the_months_just_before(traded):
    snap = traded(monthly("Acme", first=2022, years=4))

    assert compared(snap, dt.date(2024, 7, 1)).spans == {
        "recent": ("2024-07", "2025-12"),
        "before": ("2023-01", "2024-06"),
    }
    with pytest.raises(UsageError, match="No whole month has passed since 2025-12-02"):
        compared(snap, dt.date(2025, 12, 2))


def test_one_customers_parts_are_its_own_in_the_months_of_the_shop(traded):
    snap = traded([*monthly("Acme"), line("Bolt", "2025-05-05", part="pin")])

    rows = table(snap, "part", customer="Bolt")

    assert [(name, row["recent_orders"]) for name, row in rows.items()] == [("pin", 1)]


def test_a_month_stands_beside_the_same_month_a_year_before(traded):
    snap = traded([*monthly("Acme"), line("Acme", "2025-03-20", price=6)])

    months = {
        row["month"]: row
        for row in orders_by_month(
            snap, Ordered.of(snap), compared(snap), season_of(snap), since=False
        )
    }

    assert len(months) == 24
    assert months["2025-03"]["amount_change"] == 3.0
    assert months["2024-03"]["amount_change"] is None
    assert months["2025-04"]["orders_change"] == 0.0


def test_a_december_in_which_hardly_anybody_orders_is_a_season(traded):
    chance = np.random.default_rng(5)
    snap = traded(
        [
            line(
                f"C{who}", f"{year}-{month:02}-{1 + at % 28:02}", order=f"{who}/{year}/{month}/{at}"
            )
            for who in range(8)
            for year in (2023, 2024, 2025)
            for month in range(1, 13)
            for at in range(chance.poisson(0.8 if month == 12 else 4))
        ]
    )

    season = season_of(snap)

    assert season.p <= 0.05
    assert season.index[11] < 0.6
    assert "December 0." in season.told


def test_two_years_less_a_month_tell_no_season_and_say_when_they_will(traded):
    season = season_of(traded(monthly("Acme")[:-1], as_of=dt.date(2025, 11, 30)))

    assert np.isnan(season.p)
    assert "from 23 whole months: 24 are needed; enough by December 2025" in season.told


def test_growth_is_no_season(traded):
    chance = np.random.default_rng(2)
    rows = [
        line("Acme", f"{2023 + at // 12}-{at % 12 + 1:02}-{1 + of % 28:02}", order=f"{at}/{of}")
        for at in range(36)
        for of in range(chance.poisson(20 + at))
    ]

    season = season_of(traded(rows))

    assert season.p > 0.05
    assert "No season is seen" in season.told


def test_one_giant_order_is_named_with_its_share_of_the_year(traded):
    snap = traded(
        [*monthly("Acme"), line("Acme", "2025-03-04", order="big", price=50), *monthly("B")]
    )

    found = giant_orders(snap, Ordered.of(snap))

    assert [(one["customer"], one["order"], one["times_usual"]) for one in found] == [
        ("Acme", "big", 25.0)
    ]
    assert found[0]["share_of_year"] == pytest.approx(500 / (500 + 12 * 20), abs=1e-4)
    assert found[0]["ordered_on"] == dt.date(2025, 3, 4)


def test_who_orders_now_little_now_much_has_no_giants(traded):
    wild = [
        line("Wild", f"2025-{month:02}-{day:02}", price=price)
        for month in range(1, 13)
        for day, price in ((3, 1), (9, 10), (20, 100))
    ]
    few = [line("Few", f"2025-0{month}-05") for month in range(1, 5)]
    snap = traded([*monthly("Acme"), *wild, *few, line("Few", "2025-06-05", price=90)])

    assert giant_orders(snap, Ordered.of(snap)) == []


def test_an_export_shorter_than_a_year_has_fewer_recent_months_and_none_before(traded):
    snap = traded(monthly("Acme")[-4:])

    assert compared(snap) == Periods(np.datetime64("2025-09"), 4, None, np.datetime64("2025-09"))
