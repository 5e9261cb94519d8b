"""What is alarming is ringed on maps and put first in reports; what is only sure is not."""

import dataclasses
import datetime as dt

from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.reports.cluster import _urgent
from graphkit.reports.network.told import levels, told

LEANS = Finding(
    kind="process-shift",
    level=Level.ALERT,
    subject=Ref("Company", "bolt", "Bolt"),
    statement="Bolt leans to Wire EDM.",
    as_of=dt.date(2025, 12, 31),
    evidence=(Evidence("share", 0.5),),
    advice="Ask what is behind it.",
)
SLOWS = dataclasses.replace(
    LEANS, kind="slowing-customer", statement="Bolt orders less.", advice="Call.", alarming=True
)


def test_a_new_leaning_is_told_and_rings_nobody() -> None:
    assert levels([LEANS]) == {}
    assert [one.statement for one in told([LEANS], {"Company bolt"}, {})] == [LEANS.statement]
    assert _urgent([LEANS], {"bolt"}) == ()


def test_what_is_alarming_rings_whatever_else_is_told() -> None:
    watch = dataclasses.replace(SLOWS, level=Level.WATCH)

    assert levels([LEANS, watch]) == {"Company bolt": "watch"}
    assert [one.kind for one in told([LEANS, watch], {"Company bolt"}, {})] == [
        "slowing-customer",
        "process-shift",
    ]
    assert _urgent([LEANS, SLOWS], {"bolt"}) == ("Bolt orders less. Call.",)
