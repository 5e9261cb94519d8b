"""Machine hours to come and the risk of running over, in shops of known truth."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.forecast import capacity_risk, forecast
from graphkit.errors import UnknownNameError
from graphkit.findings import Level
from graphkit.schema import Order, OrderLine, Process
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

END = dt.date(2025, 12, 31)
MONTHS = 36
NAMES = {"mill": "CNC Milling", "edm": "Wire EDM"}


def lines_of(company, process, hours, *, months=MONTHS, seed=1, each=6):
    """Lines of a customer: so many hours a month by a function of the month, in `each` orders."""
    chance = np.random.default_rng(seed)
    return [
        {
            "company": company,
            "process": process,
            "month": month,
            "minutes": 60 * hours(month) / each * chance.lognormal(0, 0.2) / 10,
        }
        for month in range(MONTHS - months, MONTHS)
        for _ in range(each)
    ]


@pytest.fixture
def shop(tmp_path):
    """Fills a store with lines of ten pieces, and gives what was known at the end of a day."""
    with open_store(tmp_path / "graph.duckdb") as store:

        def filled(rows, as_of=END):
            put_companies(store, sorted({one["company"] for one in rows}))
            put(store, Process, id=[*NAMES], name=[*NAMES.values()])
            ids = [str(at) for at in range(len(rows))]
            first = END.year * 12 - MONTHS + 12
            days = [
                dt.date((first + one["month"]) // 12, (first + one["month"]) % 12 + 1, 1 + at % 28)
                for at, one in enumerate(rows)
            ]
            common = {"account": [f"erp:{one['company']}" for one in rows], "ordered_on": days}
            status = [one.get("status", "shipped") for one in rows]
            put(store, Order, id=ids, number=ids, status=status, **common)
            put(
                store,
                OrderLine,
                id=ids,
                order=ids,
                line=["1"] * len(ids),
                quantity=[10.0] * len(ids),
                amount=[1_000_000] * len(ids),
                process=[one["process"] for one in rows],
                minutes=[one["minutes"] for one in rows],
                **common,
            )
            return Snapshot(store, as_of)

        yield filled


def steady(process="mill", hours=100.0, count=5, **columns):
    return [
        line
        for at in range(count)
        for line in lines_of(
            f"Steady {at}", process, lambda _: hours / count, seed=9 + at, **columns
        )
    ]


def growing(month):
    return 10.0 if month < MONTHS - 10 else 70.0


def test_hours_of_each_process_and_month_are_foreseen_with_their_capacity(shop):
    snap = shop([*steady(), *steady("edm", 40.0)])
    found = forecast(snap, months=3, capacity={"cnc milling": 150})

    rows = found.rows()
    assert [(one["process"], one["month"]) for one in rows] == [
        (name, month) for name in NAMES.values() for month in ("2026-01", "2026-02", "2026-03")
    ]
    assert all(one["p10"] <= one["p50"] <= one["p90"] for one in rows)
    assert rows[0]["p50"] == pytest.approx(100, rel=0.15)
    assert rows[-1]["p50"] == pytest.approx(40, rel=0.15)
    assert [one["capacity"] for one in rows] == [150] * 3 + [None] * 3
    assert rows[0]["probability_over"] < 0.1
    assert rows[-1]["probability_over"] is None
    milling, _, whole = found.processes()
    assert whole["p50"] == pytest.approx(420, rel=0.1)
    assert milling["past_error"] <= milling["naive_error"]
    assert milling["coverage"] > 0.5


def test_a_process_that_runs_over_is_an_alert_that_names_who_drives_it(shop):
    snap = shop([*steady(), *steady("edm", 40.0), *lines_of("Badger", "mill", growing)])
    alert, *others = capacity_risk(snap, capacity={"CNC Milling": 140, "Wire EDM": 90})

    assert others == []
    assert (alert.kind, alert.level) == ("capacity-risk", Level.ALERT)
    assert alert.subject.name == "CNC Milling"
    assert alert.effect.low < alert.effect.value < alert.effect.high
    assert alert.effect.value == pytest.approx(170 / 140, abs=0.15)
    assert alert.p is None
    assert alert.q is None
    assert "Orders rose most from Badger" in alert.statement
    assert "calls Badger" in alert.advice
    assert alert.details["drivers"][0]["name"] == "Badger"
    assert len(alert.details["months_at_risk"]) >= 1
    assert '(p:Process {id: "mill"})' in alert.cypher
    assert alert.value > 0
    lately = next(one for one in alert.evidence if "last 6 months" in one.label)
    assert len(lately.sources) == 6 * 6 * 6  # six months, six customers, six orders each


def test_a_process_far_under_its_capacity_is_no_news(shop):
    assert list(capacity_risk(shop(steady()), capacity={"CNC Milling": 300})) == []


def test_without_capacity_it_is_said_once_what_to_write(shop):
    (told,) = capacity_risk(shop([*steady(), *steady("edm", 40.0)]))

    assert told.level is Level.CANNOT_TELL
    assert told.subject.name == "CNC Milling"  # the busiest
    assert '[capacity], add the machine hours that each has a month, such as "CNC Milling"' in (
        told.statement
    )


def test_a_capacity_of_an_unknown_process_gets_the_nearest_name(shop):
    with pytest.raises(UnknownNameError, match=r"\[capacity\].*Did you mean 'CNC Milling'"):
        list(capacity_risk(shop(steady()), capacity={"CNC Miling": 300}))


def test_less_than_two_years_are_only_a_hint_and_less_than_one_tells_nothing(shop):
    (hint,) = capacity_risk(shop(steady(months=16)), capacity={"CNC Milling": 50})

    assert hint.level is Level.WATCH
    assert "Only 16 months are known" in hint.statement


def test_less_than_a_year_says_when_there_will_be_enough(shop):
    (told,) = capacity_risk(shop(steady(months=7)), capacity={"CNC Milling": 50})

    assert told.level is Level.CANNOT_TELL
    assert "enough by May 2027" in told.statement


def test_what_came_after_the_day_and_what_was_cancelled_is_not_counted(shop):
    late = [{**one, "minutes": one["minutes"] * 50} for one in steady() if one["month"] > 30]
    void = [{**one, "status": "cancelled"} for one in steady(hours=5000.0)]
    rows = [*(one for one in steady() if one["month"] <= 30), *late, *void]
    found = forecast(shop(rows, dt.date(2025, 7, 31)))

    assert found.rows()[0]["month"] == "2025-08"
    assert found.rows()[0]["p50"] == pytest.approx(100, rel=0.2)


def test_lines_without_machine_time_are_counted_as_untold(shop):
    rows = [*steady(), *({**one, "minutes": None} for one in steady("edm"))]
    found = forecast(shop(rows))

    assert [one.name for one in found.hours.processes] == ["CNC Milling"]
    assert found.hours.untold == len(steady())
    assert forecast(shop([{**one, "minutes": None} for one in steady()])) is None
