"""graphkit map draws what was asked for, refuses what excludes each other, and keeps places."""

import dataclasses
import datetime as dt
import json

import pytest

from graphkit import plugins
from graphkit.schema import Order, Person, Supplies
from graphkit.store import open_store
from graphkit.workspace import Workspace
from tests.graph_rows import put, put_companies

PLACES = "map-places.json"


CUSTOMER = "Aurora Falls Bearings"


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A workspace of four customers, so small that analyses take no time."""
    folder = tmp_path_factory.mktemp("map") / "work"
    Workspace.create(folder)
    names = [CUSTOMER, "Bolt Pumps", "Cedar Gears", "Dart Valves"]
    days = [dt.date(2025, 1, 10), dt.date(2025, 11, 10), dt.date(2026, 4, 10), dt.date(2026, 6, 30)]
    with open_store(folder / "graph.duckdb") as store:
        put_companies(store, names)
        accounts = [f"erp:{name}" for name in names]
        put(store, Order, id=["1", "2", "3", "4"], account=accounts, ordered_on=days)
        put(store, Person, id=["ivan"], name=["Ivan Ber"], account=accounts[:1])
        put(
            store,
            Supplies,
            from_id=accounts[:1],
            to_id=accounts[1:2],
            polarity=["asserted"],
            on=days[:1],
        )
    return folder


@pytest.fixture
def draw(graphkit, work, tmp_path):
    """Draws a map and gives what was said and the page."""

    def run(*words):
        page = tmp_path / "map.html"
        done = graphkit("-w", work, "map", "--engine", "pyvis", "-o", page, *words)
        return done, page.read_text("utf-8") if page.exists() else ""

    return run


def test_nodes_stand_where_the_last_map_had_them(draw, work):
    done, page = draw()
    first = json.loads((work / PLACES).read_text("utf-8"))
    draw()

    assert done.code == 0
    assert page.startswith("<!DOCTYPE html>")
    assert json.loads((work / PLACES).read_text("utf-8")) == first


def test_nobody_stands_in_the_file_of_places(draw, work):
    draw()

    assert not [one for one in json.loads((work / PLACES).read_text("utf-8")) if "Person" in one]


def test_damaged_places_are_told_of_and_laid_out_anew_when_asked(draw, work):
    (work / PLACES).write_text('{"Company 1": [1', "utf-8")

    done, _ = draw()

    assert done.code == 1
    assert PLACES in done.err
    assert "--anew" in done.err
    assert draw("--anew")[0].code == 0
    assert draw()[0].code == 0


def test_a_part_of_the_network_leaves_places_alone(draw, work):
    draw()
    before = (work / PLACES).read_bytes()

    done, page = draw("--focus", CUSTOMER, "--hops", "1")

    assert done.code == 0
    assert f"Around {CUSTOMER}" in page
    assert (work / PLACES).read_bytes() == before


def test_a_look_at_another_day_moves_nobody_on_the_next_map(draw, work):
    draw()
    before = (work / PLACES).read_bytes()

    done, _ = draw("--as-of", "2025-12-31")

    assert done.code == 0
    assert (work / PLACES).read_bytes() == before


def test_a_difference_says_how_much_changed(draw):
    done, page = draw("--diff", "2026-01-31", "2026-06-30")

    assert done.code == 0, done.err
    assert "From 2026-01-31 to 2026-06-30:" in done.err
    assert "What changed from 2026-01-31 to 2026-06-30" in page
    since, _ = draw("--since", "2026-01-31", "--as-of", "2026-06-30")
    assert "From 2026-01-31 to 2026-06-30:" in since.err


def test_what_calls_for_concern_can_be_drawn_alone(draw):
    done, _ = draw("--findings")

    assert done.code == 0
    assert "for concern" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--focus", "a", "--cluster", "b"), "--focus or --cluster, not both"),
        (("--findings", "--since", "2025-01-01"), "--findings or --since, not both"),
        (("--path", "a", "b", "--diff", "2025-01-01", "2025-02-01"), "--path or --diff, not both"),
        (("--hops", "1"), "needs"),
        (("-k", "2", "--findings"), "needs"),
        (("--diff", "2025-01-01", "2025-02-01", "--as-of", "2025-03-01"), "--as-of"),
        (("--diff", "2026-03-31", "2026-01-31"), "no day before"),
        (("--diff", "march", "2026-01-31"), "a day looks like"),
        (("--since", "1990-01-01"), "Nothing had happened yet"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(draw, words, said):
    done, page = draw(*words)

    assert done.code == 2
    assert said in done.err
    assert page == ""


def test_a_name_that_is_not_known_is_answered_with_the_nearest(draw):
    typo = CUSTOMER[:-1] + "zz"

    for words in (("--focus", typo), ("--path", typo, CUSTOMER), ("--path", CUSTOMER, typo)):
        done, _ = draw(*words)
        assert done.code == 2
        assert "Did you mean" in done.err
        assert CUSTOMER in done.err


def test_a_cluster_that_is_not_known_is_refused(draw):
    done, _ = draw("--cluster", "no such cluster")

    assert done.code == 2
    assert "No cluster 'no such cluster'" in done.err


def test_an_engine_that_cannot_draw_says_what_is_missing_and_which_one_can(
    graphkit, work, monkeypatch
):
    pyvis = plugins.PICTURES["pyvis"]
    why = "its page was not built: install again where npm answers, or --engine pyvis"
    absent = dataclasses.replace(pyvis, name="absent", unavailable=lambda: why)
    monkeypatch.setitem(plugins.PICTURES, "absent", absent)

    done = graphkit("-w", work, "map", "--engine", "absent")

    assert done.code == 2
    assert "its page was not built" in done.err
    assert "--engine pyvis" in done.err


def test_an_engine_that_does_not_exist_is_refused(graphkit, work):
    done = graphkit("-w", work, "map", "--engine", "pyvi")

    assert done.code == 2
    assert "Did you mean 'pyvis'" in done.err
