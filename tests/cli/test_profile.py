"""`graphkit profile`, `similar` and `report customer`: by name, as rows, pages, and redacted."""

import json

import pytest

from graphkit.schema import Person
from graphkit.snapshot import Snapshot, latest_day
from graphkit.store import open_store


@pytest.fixture(scope="module")
def shop(small_shop):
    """A workspace with a small shop, and the customer in it with most contacts."""
    with open_store(small_shop / "graph.duckdb", read_only=True) as store:
        snap = Snapshot(store, latest_day(store))
        people = snap.frame(Person)
        buys = people[people["company"].isin(snap.customers.index).to_numpy(dtype=bool)]
        name = snap.names[buys["company"].mode()[0]]
    return small_shop, name, people


def test_a_profile_in_rows_has_a_source_or_an_unknown_for_each_sentence(graphkit, shop):
    folder, name, _ = shop

    done = graphkit("-w", folder, "profile", name, "--json")

    told = json.loads(done.out)
    assert told["schema"] == "graphkit.profile"
    assert {one["section"] for one in told["data"]} >= {"now", "who", "orders", "pays", "near"}
    for one in told["data"]:
        assert one["rows"] or one["finding"] or one["basis"] or one["unknown"], one


def test_a_misspelled_name_gets_the_nearest_one(graphkit, shop):
    folder, name, _ = shop

    for words in (["profile"], ["similar"], ["report", "customer"]):
        done = graphkit("-w", folder, *words, name[1:])
        assert done.code == 2
        assert f"Did you mean '{name}'" in done.err


def test_redacted_pages_name_nobody_but_the_customer(graphkit, shop, tmp_path):
    folder, name, people = shop
    plain = graphkit("-w", folder, "profile", name).out
    mine = [one for one in people["name"].dropna() if one in plain]
    assert mine

    masked = graphkit("-w", folder, "profile", name, "--redact").out
    made = tmp_path / "page.html"
    assert graphkit("-w", folder, "report", "customer", name, "--redact", "-o", made).code == 0

    page = made.read_text("utf-8")
    assert page.startswith("<!")
    for text in (masked, page):
        assert name in text
        assert "person 1" in text
        assert [one for one in people["name"].dropna() if one in text] == []
        assert [one for one in people["email"].dropna() if one in text] == []


def test_who_is_alike_is_told_with_what_they_share_and_as_rows(graphkit, shop):
    folder, name, _ = shop

    text = graphkit("-w", folder, "similar", name, "-k", "2").out
    rows = json.loads(graphkit("-w", folder, "similar", name, "-k", "2", "--json").out)["data"]

    assert rows
    assert len(rows) <= 2
    for one in rows:
        assert one["name"] in text
        assert one["shared"]
        assert all(shared["rows"] for shared in one["shared"])
    assert rows[0]["shared"][0]["name"] in text


def test_without_a_name_persona_lists_the_clusters_that_have_one(graphkit, shop):
    folder, _, _ = shop

    listed = json.loads(graphkit("-w", folder, "persona", "--json").out)["data"]
    clusters = json.loads(graphkit("-w", folder, "clusters", "--json").out)["data"]

    assert [one["cluster"] for one in listed] == [one["name"] for one in clusters]
    assert [one["members"] for one in listed] == [len(one["members"]) for one in clusters]
