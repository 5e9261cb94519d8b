import csv
import datetime as dt

import pytest

from graphkit.batch import Batch
from graphkit.pipeline.derive import resolve_all
from graphkit.pipeline.export import export_csv
from graphkit.schema import Account, Attended, Order, Person, TradeShow
from graphkit.store import open_store

DAY = dt.date(2025, 9, 10)


@pytest.fixture
def exported(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store, store.next_run("load") as run:
        accounts = {"id": ["erp:1"], "system": ["erp"], "name": ["=Tamarack Gear"]}
        orders = {"id": ["erp:9"], "number": ["9"], "account": ["erp:1"], "ordered_on": [DAY]}
        people = {"id": ["a@b.c"], "name": ["Una Kerrigan"], "account": ["erp:1"]}
        shows = {"id": ["IMTS 2024"], "series": ["IMTS"], "year": [2024]}
        absent = {
            "from_id": ["erp:1"],
            "from_type": ["Account"],
            "to_id": ["IMTS 2024"],
            "on": [DAY],
            "polarity": ["negated"],
            "text_id": ["n1"],
            "confidence": [0.9],
        }
        for entity, columns in (
            (Account, accounts),
            (Order, orders),
            (Person, people),
            (TradeShow, shows),
            (Attended, absent),
        ):
            store.write(Batch.of(entity, columns), run=run)
        resolve_all(store, run=run)
        return {
            path.stem: list(csv.DictReader(path.read_text("utf-8").splitlines()))
            for path, _ in export_csv(store, tmp_path / "out")
        }


def test_a_node_begins_with_its_id_and_name(exported):
    assert list(exported["Person"][0])[:2] == ["id", "name"]
    assert list(exported["Order"][0])[:2] == ["id", "name"]


def test_a_relationship_kept_as_a_column_has_a_file_of_its_own(exported):
    (placed,) = exported["PLACED"]
    (company,) = exported["Company"]
    assert (placed["from_id"], placed["to_id"]) == (company["id"], "erp:9")
    assert placed["on"] == "2025-09-10"
    (works,) = exported["WORKS_AT"]
    assert (works["from_name"], works["to_id"]) == ("Una Kerrigan", company["id"])


def test_what_was_denied_stays_denied(exported):
    (absent,) = exported["ATTENDED"]
    assert absent["polarity"] == "negated"
    assert absent["from_type"] == "Company"
    assert absent["to_name"] == "IMTS 2024"


def test_nothing_in_it_runs_as_a_formula(exported):
    assert exported["Account"][0]["name"] == "'=Tamarack Gear"
    assert exported["PLACED"][0]["from_name"].startswith("'=")
