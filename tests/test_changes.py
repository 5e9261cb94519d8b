"""What is new, gone or changed between two days."""

import dataclasses
import datetime as dt

from graphkit.changes import What, changes
from graphkit.findings import Effect, Evidence, Finding, Level, Ref


def finding(name, *, kind="slowing-customer", level=Level.ALERT, effect=0.4, value=0, members=()):
    return Finding(
        kind=kind,
        level=level,
        subject=Ref("Company", name, name),
        statement=f"{name} orders less.",
        as_of=dt.date(2025, 12, 31),
        evidence=(Evidence("orders", 3),),
        effect=Effect(effect, effect - 0.1, effect + 0.1, "ratio"),
        value=value,
        details={"members": [{"id": one} for one in members]},
    )


def told(then, now):
    return [(one.finding.subject.name, one.what.value) for one in changes(then, now)]


def test_what_was_not_told_is_new_and_what_is_told_no_more_is_gone():
    assert told([finding("Acme")], [finding("Bolt")]) == [("Bolt", "new"), ("Acme", "gone")]


def test_another_level_is_a_change():
    then, now = finding("Acme", level=Level.WATCH), finding("Acme")
    [one] = changes([then], [now])
    assert (one.what, one.before, one.finding) == (What.CHANGED, then, now)


def test_an_effect_is_a_change_only_outside_the_interval_it_had():
    assert told([finding("Acme", effect=0.4)], [finding("Acme", effect=0.49)]) == [
        ("Acme", "unchanged")
    ]
    assert told([finding("Acme", effect=0.4)], [finding("Acme", effect=0.29)]) == [
        ("Acme", "changed")
    ]


def test_who_could_not_be_told_of_is_new_once_told_of():
    unknown = dataclasses.replace(finding("Acme"), level=Level.CANNOT_TELL, effect=None)
    assert told([unknown], [finding("Acme")]) == [("Acme", "new")]
    assert told([unknown], [unknown]) == []


def test_a_cluster_that_keeps_most_of_its_members_is_the_same():
    def cluster(key, members):
        return finding(key, kind="customer-cluster", members=members)

    then = [cluster("first", "abcde"), cluster("other", "vwxyz")]
    assert told(then, [cluster("second", "bcdef")]) == [("other", "gone"), ("second", "unchanged")]
    assert told(then, [cluster("second", "avw")])[0] == ("second", "new")


def test_what_weighs_most_comes_first_within_new_changed_and_gone():
    now = [finding("Small", value=1), finding("Large", value=9), finding("Old", effect=0.9)]
    assert told([finding("Old"), finding("Former", value=99)], now) == [
        ("Large", "new"),
        ("Small", "new"),
        ("Old", "changed"),
        ("Former", "gone"),
    ]
