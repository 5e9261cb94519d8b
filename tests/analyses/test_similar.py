"""Who looks like whom, in shops of known likes."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.similar import LEAST_FEATURES, similar
from graphkit.schema import Attended, Order, OrderLine, Process, Supplies, TradeShow
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

DAY = dt.date(2025, 12, 31)
EARLIER, LATER = dt.date(2025, 6, 1), dt.date(2026, 2, 1)
CROWD = [f"Crowd {number:02}" for number in range(30)]
PROCESSES = ["Milling", "Turning", "Wire EDM"]
SHOWS = ["IMTS", "FABTECH", "MD&M West"]
ENDS = ["Orion Launch", "Volta Motors"]


@pytest.fixture
def shop(tmp_path):
    """Fills a store with who orders what, was where and supplies whom."""
    with open_store(tmp_path / "graph.duckdb") as store:

        def filled(mixes, went=(), supplies=(), prospects=()):
            put_companies(store, list(mixes))
            put_companies(store, [*ENDS, *prospects], customers=False)
            put(store, Process, id=PROCESSES, name=PROCESSES)
            put(store, TradeShow, id=SHOWS, series=SHOWS, year=[2025] * len(SHOWS))
            lines = [
                (f"erp:{name}", process)
                for name, mix in mixes.items()
                for process, count in zip(PROCESSES, mix, strict=True)
                for _ in range(count)
            ]
            ids = [str(number) for number in range(len(lines))]
            common = {"account": [one for one, _ in lines], "ordered_on": [EARLIER] * len(ids)}
            put(store, Order, id=ids, number=ids, **common)
            put(
                store,
                OrderLine,
                id=ids,
                order=ids,
                line=["1"] * len(ids),
                quantity=[1.0] * len(ids),
                process=[process for _, process in lines],
                **common,
            )
            _said(store, Attended, went, ("TradeShow", ""))
            _said(store, Supplies, supplies, ("Account", "erp:"))
            return Snapshot(store, DAY)

        yield filled


def _said(store, entity, facts, end):
    """Facts (company, what, day, polarity), one a row."""
    if not facts:
        return
    columns = list(zip(*facts, strict=True))
    types = {"from_type": ["Account"] * len(facts)} if entity is Attended else {}
    put(
        store,
        entity,
        from_id=[f"erp:{one}" for one in columns[0]],
        to_id=[f"{end[1]}{one}" for one in columns[1]],
        on=list(columns[2]),
        polarity=list(columns[3]),
        **types,
    )


def asserted(pairs, day=EARLIER):
    return [(who, what, day, "asserted") for who, what in pairs]


def crowd(seed=1):
    """Customers that mill and turn, in shares that differ as chance has it."""
    draw = np.random.default_rng(seed)
    return {name: [*draw.multinomial(20, [0.5, 0.5]).tolist(), 0] for name in CROWD}


TWINS = {"Apex": [2, 0, 18], "Bolt": [3, 1, 16]}
WENT = [("Apex", "MD&M West"), ("Bolt", "MD&M West"), *((one, "IMTS") for one in CROWD[:20])]
SUPPLY = [("Apex", "Orion Launch"), ("Bolt", "Orion Launch"), *((c, "Volta Motors") for c in CROWD)]


def test_the_customer_that_shares_what_is_rare_comes_first_with_what_they_share(shop):
    snap = shop(crowd() | TWINS, asserted(WENT), asserted(SUPPLY))

    first = similar(snap, "Apex").alike[0]

    assert first.company == "Bolt"
    shared = {one.name: one for one in first.shared}
    assert set(shared) == {"Wire EDM", "MD&M West", "Orion Launch"}
    assert shared["Orion Launch"].told == "supply Orion Launch (2 of 32 do)"
    assert shared["Orion Launch"].specificity == pytest.approx(np.log(32 / 2), abs=1e-3)
    assert len(shared["MD&M West"].sources) == 2
    assert 0.5 < sum(one.carries for one in first.shared) < 1  # neither mills: that counts too
    assert first.as_alike < 0.1


def test_two_of_a_crowd_share_nothing_that_others_lack_and_are_as_alike_as_chance_has_it(shop):
    found = similar(shop(crowd()), "Crowd 05", least=2)

    assert found.compared == len(CROWD) - 1
    assert all(one.as_alike * found.compared > 0.1 for one in found.alike)


def test_a_prospect_is_found_by_the_little_that_is_known_of_it(shop):
    prospects = ["Newcomer", "Stranger", "Unknown"]
    went = [
        *WENT,
        *(("Newcomer", show) for show in ("MD&M West", "FABTECH")),
        *(("Stranger", show) for show in ("IMTS", "FABTECH")),
    ]
    supply = [*SUPPLY, ("Newcomer", "Orion Launch"), ("Stranger", "Volta Motors")]
    snap = shop(crowd() | TWINS, asserted(went), asserted(supply), prospects)

    found = similar(snap, "Apex", prospects=True)

    assert [one.company for one in found.alike] == ["Newcomer"]
    assert found.compared == 2  # of the third nothing is known
    assert {one.name for one in found.alike[0].shared} == {"MD&M West", "Orion Launch"}
    assert [one.company for one in similar(snap, "Newcomer", count=2).alike] == ["Apex", "Bolt"]


def test_of_whom_too_little_is_known_nobody_is_said_to_be_like(shop):
    snap = shop(crowd() | TWINS | {"New": [0, 0, 2]}, asserted(WENT), asserted(SUPPLY))

    found = similar(snap, "New")

    assert found.features == 1 < LEAST_FEATURES
    assert found.alike == ()
    assert "New" not in {one.company for one in similar(snap, "Apex", count=99).alike}


def test_a_denied_visit_and_what_happens_later_make_nobody_alike(shop):
    went = [
        ("Apex", "MD&M West", EARLIER, "asserted"),
        ("Bolt", "MD&M West", EARLIER, "negated"),
        ("Cedar", "MD&M West", LATER, "asserted"),
        *asserted([("Cedar", "IMTS"), ("Crowd 00", "IMTS")]),
    ]
    mixes = crowd() | TWINS | {"Cedar": [2, 0, 18]}
    found = similar(shop(mixes, went, asserted(SUPPLY)), "Apex")

    told = {shared.name for one in found.alike for shared in one.shared}
    assert {one.company for one in found.alike} >= {"Bolt", "Cedar"}
    assert told == {"Wire EDM", "Orion Launch"}


def test_the_same_question_has_the_same_answer_twice(shop):
    snap = shop(crowd() | TWINS, asserted(WENT), asserted(SUPPLY))

    assert similar(snap, "Apex") == similar(snap, "Apex")
