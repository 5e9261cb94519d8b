"""Spread of interest on the command line."""

import json

import pytest

from graphkit.workspace import Workspace
from tests.analyses.town import BEGUN, Town


@pytest.fixture
def town(tmp_path):
    workspace, _ = Workspace.create(tmp_path)
    with workspace.open_store() as store:
        yield Town(store)


def run(graphkit, town, folder, *words):
    """What the command prints of a town."""
    town.snapshot()
    town.store.close()
    return graphkit("-w", folder, "spread", *words)


def test_it_names_the_exposed_and_says_what_exposure_is_worth(graphkit, town, tmp_path):
    town.pairs(40)
    town.follows += [("Exposed", "Leader 3", BEGUN), ("Exposed", "Leader 4", BEGUN)]
    done = run(graphkit, town, tmp_path)

    assert done.code == 0
    assert "Spread was observed: 40 of 40 first signs" in done.out
    assert "and a coin picks it in 50%" in " ".join(done.out.split())
    assert "1. Exposed: hard turning, as Leader" in done.out
    assert max(map(len, done.out.splitlines())) <= 100
    assert "does not show that it came from it" in done.err


def test_json_has_a_row_a_topic_and_one_of_all_and_the_findings(graphkit, town, tmp_path):
    town.pairs(40)
    town.follows.append(("Exposed", "Leader 3", BEGUN))
    told = json.loads(run(graphkit, town, tmp_path, "--json").out)

    assert [one["topic"] for one in told["data"]] == ["hard turning", "all topics"]
    assert told["data"][1]["low"] < told["data"][1]["auc"] < told["data"][1]["high"]
    assert [one["subject"]["name"] for one in told["findings"]] == ["Exposed"]


def test_where_days_are_shuffled_it_says_that_spread_was_not_observed(graphkit, town, tmp_path):
    town.pairs(40)
    town.shuffled()
    done = run(graphkit, town, tmp_path)

    assert "Spread was not observed" in done.out
    assert "nobody is named" in done.out


def test_of_too_few_it_says_what_would_be_enough(graphkit, town, tmp_path):
    town.pairs(5)

    assert "cannot be told from 5 first signs" in run(graphkit, town, tmp_path).out


def test_where_nobody_is_in_contact_it_says_so(graphkit, town, tmp_path):
    town.pairs(5)
    town.follows.clear()

    assert "no company is in contact with another" in run(graphkit, town, tmp_path).out
