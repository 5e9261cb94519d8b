"""What is dismissed stays out until it gets worse."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from graphkit.findings import Effect, Evidence, Finding, Level, Ref
from graphkit.verdicts import CONFIRM, DISMISS, Claim, Verdict, judged, verdicts

LATE = Finding(
    kind="paying-later",
    level=Level.WATCH,
    subject=Ref("Company", "acme", "Acme"),
    statement="Acme pays later.",
    as_of=dt.date(2025, 12, 31),
    evidence=(Evidence("invoices", 9),),
    effect=Effect(10.0, 5.0, 15.0, "days later"),
)


def said(kind=DISMISS, finding=LATE, minute=0):
    at = dt.datetime(2026, 1, 2, 9, minute)  # noqa: DTZ001 - wall time
    return Verdict(kind, Claim.of(finding), "they told us", "ada", at, f"{kind}|{minute}")


def days(value, level=Level.WATCH):
    return dataclasses.replace(LATE, effect=Effect(value, 0, 99, "days later"), level=level)


@pytest.mark.parametrize(
    ("now", "left_out"),
    [
        (days(14.0), True),
        (days(16.0), False),
        (days(4.0), False),
        (days(10.0, Level.ALERT), False),
        (days(10.0, Level.CANNOT_TELL), True),
        (dataclasses.replace(LATE, subject=Ref("Company", "bolt", "Bolt")), False),
    ],
)
def test_a_dismissal_holds_until_the_level_rises_or_the_effect_leaves_its_interval(now, left_out):
    found = judged([now], [said()])
    assert (found.told, found.dismissed) == (([], [now]) if left_out else ([now], []))


def test_the_last_word_counts():
    assert judged([LATE], [said(), said(CONFIRM, minute=5)]).told == [LATE]
    assert judged([LATE], [said(CONFIRM), said(minute=5)]).told == []


def test_a_verdict_reads_as_it_was_written_and_goes_with_the_company_that_took_over():
    never = dataclasses.replace(LATE, effect=Effect(30.0, 9.0, float("inf"), "days later"))
    one = said(finding=never)
    rows = pd.DataFrame([one.columns(), {"id": "a|b", "kind": "merge"}])

    assert verdicts(rows, {}) == [one]
    [moved] = verdicts(rows, {"acme": "acme-group"})
    assert moved.claim.subject == Ref("Company", "acme-group", "Acme")
    assert moved.claim.id != one.claim.id
