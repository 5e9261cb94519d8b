"""`graphkit findings`: what is new since a day, on a shop of known truth."""

import datetime as dt
import json
import shutil

import pytest

from graphkit.schema import FindingNode
from graphkit.workspace import Workspace
from tests.shop import END, Customer, Shop, falling, steady

FALLING = "Badger & Sons"
QUICK = """
[analysis.slowdown]
permutations = 499
[analysis.leanings]
permutations = 99
"""


def filled(folder, *customers):
    """A workspace of nine customers with whom nothing happens, and of some others."""
    Workspace.create(folder)
    with (folder / "graphkit.toml").open("a") as settings:
        settings.write(QUICK)
    others = [Customer(f"Steady {at}", steady(seed=at)) for at in range(9)]
    with Workspace.open(folder).open_store(read_only=False) as store:
        Shop(store).fill([*others, *customers])
    return folder


@pytest.fixture(scope="module")
def fallen(tmp_path_factory):
    """A workspace in which one of ten customers ordered less in the last months."""
    folder = tmp_path_factory.mktemp("fallen") / "work"
    return filled(folder, Customer(FALLING, falling(seed=1, rate=5, to=0.1)))


@pytest.fixture
def workspace(fallen, tmp_path):
    """A copy of it, to be changed at will."""
    return shutil.copytree(fallen, tmp_path / "work")


def about_falling(done):
    """Rows of the falling customer's slowdown; a watch of another may be there by chance."""
    assert done.code == 0, done.err
    rows = json.loads(done.out)["data"]
    return [
        one
        for one in rows
        if (one["kind"], one["subject"]["name"]) == ("slowing-customer", FALLING)
    ]


def test_a_slowdown_is_new_since_before_it_began(graphkit, workspace):
    since = END - dt.timedelta(days=181)
    [one] = about_falling(graphkit("-w", workspace, "findings", "--since", since, "--json"))

    assert (one["change"], one["level_before"]) == ("new", None)
    told = graphkit("-w", workspace, "findings", "--since", since).out
    assert f", since {since}\n" in told
    assert f"\nNew\n---\n!!  {FALLING} " in told


def test_a_month_later_it_is_as_it_was(graphkit, workspace):
    since = END - dt.timedelta(days=30)
    ask = ("-w", workspace, "findings", "--kind", "slowing-customer", "--since", since, "--json")

    assert about_falling(graphkit(*ask)) == []
    [one] = about_falling(graphkit(*ask, "--all"))
    assert (one["change"], one["level_before"]) == ("unchanged", "alert")


def test_a_day_that_is_not_earlier_is_refused(graphkit, workspace):
    done = graphkit("-w", workspace, "findings", "--since", END)

    assert done.code == 2
    assert "no day before" in done.err


def test_what_is_dismissed_is_left_out_and_counted_until_it_is_taken_back(graphkit, workspace):
    here = ("-w", workspace)
    [one] = about_falling(graphkit(*here, "findings", "--json"))
    done = graphkit(*here, "dismiss", one["id"][:6], "--why", "planned stop")
    assert done.code == 0, done.err
    assert about_falling(graphkit(*here, "slowdown", "--json")) == []
    [still] = about_falling(graphkit(*here, "slowdown", "--json", "--all"))
    assert still["dismissed"]
    assert "--all shows 1 dismissed." in graphkit(*here, "slowdown").out
    [listed] = json.loads(graphkit(*here, "dismiss", "--list", "--json").out)["data"]
    assert (listed["finding"], listed["why"]) == (f"slowing-customer: {FALLING}", "planned stop")
    graphkit(*here, "dismiss", one["id"][:6], "--undo")
    assert len(about_falling(graphkit(*here, "slowdown", "--json"))) == 1


def test_by_group_names_the_plants_and_leaves_the_graph_as_it_was(graphkit, tmp_path):
    folder = filled(
        tmp_path / "grouped",
        Customer(FALLING, falling(seed=1, rate=5, to=0.1)),
        Customer("Plant", falling(seed=2, rate=5, to=0.1), parent=FALLING),
    )

    done = graphkit("-w", folder, "findings", "--by", "group", "--json")

    assert done.code == 0, done.err
    told = json.loads(done.out)
    group = f"{FALLING} (group of 2)"
    slowing = {row["subject"]["name"] for row in told["data"] if row["kind"] == "slowing-customer"}
    assert group in slowing
    assert not slowing & {FALLING, "Plant"}
    assert f"{group}: {FALLING} and Plant." in told["warnings"]
    with Workspace.open(folder).open_store() as store:
        assert store.count(FindingNode) == 0
