"""`graphkit neo4j push` and `graphkit query` from the command line, on the run's real server."""

import csv
import datetime as dt
import io
import json

import pytest
from click.testing import CliRunner

from graphkit.batch import Batch
from graphkit.cli import cli
from graphkit.errors import StoreUnreachableError, UsageError
from graphkit.schema import Account, Company, Is, Order, OrderLine
from graphkit.workspace import Workspace


def run(folder, *arguments):
    words = ["-w", str(folder), *arguments]
    return CliRunner().invoke(cli, words, catch_exceptions=False)


@pytest.fixture
def shop(empty_neo4j, tmp_path_factory):
    """The workspace whose server runs, with one customer in its own file."""
    del empty_neo4j
    folder = next(tmp_path_factory.getbasetemp().glob("server*"))
    workspace, _ = Workspace.create(folder)
    aliases = {"aliases": [["Badger & Söhne"]], "is_customer": [True]}
    order = {"id": ["o"], "number": ["o"], "account": ["x:1"], "ordered_on": [dt.date(2026, 3, 1)]}
    with workspace.open_store() as store:
        store.set_all(Batch.of(Account, {"id": ["x:1"], "system": ["x"]}), run=1)
        store.set_all(
            Batch.of(Company, {"id": ["c1"], "name": ["Badger & Söhne"], **aliases}), run=1
        )
        joined = {"from_id": ["x:1"], "to_id": ["c1"], "score": [1.0], "reason": ["only one"]}
        store.set_all(Batch.of(Is, joined), run=1)
        store.set_all(Batch.of(Order, order), run=1)
    return folder


@pytest.mark.neo4j
def test_what_was_pushed_can_be_asked_for_by_recipe_and_in_cypher(shop):
    pushed = json.loads(run(shop, "neo4j", "push", "--json").stdout)
    assert {row["type"]: row["added"] for row in pushed["data"]} == {
        "Company": 1,
        "Account": 1,
        "Is": 1,
        "Order": 1,
    }

    status = json.loads(run(shop, "neo4j", "status", "--json").stdout)["data"][0]
    began = dt.datetime.fromisoformat(status["last_push"])
    assert dt.timedelta() <= dt.datetime.now() - began < dt.timedelta(hours=1)  # noqa: DTZ005

    answer = json.loads(run(shop, "query", "run", "customers", "--json").stdout)
    assert answer["schema"] == "graphkit.query.customers"
    assert [(row["customer"], row["orders"]) for row in answer["data"]] == [("Badger & Söhne", 1)]
    assert answer["data"][0]["last_order"] == "2026-03-01"

    done = run(shop, "query", "run", "customers", "--param", "months=1", "--csv")
    assert [row["customer"] for row in csv.DictReader(io.StringIO(done.stdout))] == [
        "Badger & Söhne"
    ]
    table = run(shop, "query", "run", "customers").stdout
    assert table.startswith("Who are our customers")
    assert "Badger & Söhne" in table

    text = "MATCH (c:Customer {name: $name}) RETURN c.id AS id, c.name AS name"
    done = run(shop, "query", "cypher", text, "--param", "name=Badger & Söhne", "--csv")
    assert list(csv.DictReader(io.StringIO(done.stdout))) == [
        {"id": "c1", "name": "Badger & Söhne"}
    ]


@pytest.mark.neo4j
def test_a_table_names_nodes_and_chains_and_json_has_all_that_they_hold(shop):
    run(shop, "neo4j", "push")
    text = "MATCH p = (c:Customer)-[:PLACED]->(:Order) RETURN c, p"

    (row,) = csv.DictReader(io.StringIO(run(shop, "query", "cypher", text, "--csv").stdout))
    (whole,) = json.loads(run(shop, "query", "cypher", text, "--json").stdout)["data"]

    assert row == {"c": "Badger & Söhne", "p": "Badger & Söhne - PLACED - o"}
    assert whole["c"]["labels"] == ["Company", "Customer"]
    assert [one.get("id") for one in whole["p"]] == ["c1", None, "o"]


@pytest.mark.neo4j
def test_a_query_that_would_change_the_graph_is_refused(shop):
    with pytest.raises(UsageError, match="only reads"):
        run(shop, "query", "cypher", "MATCH (n) DETACH DELETE n")


@pytest.mark.neo4j
def test_what_no_export_has_is_said_instead_of_an_empty_table(shop):
    line = {"id": ["o/1"], "order": ["o"], "line": ["1"], "quantity": [2.0], "account": ["x:1"]}
    with Workspace.open(shop).open_store() as store:
        store.set_all(Batch.of(OrderLine, {**line, "ordered_on": [dt.date(2026, 3, 1)]}), run=1)
    run(shop, "neo4j", "push")

    said = {
        recipe: json.loads(run(shop, "query", "run", recipe, "--json").stdout)
        for recipe in ("tighter-tolerances", "finish-leanings", "lost-quotes", "smaller-lots")
    }
    with Workspace.open(shop).open_store() as store:
        store.remove(OrderLine, ["o/1"])

    assert all(one["data"] == [] and len(one["warnings"]) == 1 for one in said.values())
    tolerance, finish, quotes, lots = (one["warnings"][0] for one in said.values())
    assert tolerance.startswith("your export has no tolerance: a column Tolerance")
    assert finish.startswith("your export has no finish: ")
    assert quotes == "missing: quotes from the ERP"
    assert " query show smaller-lots" in lots


def test_recipes_are_listed_with_their_questions_without_any_server(tmp_path):
    listed = json.loads(run(tmp_path, "query", "list", "--json").stdout)["data"]

    assert len(listed) >= 12
    assert {"who-pays-late", "slowing-industries"} <= {row["recipe"] for row in listed}


def test_a_shown_recipe_is_one_plain_statement(tmp_path):
    text = run(tmp_path, "query", "show", "who-pays-late").stdout

    assert text.startswith("// question: Who pays late")
    assert "3 /*grace*/" in text


def test_without_a_server_the_answer_is_how_to_get_one(tmp_path):
    with pytest.raises(StoreUnreachableError, match=r"neo4j up, then graphkit .*neo4j push"):
        run(tmp_path, "query", "run", "customers")


def test_a_parameter_without_a_value_is_refused(tmp_path):
    with pytest.raises(UsageError, match="NAME=VALUE"):
        run(tmp_path, "query", "run", "customers", "--param", "months")
