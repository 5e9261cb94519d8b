import datetime as dt

import pandas as pd
import pytest

from graphkit.batch import Batch, Source
from graphkit.pipeline.decide import record
from graphkit.pipeline.derive import RESOLVED, derive, resolve_all
from graphkit.schema import REDIRECT, Account, Company, Decision, Invoice, Is, Meta, Order
from graphkit.snapshot import Snapshot
from graphkit.store import open_store


def test_an_id_that_a_merge_retired_leads_to_the_company_that_took_over(tmp_path):
    accounts = {
        "id": ["erp:1", "crm:2"],
        "system": ["erp", "crm"],
        "name": ["Tamarack Gear", "Quarry Lane Holdings"],
    }
    with open_store(tmp_path / "graph.duckdb") as store, store.next_run("load") as run:
        store.write(Batch.of(Account, accounts), run=run)
        resolve_all(store, run=run)
        before = dict(zip(*store.read(Is)[["from_id", "to_id"]].to_numpy().T, strict=True))
        merge = {
            "id": ["erp:1|crm:2"],
            "kind": ["merge"],
            "first": ["erp:1"],
            "second": ["crm:2"],
            "who": ["a tester"],
            "at": [dt.datetime.fromisoformat("2025-01-01T08:00")],
        }
        store.write(Batch.of(Decision, merge), run=run)
        resolve_all(store, run=run)
        (kept,) = set(store.read(Is)["to_id"])
        (retired,) = set(before.values()) - {kept}
        assert Snapshot(store, dt.date(2025, 1, 1)).find_company(retired) == kept


ACCOUNTS = {
    "id": ["books:~1", "crm:2", "crm:7", "erp:1", "erp:9"],
    "system": ["books", "crm", "crm", "erp", "erp"],
    "native_id": [None, "2", "7", "1", "9"],
    "name": ["Tamarack Gear", "Quarry Lane", "TAMARACK GEAR LLC", "Tamarack Gear", "Quarry Lane"],
    "domain": [None, "quarrylane.com", None, None, None],
    "row": [1, 2, 3, 4, 5],
}
FACTS = (
    (Order, {"id": ["o1"], "number": ["1"], "account": ["erp:9"], "ordered_on": ["2025-01-03"]}),
    (
        Invoice,
        {
            "id": ["i1"],
            "number": ["1"],
            "account": ["books:~1"],
            "invoiced_on": ["2025-01-04"],
            "amount": [120_000],
        },
    ),
)


@pytest.fixture
def two_companies(tmp_path):
    """A store in which five accounts are two companies, loaded as a file would be."""
    with open_store(tmp_path / "graph.duckdb") as store:
        reload(store)
        yield store


def reload(store):
    source = Source.of(system="erp", kind="all", path="all.csv", content=b"1")
    with store.next_run("load") as run:
        store.write(Batch.of(Account, dict(ACCOUNTS), source=source), run=run)
        for entity, columns in FACTS:
            store.write(Batch.of(entity, columns | {"row": [1]}, source=source), run=run)
        resolve_all(store, run=run)


def decide(store, kind, first, second):
    with store.next_run(kind) as run:
        record(store, kind, first, second, who="kim", run=run)
        resolve_all(store, run=run)


def content(store):
    """Companies, who is in them, and the facts, without the runs that wrote them."""
    return [
        store.read(entity).drop(columns=["run"], errors="ignore")
        for entity in (Company, Is, Account, Order, Invoice)
    ]


@pytest.mark.parametrize("parting", [("split", "crm:2", "erp:1"), ("never", "erp:9", "crm:7")])
@pytest.mark.parametrize(("first", "second"), [("crm:2", "erp:1"), ("books:~1", "erp:9")])
def test_a_merge_and_a_split_leave_companies_ids_and_facts_as_they_were(
    two_companies, first, second, parting
):
    before = content(two_companies)
    assert len(before[0]) == 2

    decide(two_companies, "merge", first, second)
    assert two_companies.count(Company) == 1
    decide(two_companies, *parting)

    for was, now in zip(before, content(two_companies), strict=True):
        pd.testing.assert_frame_equal(was, now)
    for company in before[0]["id"]:
        assert Snapshot(two_companies, dt.date(2025, 3, 1)).find_company(company) == company


@pytest.mark.parametrize("kind", ["merge", "split", "never"])
def test_a_decision_holds_after_a_reload_and_a_rebuild(two_companies, kind):
    pair = ("crm:2", "erp:1") if kind == "merge" else ("crm:2", "erp:9")
    decide(two_companies, kind, *pair)
    decided = content(two_companies)[1]
    assert (decided.set_index("from_id")["to_id"][list(pair)].nunique() == 1) == (kind == "merge")

    reload(two_companies)
    with two_companies.next_run("rebuild") as run:
        derive(two_companies, run=run)

    pd.testing.assert_frame_equal(decided, content(two_companies)[1])


def test_found_anew_after_merges_and_splits_companies_and_redirects_are_the_same(two_companies):
    for kind, first, second in (
        ("merge", "crm:2", "erp:1"),
        ("split", "crm:2", "erp:1"),
        ("merge", "crm:2", "erp:1"),
    ):
        decide(two_companies, kind, first, second)
        before = [*content(two_companies), two_companies.read(Meta)]

        with two_companies.next_run("rebuild") as run:
            two_companies.remove(Meta, [RESOLVED])
            resolve_all(two_companies, run=run)

        for was, now in zip(
            before, [*content(two_companies), two_companies.read(Meta)], strict=True
        ):
            pd.testing.assert_frame_equal(was, now)
    assert before[-1]["id"].str.startswith(REDIRECT).sum() == 1


def test_a_split_takes_back_only_the_merges_that_tie_the_two(two_companies):
    third = {"id": ["erp:3"], "system": ["erp"], "native_id": ["3"], "name": ["Oakhollow Pumps"]}
    with two_companies.next_run("load") as run:
        two_companies.write(Batch.of(Account, third), run=run)
        resolve_all(two_companies, run=run)
    decide(two_companies, "merge", "erp:3", "crm:2")
    decide(two_companies, "merge", "erp:9", "erp:1")
    assert two_companies.count(Company) == 1

    decide(two_companies, "split", "crm:7", "erp:3")

    joined = two_companies.read(Is)
    groups = {frozenset(rows["from_id"]) for _, rows in joined.groupby("to_id")}
    assert groups == {
        frozenset({"erp:3", "crm:2", "erp:9"}),
        frozenset({"books:~1", "crm:7", "erp:1"}),
    }
