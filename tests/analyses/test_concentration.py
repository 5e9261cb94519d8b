"""What hangs on whom, in shops of known orders and chains of supply."""

import datetime as dt

import pytest

from graphkit.analyses.concentration import concentration
from graphkit.analyses.measures.exposure import exposures
from graphkit.errors import UnknownNameError
from graphkit.findings import Level
from graphkit.schema import Account, Company, Industry, Is, Order, OrderLine, Project, Supplies
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

END = dt.date(2025, 12, 31)
MONTHS = [dt.date(2024 + month // 12, month % 12 + 1, 5) for month in range(24)]
UNIT = 10_000


def said(start, end, confidence=1.0, *, polarity="asserted", on=dt.date(2025, 3, 1)):
    return {
        "from_id": f"erp:{start}",
        "to_id": f"erp:{end}",
        "confidence": confidence,
        "polarity": polarity,
        "on": on,
    }


@pytest.fixture
def shop(tmp_path):
    """Fills a store: what each customer orders a month, who is in which industry, who supplies."""
    with open_store(tmp_path / "graph.duckdb") as store:

        def filled(
            a_month, *, links=(), industries=None, ends=(), parents=None, before=None, project=None
        ):
            markets = industries or {}
            put(store, Industry, id=["none", *markets.values()], name=["none", *markets.values()])
            names = [*a_month]
            put_companies(
                store,
                names,
                industry=[markets.get(name) for name in names],
                parent=[(parents or {}).get(name) for name in names],
            )
            if ends:
                put(
                    store,
                    Company,
                    id=[*ends],
                    name=[*ends],
                    is_customer=[False] * len(ends),
                    industry=[markets.get(name) for name in ends],
                )
                accounts = [f"erp:{name}" for name in ends]
                put(store, Account, id=accounts, name=[*ends], system=["erp"] * len(ends))
                put(store, Is, from_id=accounts, to_id=[*ends])
            rows = [
                (f"{name}-{day}", f"erp:{name}", day, _of(a_month, before, name, day))
                for name in names
                for day in MONTHS
            ]
            ids, accounts, days, amounts = map(list, zip(*rows, strict=True))
            common = {"account": accounts, "ordered_on": days, "status": ["shipped"] * len(ids)}
            put(store, Order, id=ids, number=ids, **common)
            put(
                store, OrderLine, id=ids, order=ids, line=["1"] * len(ids), amount=amounts, **common
            )
            if links:
                texts = [f"note {at}" for at in range(len(links))]
                columns = {key: [one[key] for one in links] for key in links[0]}
                put(store, Supplies, text_id=texts, **columns)
            if project:
                put(store, Project, **project)
            return Snapshot(store, END)

        yield filled


def _of(a_month, before, name, day):
    month = (before or a_month) if day.year < END.year else a_month
    return month[name] * UNIT


def told(snap, **options):
    return {one.subject.name: one for one in concentration(snap, **options)}


SMALL = {f"Small {at}": 50 for at in range(14)}
"""Customers whose 700 a month hang on nobody."""


def test_what_ends_at_one_end_customer_is_told_with_whom_it_reaches_and_what_a_drop_takes(shop):
    snap = shop(
        {"Apex": 200, "Bolt": 100, **SMALL},
        links=[said("Apex", "Orion"), said("Bolt", "Orion")],
        ends=["Orion"],
    )
    one = told(snap, drop=30)["Orion"]

    assert one.level is Level.ALERT
    assert (one.effect.value, one.effect.low, one.effect.high) == (30, 30, 30)
    assert [each["name"] for each in one.details["reached"]] == ["Apex", "Bolt"]
    assert one.details["at_most"] == 0.3 * 300 * 12
    assert one.value == 0.3 * 300 * 12 * UNIT
    assert one.statement == (
        "A drop of 30% at Orion could reach 2 customers with 3,600 USD of orders from January to"
        " December 2025, 30% of our revenue: at most 1,080 USD is gone."
    )
    assert '{id: "Orion"}' in one.cypher
    apex, bolt, everybody, links, _ = one.evidence
    assert (apex.value, bolt.value, everybody.value) == (2400, 1200, 12_000)
    assert len(apex.sources) == 12
    assert len(links.sources) == links.value == 2


def test_a_chain_of_suppliers_is_as_sure_as_all_of_its_links(shop):
    snap = shop(
        {"Apex": 300, "Bolt": 0, **SMALL},
        links=[said("Apex", "Bolt", 0.9), said("Bolt", "Orion", 0.8)],
        ends=["Orion"],
    )
    found = exposures(snap, draws=50_000)
    orion = found.called("orion")

    assert orion.share.value == pytest.approx(0.3 * 0.72, abs=0.005)
    assert (orion.share.low, orion.share.high) == (0, 0.3)
    assert told(snap)["Orion"].level is Level.WATCH
    assert told(snap)["Bolt"].level is Level.WATCH  # 27 %, or nothing one time in ten


def test_two_texts_that_say_the_same_are_surer_than_one(shop):
    twice = [said("Apex", "Orion", 0.8), said("Apex", "Orion", 0.8, on=dt.date(2025, 9, 1))]
    snap = shop({"Apex": 300, **SMALL}, links=twice, ends=["Orion"])

    (reached,) = exposures(snap, draws=50_000).called("Orion").reached

    assert reached.probability == pytest.approx(0.96, abs=0.005)
    assert len(reached.over[0].sources) == 2


@pytest.mark.parametrize("polarity", ["negated", "hedged", "asked"])
def test_who_is_said_not_to_supply_or_perhaps_is_not_reached(shop, polarity):
    snap = shop(
        {"Apex": 300, **SMALL}, links=[said("Apex", "Orion", polarity=polarity)], ends=["Orion"]
    )

    assert "Orion" not in told(snap)
    assert "Apex alone is 30% of our revenue" in told(snap)["Apex"].statement


def test_what_was_said_after_the_day_does_not_count(shop):
    later = [said("Apex", "Orion", on=dt.date(2026, 1, 5))]

    assert "Orion" not in told(shop({"Apex": 300, **SMALL}, links=later, ends=["Orion"]))


def test_the_column_of_a_project_is_a_sure_link(shop):
    project = {
        "id": ["p"],
        "name": ["housing"],
        "account": ["erp:Apex"],
        "end_customer": ["erp:Orion"],
        "started_on": [dt.date(2025, 2, 2)],
    }
    snap = shop({"Apex": 300, **SMALL}, ends=["Orion"], project=project)

    assert told(snap)["Orion"].level is Level.ALERT


def test_an_industry_reaches_who_is_in_it_and_who_supplies_it_once(shop):
    snap = shop(
        {"Apex": 100, "Bolt": 200, "Cedar": 100, **SMALL},
        links=[said("Apex", "Orion"), said("Bolt", "Orion"), said("Bolt", "Cedar")],
        industries={"Orion": "Space", "Cedar": "Space"},
        ends=["Orion"],
    )
    one = told(snap)["Space"]

    assert one.subject.type == "Industry"
    assert one.effect.value == pytest.approx(100 * 400 / 1100)
    assert [each["name"] for each in one.details["reached"]] == ["Bolt", "Apex", "Cedar"]
    assert ":IN_INDUSTRY" in one.cypher


def test_plants_of_one_group_hang_together(shop):
    snap = shop({"Apex": 80, "Apex West": 80, **SMALL}, parents={"Apex West": "Apex"})

    assert told(snap)["Apex"].effect.value == pytest.approx(100 * 160 / 860)


def test_who_supplies_several_could_lose_less_than_all(shop):
    links = [said("Apex", "Orion"), said("Apex", "Volta"), said("Bolt", "Orion")]
    snap = shop({"Apex": 200, "Bolt": 100, **SMALL}, links=links, ends=["Orion", "Volta"])
    orion = exposures(snap).called("Orion")

    assert orion.evenly == pytest.approx((100 + 100) * 12 * UNIT)
    assert "400 USD if each sells evenly" in told(snap, drop=100 / 6)["Orion"].statement


def test_only_the_last_twelve_months_count(shop):
    before = {"Apex": 5000, **SMALL}

    assert "Apex" not in {
        name
        for name, one in told(shop({"Apex": 50, **SMALL}, before=before)).items()
        if one.level is not Level.CANNOT_TELL
    }


def test_where_nothing_is_concentrated_it_is_only_asked_whom_each_supplies(shop):
    links = [said(name, f"End {name}") for name in list(SMALL)[:10]]
    snap = shop(SMALL, links=links, ends=[one["to_id"].removeprefix("erp:") for one in links])
    found = told(snap)

    assert {one.level for one in found.values()} == {Level.CANNOT_TELL}
    assert set(found) == {"Small 10", "Small 11", "Small 12", "Small 13"}
    assert "no note, post or project says whom it supplies" in found["Small 10"].statement


def test_a_name_that_nobody_has_is_answered_with_the_nearest(shop):
    snap = shop({"Apex": 50, **SMALL}, industries={"Apex": "Aerospace"})

    with pytest.raises(UnknownNameError, match="Aerospace"):
        exposures(snap).called("Aerospaces")
