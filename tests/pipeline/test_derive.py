import datetime as dt

from graphkit.batch import Batch
from graphkit.pipeline.derive import resolve_all
from graphkit.schema import Account, Decision, Is
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
