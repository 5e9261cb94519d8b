"""The query of each finding, run on a real Neo4j, lists the rows that the finding rests on."""

import datetime as dt

import pytest
from neo4j import GraphDatabase

from graphkit import registry
from graphkit.analyses.payments import payments
from graphkit.analyses.spread import spread
from graphkit.findings import Level
from graphkit.pipeline.analyse import analyse, write_back
from graphkit.pipeline.load import load
from graphkit.pipeline.push import push
from graphkit.schema import File
from graphkit.simulator import simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.store import open_store
from graphkit.store.neo4j import Neo4jStore
from graphkit.workspace import Settings
from tests.analyses.town import BEGUN, Town
from tests.neo4j_plans import faults
from tests.shop import Customer, Shop, steady

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

_QUICKLY = {
    "slowdown": {"permutations": 199},
    "quotes": {"permutations": 199},
    "leanings": {"permutations": 199},
    "clusters": {"bootstraps": 10},
    "concentration": {"share": 8.0},  # so that there are some, of companies too
}


def simulated(store, folder):
    """Findings of a shop with a bit of everything in it, written back."""
    shop = simulate(seed=3, customers=30, months=24)
    shop.write(folder)
    load(store, [folder], currency="USD")
    hours = shop.truth.future_machine_hours
    tight = {name: max(0.8 * max(of), 10) for name, of in hours.items() if any(of)}
    snap = Snapshot(store, latest_day(store))
    found = analyse(snap, Settings(options={**_QUICKLY, "forecast": {"capacity": tight}}))
    write_back(store, found)
    return found


def town(store):
    """Companies of which one is exposed to what those that it is in contact with took up."""
    made = Town(store)
    made.pairs(40)
    made.follows += [("Exposed", "Leader 3", BEGUN), ("Exposed", "Leader 4", BEGUN)]
    return made.snapshot()


def late_market(store):
    """A market whose every customer pays late, and another one that pays in time."""
    rows = [
        Customer(f"{market} {n}", steady(100 * late + n), industry=market, late=late)
        for market, late in (("Late", 40), ("Prompt", 0))
        for n in range(8)
    ]
    return Shop(store).fill(rows).snapshot(dt.date(2026, 6, 30))


@pytest.fixture(scope="module")
def told(neo4j_server, tmp_path_factory):
    """Every finding, and a driver of the Neo4j that has the graphs of all."""
    server, folder = neo4j_server, tmp_path_factory.mktemp("evidence")
    auth = (server.user, server.password)
    with GraphDatabase.driver(server.uri, auth=auth, notifications_min_severity="OFF") as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        with (
            Neo4jStore(server.uri, user=server.user, password=server.password) as there,
            open_store(folder / "simulated.duckdb") as here,
            open_store(folder / "planted.duckdb") as planted,
        ):
            found = simulated(here, folder / "exports")
            push(here, there)
            files = dict(zip(*(here.read(File)[name] for name in ("id", "path")), strict=True))
            for plant, analysis in ((town, spread), (late_market, payments)):
                found += list(analysis(plant(planted)))
                plant(there)
        yield found, files, driver


def test_every_kind_of_finding_is_told_here(told):
    found, _, _ = told
    kinds = {kind for one in registry.analyses() for kind in one.kinds}

    assert {one.kind for one in found if one.level is not Level.CANNOT_TELL} == kinds
    assert {one.subject.type for one in found if one.kind == "quoting"} == {"Company", "Process"}
    late = [one for one in found if one.kind == "pays-late" and one.level is Level.ALERT]
    assert {one.subject.type for one in late} == {"Company", "Industry"}
    hangs = [one for one in found if one.kind == "concentration"]
    assert {one.subject.type for one in hangs} == {"Company", "Industry"}


def test_every_row_that_a_finding_rests_on_is_listed_by_its_query(told):
    found, files, driver = told
    missing = {}
    for one in found:
        rests_on = {row for evidence in one.evidence for row in evidence.sources}
        wanted = {
            (files.get(file, file), int(row))
            for file, _, row in (source.rpartition(":") for source in rests_on)
        }
        if not wanted:
            continue
        shown = driver.execute_query(one.cypher).records
        lacking = wanted - {(row["file"], row["row"]) for row in shown}
        if lacking:
            missing[one.kind, one.subject.name] = sorted(lacking)[:3]

    assert missing == {}


def test_every_query_of_a_finding_only_reads_and_begins_at_an_index(told):
    found, _, driver = told
    queries = {(one.kind, one.subject.type): one.cypher for one in found if one.cypher}
    plans = {
        name: driver.execute_query(f"EXPLAIN {text}").summary for name, text in queries.items()
    }

    assert {name for name, plan in plans.items() if plan.query_type != "r"} == set()
    assert {name: faults(one.plan) for name, one in plans.items() if faults(one.plan)} == {}


def test_whoever_has_rows_to_show_has_a_query(told):
    found, _, _ = told
    silent = {one.kind for one in found if any(each.sources for each in one.evidence)} - {
        one.kind for one in found if one.cypher
    }

    assert silent == set()
