"""`graphkit companies` from the command line, on a real store."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from graphkit.batch import Batch, Source
from graphkit.cli import cli
from graphkit.errors import UnknownNameError, UsageError
from graphkit.pipeline.derive import resolve_all
from graphkit.schema import Account, Invoice
from graphkit.workspace import Workspace

ACCOUNTS = {
    "id": ["erp:C1", "erp:C2", "books:tambridge", "crm:7", "crm:8", "notes:tb"],
    "system": ["erp", "erp", "books", "crm", "crm", "notes"],
    "native_id": ["C1", "C2", None, "7", "8", None],
    "name": [
        "TAMBRIDGE VALVE INC",
        "OAKHOLLOW PUMPS LLC",
        "Tambridge Val., Inc.",
        "Tambridge Valve, Inc.",
        "Oakhollow Pumps",
        "Oakholow Pumps",
    ],
    "domain": [None, None, None, "tambridgevalve.com", None, None],
    "industry": [None, None, None, "Medical Devices", "Unknown", None],
    "row": [1, 2, 3, 4, 5, 6],
}


@pytest.fixture
def graphkit(tmp_path):
    """Run a graphkit command in a workspace with two companies in six accounts."""
    workspace, _ = Workspace.create(tmp_path / "shop")
    source = Source.of(system="test", kind="accounts", path="accounts.csv", content=b"1")
    bill = {
        "id": ["books:1"],
        "number": ["1"],
        "account": ["books:tambridge"],
        "invoiced_on": ["2025-01-02"],
        "amount": [10_000],
        "row": [1],
    }
    with workspace.open_store() as store, store.next_run("load") as run:
        with store.transaction():
            store.write(Batch.of(Account, dict(ACCOUNTS), source=source), run=run)
            store.write(Batch.of(Invoice, bill, source=source), run=run)
        resolve_all(store, run=run)

    def run_command(*arguments):
        words = ["-w", str(workspace.folder), "companies", *arguments]
        return CliRunner().invoke(cli, words, catch_exceptions=False).stdout

    return run_command


def listed(graphkit, *options):
    return json.loads(graphkit("list", "--json", *options))["data"]


def test_list_gives_each_company_once_with_every_spelling(graphkit):
    rows = listed(graphkit)

    assert [row["name"] for row in rows] == ["Oakhollow Pumps", "Tambridge Valve, Inc."]
    assert rows[1]["aliases"] == [
        "TAMBRIDGE VALVE INC",
        "Tambridge Val., Inc.",
        "Tambridge Valve, Inc.",
    ]
    assert [row["industry"] for row in rows] == [None, "Medical Devices"]
    assert [row["is_customer"] for row in rows] == [False, True]


def test_list_of_customers_leaves_the_others_out(graphkit):
    assert [row["name"] for row in listed(graphkit, "--customers")] == ["Tambridge Valve, Inc."]


def test_list_prints_a_table_and_csv(graphkit):
    assert "2 companies" in graphkit("list")
    rows = list(csv.DictReader(io.StringIO(graphkit("list", "--csv"))))
    assert "TAMBRIDGE VALVE INC; Tambridge Val., Inc." in rows[1]["aliases"]


def test_why_tells_signals_and_thresholds(graphkit):
    told = graphkit("why", "erp:C1", "tambridgevalve.com")

    assert "are one company" in told
    assert "name: same name" in told
    assert "joined from 95%" in told


def test_why_as_json_gives_weights_that_add_up(graphkit):
    (row,) = json.loads(graphkit("why", "--json", "erp:C1", "books:tambridge"))["data"]

    assert row["together"] is True
    assert sum(one["weight"] for one in row["signals"]) == pytest.approx(row["log_odds"])


def test_never_takes_apart_and_merge_joins_again(graphkit):
    assert "never to be merged" in graphkit("never", "erp:C2", "notes:tb")
    assert len(listed(graphkit)) == 3

    assert "are merged" in graphkit("merge", "OAKHOLLOW PUMPS LLC", "Oakholow Pumps")
    assert len(listed(graphkit)) == 2

    assert "are split" in graphkit("split", "erp:C1", "crm:7")
    assert len(listed(graphkit)) == 3


def test_merge_joins_whole_companies_and_keeps_an_id(graphkit):
    before = {row["id"] for row in listed(graphkit)}

    graphkit("merge", "Oakhollow Pumps", "Tambridge Valve, Inc.")

    (row,) = listed(graphkit)
    assert row["id"] in before
    assert len(row["aliases"]) == 6


def test_an_unknown_name_gets_the_nearest(graphkit):
    with pytest.raises(UnknownNameError, match="Tambridge Valve"):
        graphkit("why", "Tambrige Valv", "erp:C1")


def test_one_account_has_no_why_with_itself(graphkit):
    with pytest.raises(UsageError, match="the same account"):
        graphkit("why", "erp:C1", "TAMBRIDGE VALVE INC")


def test_review_lists_pairs_with_their_signals(graphkit):
    assert json.loads(graphkit("review", "--json"))["schema"] == "graphkit.review"
