"""Machine hours to come and the risk of running over, in shops of known truth."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.forecast import capacity_risk, forecast
from graphkit.errors import UnknownNameError
from graphkit.findings import Level
from tests.analyses.traded import MONTHS, lines_by_month, traded

__all__ = ["traded"]

MILLING, EDM = "CNC Milling", "Wire EDM"


def lines_of(company, process, hours, *, months=MONTHS, seed=1, each=6, **columns):
    """Lines of a customer: so many hours a month by a function of the month, in `each` orders."""
    chance = np.random.default_rng(seed)

    def drawn(month):
        minutes = 60 * hours(month) / each * chance.lognormal(0, 0.2) / 10
        return {"process": process, "minutes": minutes, **columns}

    return lines_by_month(company, months, lambda: each, drawn)


def steady(process=MILLING, hours=100.0, count=5, **columns):
    return [
        line
        for at in range(count)
        for line in lines_of(
            f"Steady {at}", process, lambda _: hours / count, seed=9 + at, **columns
        )
    ]


def growing(month):
    return 10.0 if month < MONTHS - 10 else 70.0


def test_hours_of_each_process_and_month_are_foreseen_with_their_capacity(traded):
    snap = traded([*steady(), *steady(EDM, 40.0)])
    found = forecast(snap, months=3, capacity={"cnc milling": 150})

    rows = found.rows()
    assert [(one["process"], one["month"]) for one in rows] == [
        (name, month) for name in (MILLING, EDM) for month in ("2026-01", "2026-02", "2026-03")
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


def test_a_process_that_runs_over_is_an_alert_that_names_who_drives_it(traded):
    snap = traded([*steady(), *steady(EDM, 40.0), *lines_of("Badger", MILLING, growing)])
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
    assert '(p:Process {id: "CNC Milling"})' in alert.cypher
    assert alert.value > 0
    lately = next(one for one in alert.evidence if "last 6 months" in one.label)
    assert len(lately.sources) == 6 * 6 * 6  # six months, six customers, six orders each


def test_a_process_far_under_its_capacity_is_no_news(traded):
    assert list(capacity_risk(traded(steady()), capacity={"CNC Milling": 300})) == []


def test_without_capacity_it_is_said_once_what_to_write(traded):
    (told,) = capacity_risk(traded([*steady(), *steady(EDM, 40.0)]))

    assert told.level is Level.CANNOT_TELL
    assert told.subject.name == "CNC Milling"  # the busiest
    assert '[capacity], add the machine hours that each has a month, such as "CNC Milling"' in (
        told.statement
    )


def test_a_capacity_of_an_unknown_process_gets_the_nearest_name(traded):
    with pytest.raises(UnknownNameError, match=r"\[capacity\].*Did you mean 'CNC Milling'"):
        list(capacity_risk(traded(steady()), capacity={"CNC Miling": 300}))


def test_beside_a_month_to_come_stands_what_it_was_a_year_before(traded):
    snap = traded([*steady(), *lines_of("Late", EDM, lambda month: 40.0 if month >= 20 else 0.0)])
    found = forecast(snap, months=14)

    hours, panel = found.hours.hours, found.hours.panel
    rows = {(one["process"], one["month"]): one["a_year_before"] for one in found.rows()}
    at = [str(panel.month(one)) for one in range(panel.months)].index("2025-02")
    assert rows[MILLING, "2026-02"] == pytest.approx(hours[0, at], abs=0.05)
    assert rows[MILLING, "2026-02"] > 0
    assert rows[MILLING, "2027-01"] is None  # a year before it has not come either


def test_less_than_two_years_are_only_a_hint_and_less_than_one_tells_nothing(traded):
    (hint,) = capacity_risk(traded(steady(months=16)), capacity={"CNC Milling": 50})

    assert hint.level is Level.WATCH
    assert "Only 16 months are known" in hint.statement


def test_less_than_a_year_says_when_there_will_be_enough(traded):
    (told,) = capacity_risk(traded(steady(months=7)), capacity={"CNC Milling": 50})

    assert told.level is Level.CANNOT_TELL
    assert "enough by May 2027" in told.statement


def test_what_came_after_the_day_and_what_was_cancelled_is_not_counted(traded):
    day = dt.date(2025, 7, 31)
    before = [one for one in steady() if one["day"] <= day]
    late = [one | {"minutes": one["minutes"] * 50} for one in steady() if one["day"] > day]
    void = steady(hours=5000.0, void=True)
    found = forecast(traded([*before, *late, *void], as_of=day))

    assert found.rows()[0]["month"] == "2025-08"
    assert found.rows()[0]["p50"] == pytest.approx(100, rel=0.2)


def test_lines_without_machine_time_are_counted_as_untold(traded):
    rows = [*steady(), *({**one, "minutes": None} for one in steady(EDM))]
    found = forecast(traded(rows))

    assert [one.name for one in found.hours.processes] == ["CNC Milling"]
    assert found.hours.untold == len(steady())
    assert forecast(traded([{**one, "minutes": None} for one in steady()])) is None
