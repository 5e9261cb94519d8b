"""`graphkit companies` from the command line, on a real store."""

import csv
import io
import json
import shutil

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


@pytest.fixture(scope="module")
def two_companies(tmp_path_factory):
    """A workspace with two companies in six accounts."""
    workspace, _ = Workspace.create(tmp_path_factory.mktemp("two") / "shop")
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
    return workspace.folder


@pytest.fixture
def graphkit(two_companies, tmp_path):
    """Run a graphkit command in a copy of it."""
    folder = shutil.copytree(two_companies, tmp_path / "shop")

    def run_command(*arguments, everything=False):
        words = ["-w", str(folder), "companies", *arguments]
        done = CliRunner().invoke(cli, words, catch_exceptions=False)
        return done.output if everything else done.stdout

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
    told = graphkit("list")
    assert "2 companies" in told
    assert not {"True", "False"} & {*told.split()}
    assert told.count("Tambridge Valve, Inc.") == 1
    assert [line.split()[-1] for line in told.splitlines() if "Oakhollow Pumps  " in line] == ["no"]
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


def test_review_says_what_to_do_next_with_the_first_pair(graphkit, tmp_path):
    alike = {
        "id": ["crm:21", "erp:22"],
        "system": ["crm", "erp"],
        "native_id": ["21", "22"],
        "name": ["Marlowe Castings", "Marlowe Casting Works"],
        "row": [1, 2],
    }
    source = Source.of(system="test", kind="accounts", path="more.csv", content=b"2")
    with Workspace.open(tmp_path / "shop").open_store() as store, store.next_run("load") as run:
        with store.transaction():
            store.write(Batch.of(Account, alike, source=source), run=run)
        resolve_all(store, run=run)

    told = graphkit("review", everything=True)

    assert "1 pairs to look at" in told
    assert 'companies why "crm:21" "erp:22"' in told


def test_industry_lists_what_is_missing_or_vague_with_what_speaks_for_it(graphkit):
    rows = json.loads(graphkit("industry", "--all", "--json"))["data"]

    assert [row["name"] for row in rows] == ["Oakhollow Pumps"]
    assert rows[0]["said"] == ["Unknown"]
    assert rows[0]["suggestion"] == "Fluid Power"
    assert rows[0]["evidence"] == ["its name has 'pumps'"]
    assert 0 < rows[0]["sure"] < 1


def test_industry_lists_customers_and_says_how_many_others_there_are(graphkit):
    assert json.loads(graphkit("industry", "--json"))["data"] == []
    told = graphkit("industry", everything=True)
    assert "0 of 1 customers have no industry, or a vague one" in told
    assert "do not buy from you (such as end customers): 1." in told
    assert "companies industry --all" in told


def test_industry_confirmed_is_shown_with_who_and_when_and_leaves_the_list(graphkit, monkeypatch):
    monkeypatch.setenv("LOGNAME", "kim")

    told = graphkit("industry", "OAKHOLLOW PUMPS LLC", "medical device")

    assert told.startswith("Oakhollow Pumps is in Medical Devices: kim decided so on 20")
    assert [row["industry"] for row in listed(graphkit)] == ["Medical Devices"] * 2
    assert json.loads(graphkit("industry", "--all", "--json"))["data"] == []
    (row,) = json.loads(graphkit("industry", "Oakhollow Pumps", "--json"))["data"]
    assert (row["decided_by"], row["said"]) == ("kim", ["Unknown"])
    assert row["decided_at"].startswith("20")


def test_industry_takes_the_likeliest_suggestion(graphkit):
    assert "is in Fluid Power" in graphkit("industry", "Oakhollow Pumps", "--suggested")


def test_industry_tells_of_one_company(graphkit):
    assert "It may be in Fluid Power (57% sure)" in graphkit("industry", "Oakhollow Pumps")
    assert graphkit("industry", "erp:C1").startswith("Tambridge Valve, Inc. is in Medical Devices.")


def test_industry_refuses_what_says_nothing(graphkit):
    with pytest.raises(UsageError, match="says too little"):
        graphkit("industry", "Oakhollow Pumps", "Other")
    with pytest.raises(UsageError, match="not both"):
        graphkit("industry", "Oakhollow Pumps", "Marine", "--suggested")
    with pytest.raises(UsageError, match="needs the name"):
        graphkit("industry", "--suggested")
    with pytest.raises(UnknownNameError):
        graphkit("industry", "Nobody at all", "Marine")
