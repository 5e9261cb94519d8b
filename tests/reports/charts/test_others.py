"""Charts of processes, topics, industries and revenue show what the analyses say."""

import datetime as dt

import pytest

from graphkit.analyses.forecast import capacity_risk, forecast
from graphkit.analyses.interest.habit import MONTHS, habits
from graphkit.analyses.measures.exposure import exposures
from graphkit.reports.charts.concentration import concentration_charts
from graphkit.reports.charts.hours_ahead import drivers, hours_ahead
from graphkit.reports.charts.mix_over_quarters import mix_over_quarters
from graphkit.reports.charts.side_by_side import Sides, orders_side_by_side
from graphkit.reports.charts.topic_heat import topic_heat
from tests.analyses.test_forecast import MILLING, growing, lines_of, steady
from tests.analyses.test_topics import TOPICS, mailing, reading
from tests.analyses.traded import line, traded

__all__ = ["mailing", "traded"]


def test_a_mix_is_the_share_of_each_quarters_lines_and_the_geometric_mean(traded):
    snap = traded(
        [
            line("Acme", "2025-08-04", process="Milling", tolerance=0.1),
            line("Acme", "2025-08-05", process="Milling", tolerance=0.001),
            line("Acme", "2025-09-05", process="Turning"),
            line("Acme", "2025-11-05", process="Turning"),
            line("Other", "2025-01-02", process="Honing"),
            line("Other", "2025-12-30", process="Honing"),
        ]
    )
    chart = mix_over_quarters(snap, "Acme")
    table = chart.table.set_index("quarter")
    column = {name: at for at, name in chart.marks["series"].items()}

    assert set(column) == {"Milling", "Turning"}  # what it never ordered has no colour
    assert table[column["Milling"]].tolist() == [66.7, 0.0]
    assert table[column["Turning"]].tolist() == [33.3, 100.0]
    assert table["tolerance"].iloc[0] == pytest.approx(0.01)
    assert table["lines"].tolist() == [3, 1]
    assert list(table.index) == ["Q3 2025", "Q4 2025"]


def test_many_processes_are_the_most_frequent_and_all_others(traded):
    lines = [
        line("Acme", f"2025-{month:02}-05", order=f"{month} {at}", process=f"P{at:02}")
        for month in range(1, 13)
        for at in range(12)
        if month > at
    ]
    chart = mix_over_quarters(traded(lines))

    assert [*chart.marks["series"].values()] == [
        *(f"P{at:02}" for at in range(7)),
        "other processes",
    ]
    total = chart.table[[*chart.marks["series"]]].sum(axis=1)
    assert total.tolist() == pytest.approx([100] * 4, abs=0.5)


def test_hours_ahead_are_those_of_the_forecast_with_its_drivers(traded):
    snap = traded([*steady(), *lines_of("Newcomer", MILLING, growing)])
    stated = {MILLING: 150.0}
    foreseen = forecast(snap, months=3, capacity=stated)
    risk = next(iter(capacity_risk(snap, months=3, capacity=stated)))
    (chart,) = hours_ahead(snap, foreseen)
    ahead = chart.table.dropna(subset=["p50"])

    for row, shown in zip(foreseen.rows(), ahead.to_dict("records"), strict=True):
        assert [shown[name] for name in ("p10", "p50", "p90", "a_year_before")] == [
            row[name] for name in ("p10", "p50", "p90", "a_year_before")
        ]
        assert shown["over"] == round(100 * row["probability_over"])
    past = chart.table.dropna(subset=["hours"])
    assert past["hours"].sum() == pytest.approx(foreseen.hours.hours[0, -24:].sum(), abs=2)
    assert chart.marks["capacity"] == 150
    assert "of 150 that there are" in chart.title
    driven = drivers(snap, risk)
    assert driven.table["name"].tolist()[0] == "Newcomer"
    assert driven.table["now"].tolist()[0] == risk.details["drivers"][0]["hours_a_month_now"]
    assert driven.rows


def test_without_capacity_nothing_is_said_of_it(traded):
    snap = traded(steady())
    (chart,) = hours_ahead(snap, forecast(snap, months=2))
    assert chart.marks["capacity"] is None
    assert "over" not in chart.headings


def test_signs_by_month_add_up_to_those_of_the_command_without_machines(mailing):
    reading(mailing)
    mailing.contact("Machine", habit=1.0, keen=1.0, delay=0)
    snap = mailing.snapshot()
    known = habits(snap, MONTHS)
    chart = topic_heat(snap)
    table = chart.table.set_index("topic")
    since = [
        name
        for name, at in chart.marks["months"].items()
        if at >= known.since.astype("datetime64[M]").astype(int) + 1970 * 12
    ]

    recent = sum(one.recent for one in known.channels.values()).sum(axis=0)
    by_topic = dict(zip(known.topics, recent, strict=True))
    assert {one: table.loc[one, since].sum() for one in TOPICS} == by_topic
    assert table.index[0] == "hard turning"
    own = topic_heat(snap, ["Machine"])
    assert own is None or own.table["all"].sum() < 30  # clicks at most


def test_industries_stand_side_by_side_with_their_orders(traded):
    lines = [line("Acme", f"2025-{month:02}-03") for month in range(1, 13)]
    lines += [line("Bolt", "2025-05-03"), line("Bolt", "2025-12-30")]
    snap = traded(lines, markets={"Acme": "Rail", "Bolt": "Defense"})
    sides = Sides(
        "Industry",
        {"Acme": "Rail", "Bolt": "Defense"},
        {"Rail": "Rail", "Defense": "Defense"},
        {"Rail": "slowing-industry"},
    )
    chart = orders_side_by_side(snap, sides)
    counts = {
        name: part["value"].tolist() for name, part in chart.table.groupby("name", sort=False)
    }

    assert counts == {"Defense": [0, 1, 0, 1], "Rail": [3, 3, 3, 3]}
    assert chart.marks["told"] == ("Rail",)
    assert "alert or a watch" in chart.description


def test_shares_are_those_of_the_exposures(traded):
    lines = [
        line(name, dt.date(2025, month, 3), order=f"{name} {month}", pieces=pieces)
        for month in range(1, 13)
        for name, pieces in (("Big", 90), ("Small", 10))
    ]
    snap = traded(lines, markets={"Big": "Rail", "Small": "Rail"})
    companies, industries = concentration_charts(snap)

    assert companies.table[["name", "share"]].to_numpy().tolist() == [
        ["Big", 90.0],
        ["Small", 10.0],
    ]
    assert industries.table["share"].tolist() == [100.0]
    found = exposures(snap)
    assert companies.table["revenue"].tolist() == [
        round(one.ordered.value / 10_000) for one in found.of_companies()
    ]
    assert all(" row " in one for one in companies.table["read"])
