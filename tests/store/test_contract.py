"""What every store promises, tried on each of them."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.batch import Batch, Source
from graphkit.schema import (
    TYPES,
    Account,
    Cluster,
    Company,
    Employee,
    Entity,
    Follows,
    HasTopic,
    Invoice,
    Kind,
    Liked,
    Node,
    Opened,
    OrderLine,
    Person,
    Property,
    Quote,
    Rejected,
    Run,
    Topic,
    frame_of,
)
from graphkit.store import open_store
from graphkit.store.base import Changes, GraphStore, Scope

FEBRUARY, MARCH = dt.date(2026, 2, 10), dt.date(2026, 3, 10)
HOSTILE = [
    '\'); DROP TABLE "Employee"; --',
    "}) DETACH DELETE n //",
    '"',
    "\\",
    "$run",
    "{0}",
    "%s",
]


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    """An empty store of each kind."""
    if request.param == "embedded":
        opened = open_store(tmp_path / "graph.duckdb")
    else:
        from graphkit.store.neo4j import Neo4jStore  # noqa: PLC0415 - its library may be missing

        server = request.getfixturevalue("empty_neo4j")
        opened = Neo4jStore(server.uri, user=server.user, password=server.password)
    with opened:
        yield opened


def source_of(content: str, *, kind: str = "invoices") -> Source:
    return Source.of(system="books", kind=kind, path=f"{content}.csv", content=content.encode())


def invoices(source: Source, days: dict[str, dt.date], *, amount: int = 10_000) -> Batch:
    """Invoices by number, each on its day."""
    columns = {
        "id": [f"books:{number}" for number in days],
        "number": list(days),
        "invoiced_on": list(days.values()),
        "amount": [amount] * len(days),
        "row": list(range(2, len(days) + 2)),
    }
    return Batch.of(Invoice, columns, source=source)


def employees(**names: str) -> Batch:
    return Batch.of(Employee, {"id": [*names], "name": list(names.values())})


def ids(store: GraphStore, entity: type[Entity]) -> list[str]:
    return list(store.read(entity, ["id"])["id"])


# --- values come back as they went in ---


def strategy(item: Property) -> st.SearchStrategy[object]:
    """Any value of a property, or none where it may be empty."""
    whole = st.integers(-(2**63), 2**63 - 1)
    kinds: dict[Kind, st.SearchStrategy[object]] = {
        Kind.TEXT: st.text(max_size=20),
        Kind.INTEGER: whole,
        Kind.NUMBER: st.floats(allow_nan=False, allow_infinity=False),
        Kind.FLAG: st.booleans(),
        Kind.DATE: st.dates(),
        Kind.TIME: st.datetimes(),
        Kind.MONEY: whole,
        Kind.TEXTS: st.lists(st.text(max_size=5), max_size=3),
    }
    found = kinds[item.kind]
    return st.none() | found if item.nullable else found


@st.composite
def batches(draw: st.DrawFn, entities: Sequence[type[Entity]]) -> Batch:
    """A batch of any node type, with up to five rows of any values."""
    entity = draw(st.sampled_from(entities))
    keys = sorted(draw(st.sets(st.text(min_size=1, max_size=8), max_size=5)))
    columns: dict[str, object] = {"id": keys}
    for name, item in entity.properties.items():
        if name not in {"id", "hash", "run"} or not entity.sourced:
            columns.setdefault(name, [draw(strategy(item)) for _ in keys])
    return Batch.of(entity, frame_of(entity, columns))


NODES = [entity for entity in TYPES.values() if issubclass(entity, Node)]


def test_the_node_types_have_properties_of_every_kind() -> None:
    assert {item.kind for entity in NODES for item in entity.properties.values()} == set(Kind)


@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batch=batches([entity for entity in NODES if entity.__name__ != "Meta"]))
def test_rows_of_any_values_come_back_equal_and_a_second_time_nothing_changes(
    store: GraphStore, batch: Batch
) -> None:
    store.set_all(Batch.of(batch.entity, {}), run=6)
    store.set_all(batch, run=7)
    again = store.set_all(batch, run=8)

    expected = batch.frame.sort_values("id", ignore_index=True)
    if "run" in expected:
        expected["run"] = pd.Series([7] * len(expected), dtype=Kind.INTEGER.dtype)
    pd.testing.assert_frame_equal(store.read(batch.entity), expected)
    assert again == Changes(unchanged=len(batch))


def test_the_largest_and_smallest_numbers_keep_every_digit(store: GraphStore) -> None:
    numbers = [2**63 - 1, -(2**63), 2**53 + 1, None]
    keys = ["a", "b", "c", "d"]
    columns: dict[str, object] = {
        "id": keys,
        "number": keys,
        "invoiced_on": [MARCH] * 4,
        "amount": [0] * 4,
    }

    store.write(Batch.of(Invoice, {**columns, "open_amount": numbers}), run=1)

    found = store.read(Invoice, ["open_amount"])["open_amount"]
    assert found[:3].to_list() == numbers[:3]
    assert found.isna().to_list() == [False, False, False, True]


def test_empty_values_stay_empty_and_empty_texts_stay_texts(store: GraphStore) -> None:
    batch = Batch.of(
        Company,
        {
            "id": ["a", "b"],
            "name": ["", "Żółć 機械 🔩"],
            "is_customer": [True, False],
            "aliases": [[], ["", "Ω"]],
            "city": [None, ""],
        },
    )

    store.set_all(batch, run=1)

    pd.testing.assert_frame_equal(store.read(Company), batch.frame)


def test_a_type_without_rows_is_a_frame_with_every_column(store: GraphStore) -> None:
    pd.testing.assert_frame_equal(store.read(Invoice), frame_of(Invoice))


def test_hostile_values_are_only_values(store: GraphStore) -> None:
    store.write(employees(keep="Kim"), run=1)
    columns: dict[str, object] = {"id": HOSTILE, "name": HOSTILE}
    batch = Batch.of(Employee, columns)

    store.write(batch, run=1)

    assert sorted([*HOSTILE, "keep"]) == ids(store, Employee)
    found = store.read(Employee, where=("name", HOSTILE))
    assert sorted(found["name"]) == sorted(HOSTILE)
    assert store.remove(Employee, HOSTILE) == len(HOSTILE)
    assert ids(store, Employee) == ["keep"]


def test_relationships_come_back_with_their_ends(store: GraphStore) -> None:
    accounts = Batch.of(Account, {"id": ["x:1", "x:2"], "system": ["x", "x"]})
    follows = Batch.of(
        Follows, {"from_id": ["x:1", "x:2"], "to_id": ["x:2", "x:1"], "on": [MARCH, FEBRUARY]}
    )
    store.write(accounts, run=1)

    assert store.write(follows, run=1) == Changes(added=2)
    assert store.write(follows, run=2) == Changes(unchanged=2)

    expected = follows.frame.sort_values("id", ignore_index=True)
    expected["run"] = pd.Series([1, 1], dtype=Kind.INTEGER.dtype)
    pd.testing.assert_frame_equal(store.read(Follows), expected)


def test_ends_of_several_types_are_kept_apart(store: GraphStore) -> None:
    store.write(Batch.of(Topic, {"id": ["t"], "name": ["Titanium"]}), run=1)
    texts: dict[str, object] = {
        "from_id": ["same", "other"],
        "from_type": ["Campaign", "Page"],
        "to_id": ["t", "t"],
        "component": ["words 1", "words 1"],
    }
    campaign = {"id": ["same"], "subject": ["Titanium"], "sent_at": [dt.datetime(2026, 3, 1, 9)]}  # noqa: DTZ001 - wall time
    store.write(Batch.of(TYPES["Campaign"], campaign), run=1)
    store.write(Batch.of(TYPES["Page"], {"id": ["other"]}), run=1)

    store.write(Batch.of(HasTopic, texts), run=1)

    found = store.read(HasTopic).set_index("from_id")
    assert found["from_type"].to_dict() == {"same": "Campaign", "other": "Page"}


# --- writing by id and hash ---


def test_loading_the_same_rows_twice_changes_nothing(store: GraphStore) -> None:
    batch = invoices(source_of("march"), {"1": MARCH, "2": MARCH})

    assert store.write(batch, run=1) == Changes(added=2)
    before = store.read(Invoice)

    assert store.write(batch, run=2) == Changes(unchanged=2)
    pd.testing.assert_frame_equal(store.read(Invoice), before)
    assert list(before["run"]) == [1, 1]


def test_a_changed_row_carries_the_run_that_changed_it_and_the_others_theirs(
    store: GraphStore,
) -> None:
    store.write(invoices(source_of("a"), {"1": MARCH, "2": MARCH}), run=1)

    changes = store.write(invoices(source_of("b"), {"1": FEBRUARY, "2": MARCH, "3": MARCH}), run=2)

    assert changes == Changes(added=1, changed=1, unchanged=1)
    found = store.read(Invoice).set_index("number")
    assert found["run"].to_dict() == {"1": 2, "2": 1, "3": 2}
    assert found["invoiced_on"]["1"] == FEBRUARY
    assert found["file_id"]["2"] == source_of("a").file_id


def test_an_empty_value_erases_what_was_there(store: GraphStore) -> None:
    columns = {"id": ["q"], "number": ["1"], "quoted_on": [MARCH], "amount": [5]}
    store.write(Batch.of(Quote, {**columns, "reason": ["Price"]}), run=1)

    assert store.write(Batch.of(Quote, columns), run=2) == Changes(changed=1)

    assert store.read(Quote)["reason"].isna().all()


def test_in_types_that_fill_an_empty_value_leaves_what_another_source_wrote(
    store: GraphStore,
) -> None:
    card = Batch.of(Account, {"id": ["x:1"], "system": ["x"], "name": ["Ace"], "city": ["Erie"]})
    mail = Batch.of(Account, {"id": ["x:1"], "system": ["x"], "email": ["a@ace.example"]})
    store.write(card, run=1)

    assert store.write(mail, run=2) == Changes(changed=1)

    [row] = store.read(Account).to_dict("records")
    assert (row["name"], row["city"], row["email"]) == ("Ace", "Erie", "a@ace.example")
    assert row["run"] == 2


def test_two_files_that_fill_the_same_row_change_nothing_when_loaded_again(
    store: GraphStore,
) -> None:
    card = Batch.of(Person, {"id": ["x:1"], "name": ["Jo"], "opted_out": [False]})
    mail = Batch.of(Person, {"id": ["x:1"], "email": ["jo@ace.example"]})
    for batch in (card, mail):
        store.write(batch, run=1)

    assert [store.write(batch, run=2) for batch in (card, mail)] == [Changes(unchanged=1)] * 2


def test_types_without_a_hash_are_compared_by_value_and_not_by_run(store: GraphStore) -> None:
    columns = {"id": ["c"], "name": ["Medical"], "size": [4], "stability": [0.9], "run": [0]}
    cluster = Batch.of(Cluster, columns)

    assert store.write(cluster, run=3) == Changes(added=1)
    assert store.write(cluster, run=4) == Changes(unchanged=1)
    assert list(store.read(Cluster)["run"]) == [3]

    grown = Batch.of(Cluster, {**columns, "size": [5]})
    assert store.write(grown, run=5) == Changes(changed=1)
    assert list(store.read(Cluster)["run"]) == [5]


def test_an_empty_batch_writes_nothing(store: GraphStore) -> None:
    store.write(employees(kim="Kim"), run=1)

    assert store.write(Batch.of(Employee, {}), run=2) == Changes()
    assert ids(store, Employee) == ["kim"]


# --- what left the source ---


def test_an_export_of_march_never_deletes_february(store: GraphStore) -> None:
    old, new = source_of("old"), source_of("new")
    store.write(invoices(old, {"1": FEBRUARY, "2": MARCH, "3": MARCH}), run=1)
    march = Scope((old.file_id, new.file_id), dt.date(2026, 3, 1), dt.date(2026, 3, 31))

    changes = store.replace(invoices(new, {"3": MARCH, "4": MARCH}), march, run=2)

    assert changes == Changes(added=1, unchanged=1, removed=1)
    assert ids(store, Invoice) == ["books:1", "books:3", "books:4"]


def test_the_first_and_last_day_are_within_scope(store: GraphStore) -> None:
    old = source_of("old")
    days = {str(day): dt.date(2026, 3, day) for day in (9, 10, 20, 21)}
    store.write(invoices(old, days), run=1)

    scope = Scope((old.file_id,), dt.date(2026, 3, 10), dt.date(2026, 3, 20))

    assert store.replace(invoices(old, {}), scope, run=2) == Changes(removed=2)
    assert ids(store, Invoice) == ["books:21", "books:9"]


def test_an_export_without_bounds_speaks_for_every_day(store: GraphStore) -> None:
    old, new = source_of("old"), source_of("new")
    store.write(invoices(old, {"1": FEBRUARY, "2": MARCH}), run=1)

    changes = store.replace(invoices(new, {"2": MARCH}), Scope((old.file_id, new.file_id)), run=2)

    assert changes == Changes(unchanged=1, removed=1)


def test_rows_of_other_files_stay(store: GraphStore) -> None:
    ours, others = source_of("ours"), source_of("others")
    store.write(invoices(others, {"1": MARCH}), run=1)

    store.replace(invoices(ours, {"2": MARCH}), Scope((ours.file_id,)), run=2)

    assert ids(store, Invoice) == ["books:1", "books:2"]


def test_what_happened_in_the_evening_of_the_last_day_is_within_scope(store: GraphStore) -> None:
    source = source_of("mail", kind="activity")
    store.write(Batch.of(Person, {"id": ["p"]}), run=1)
    late = dt.datetime(2026, 3, 31, 23, 59)  # noqa: DTZ001 - wall time
    campaign = {"id": ["c"], "subject": ["Hello"], "sent_at": [late]}
    store.write(Batch.of(TYPES["Campaign"], campaign), run=1)
    opened = Batch.of(Opened, {"from_id": ["p"], "to_id": ["c"], "at": [late]}, source=source)
    store.write(opened, run=1)
    march = Scope((source.file_id,), dt.date(2026, 3, 1), dt.date(2026, 3, 31))

    assert store.replace(Batch.of(Opened, {"from_id": [], "to_id": []}), march, run=2) == Changes(
        removed=1
    )


def test_days_do_not_matter_to_what_has_none(store: GraphStore) -> None:
    row = {"id": ["r"], "file_id": ["f"], "row": [3], "column": ["Due"], "value": ["?"]}
    rejected = Batch.of(Rejected, {**row, "reason": ["no date"], "content": ["{}"]})
    store.write(rejected, run=1)

    scope = Scope(("f",), MARCH, MARCH)

    assert store.replace(Batch.of(Rejected, {}), scope, run=2) == Changes(removed=1)


def test_of_rows_that_know_no_file_none_is_within_scope(store: GraphStore) -> None:
    store.write(employees(kim="Kim"), run=1)

    assert store.replace(employees(lee="Lee"), Scope(("f",)), run=2) == Changes(added=1)
    assert ids(store, Employee) == ["kim", "lee"]


# --- what of the source is still there ---


def still(store: GraphStore, batch: Batch, scope: Scope) -> dict[str, tuple[int, int]]:
    """Rows stored and rows still there by file; any store says what plain reading would say."""
    found = store.still_there(batch, scope)
    plain = GraphStore.still_there(store, batch, scope)
    counts = [
        {str(file): (int(rows), int(kept)) for file, rows, kept in one.itertuples(index=False)}
        for one in (found, plain)
    ]
    assert list(found.columns) == list(plain.columns) == ["file_id", "stored", "still"]
    assert counts[0] == counts[1]
    return counts[0]


def test_of_each_file_is_told_how_many_rows_it_has_and_how_many_are_still_there(
    store: GraphStore,
) -> None:
    old, new, other = (source_of(name) for name in ("old", "new", "other"))
    store.write(invoices(old, {"1": MARCH, "2": MARCH, "3": MARCH}), run=1)
    store.write(invoices(new, {"4": MARCH}), run=2)
    store.write(invoices(other, {"5": MARCH}), run=3)
    brought = invoices(source_of("now"), {"2": MARCH, "3": MARCH, "5": MARCH, "6": MARCH})

    found = still(store, brought, Scope((old.file_id, new.file_id, "never seen")))

    assert found == {old.file_id: (3, 2), new.file_id: (1, 0)}
    assert still(store, brought, Scope(())) == {}
    assert still(store, invoices(old, {}), Scope((old.file_id,))) == {old.file_id: (3, 0)}


def test_what_is_still_there_is_counted_from_the_first_to_the_last_day(store: GraphStore) -> None:
    old = source_of("old")
    days = {str(day): dt.date(2026, 3, day) for day in (9, 10, 20, 21)}
    store.write(invoices(old, days), run=1)
    brought = invoices(source_of("now"), {"9": days["9"], "10": days["10"]})
    first, last = dt.date(2026, 3, 10), dt.date(2026, 3, 20)

    assert still(store, brought, Scope((old.file_id,), first, last)) == {old.file_id: (2, 1)}
    assert still(store, brought, Scope((old.file_id,), first)) == {old.file_id: (3, 1)}
    assert still(store, brought, Scope((old.file_id,), None, last)) == {old.file_id: (3, 2)}
    assert still(store, brought, Scope((old.file_id,), last, first)) == {}


def test_the_evening_of_the_last_day_counts_as_still_there_and_midnight_after_it_does_not(
    store: GraphStore,
) -> None:
    source = source_of("mail", kind="activity")
    times = ["2026-03-31T00:00", "2026-03-31T23:59:59", "2026-04-01T00:00"]
    moments = [dt.datetime.fromisoformat(one) for one in times]
    store.write(Batch.of(Person, {"id": ["p"]}), run=1)
    campaign = {"id": ["c"], "subject": ["Hello"], "sent_at": moments[:1]}
    store.write(Batch.of(TYPES["Campaign"], campaign), run=1)
    columns = {"from_id": ["p"] * 3, "to_id": ["c"] * 3, "at": moments}
    opened = Batch.of(Opened, columns, source=source)
    store.write(opened, run=1)
    march = Scope((source.file_id,), dt.date(2026, 3, 31), dt.date(2026, 3, 31))

    assert still(store, opened, march) == {source.file_id: (2, 2)}


def test_no_row_of_a_file_is_without_its_day_so_that_none_is_overlooked() -> None:
    undated = [
        entity.__name__
        for entity in TYPES.values()
        if entity.sourced and entity.event and entity.properties[entity.event].nullable
    ]
    assert undated == []
    with pytest.raises(ValueError, match=r"Invoice\.invoiced_on must not be empty"):
        invoices(source_of("old"), {"1": MARCH, "2": pd.NaT})


# --- rows that are not read again ---


def lines(cells: dict[str, int | None], *, quantity: float = 5.0) -> Batch:
    """Order lines by number, with the hash of the cells that each was read from."""
    columns = {
        "id": [*cells],
        "order": [name.partition("/")[0] for name in cells],
        "line": [name.partition("/")[2] for name in cells],
        "ordered_on": [MARCH] * len(cells),
        "quantity": [quantity] * len(cells),
        "row": list(range(2, len(cells) + 2)),
        "cells": list(cells.values()),
    }
    return Batch.of(OrderLine, columns, source=source_of("orders", kind="orders"))


def keeping(batch: Batch, *kept: str) -> Batch:
    frame = pd.DataFrame({"id": list(kept), "on": [MARCH] * len(kept)})
    return dataclasses.replace(batch, kept=frame)


def cells_of(store: GraphStore) -> dict[str, int]:
    """The hash of the cells of each line; 0 for none."""
    rows = store.read(OrderLine, ["id", "cells"])
    return dict(zip(rows["id"], rows["cells"].fillna(0), strict=True))


def test_what_a_batch_keeps_is_not_gone_and_counts_as_unchanged(store: GraphStore) -> None:
    store.write(lines({"a/1": 1, "a/2": 2, "a/3": 3}), run=1)
    scope = Scope((source_of("orders", kind="orders").file_id,), MARCH, MARCH)
    later = keeping(lines({"a/2": 7}, quantity=6.0), "a/1")

    assert still(store, later, scope) == {scope.file_ids[0]: (3, 2)}
    assert store.replace(later, scope, run=2) == Changes(changed=1, unchanged=1, removed=1)
    assert cells_of(store) == {"a/1": 1, "a/2": 7}


def test_rows_that_say_the_same_in_other_cells_are_unchanged_and_their_cells_noted(
    store: GraphStore,
) -> None:
    store.write(lines({"a/1": 1, "a/2": 2, "a/3": 3}), run=1)

    assert store.write(lines({"a/1": 1, "a/2": 8, "a/3": None}), run=2) == Changes(unchanged=3)
    assert cells_of(store) == {"a/1": 1, "a/2": 8, "a/3": 0}
    assert store.read(OrderLine, ["run"])["run"].tolist() == [1, 1, 1]


def test_only_what_differs_of_a_row_has_to_be_set(store: GraphStore) -> None:
    store.write(lines({"a/1": 1, "a/2": 2}), run=1)
    store.write(lines({"a/1": 5, "b/1": 6}, quantity=9.0), run=2)

    rows = store.read(OrderLine, ["id", "quantity", "cells", "run"])
    assert rows.to_numpy().tolist() == [["a/1", 9.0, 5, 2], ["a/2", 5.0, 2, 1], ["b/1", 9.0, 6, 2]]


def test_removing_says_how_many_there_were(store: GraphStore) -> None:
    store.write(employees(kim="Kim", lee="Lee"), run=1)

    assert store.remove(Employee, ["lee", "lee", "nobody"]) == 1
    assert store.remove(Employee, []) == 0
    assert store.count(Employee) == 1


def test_a_type_holds_exactly_what_it_was_set_to(store: GraphStore) -> None:
    store.write(employees(kim="Kim", lee="Lee", max="Max"), run=1)

    changes = store.set_all(employees(kim="Kim", lee="Leigh", noa="Noa"), run=2)

    assert changes == Changes(added=1, changed=1, unchanged=1, removed=1)
    assert ids(store, Employee) == ["kim", "lee", "noa"]


def test_setting_all_erases_even_in_types_that_fill(store: GraphStore) -> None:
    card = Batch.of(Account, {"id": ["x:1"], "system": ["x"], "name": ["Ace"]})
    mail = Batch.of(Account, {"id": ["x:1"], "system": ["x"], "email": ["a@ace.example"]})
    store.write(card, run=1)
    store.write(mail, run=2)

    assert store.set_all(mail, run=3) == Changes(changed=1)

    assert store.read(Account)["name"].isna().all()


def test_setting_all_notes_where_rows_were_read_that_say_what_they_said(store: GraphStore) -> None:
    def fact(content: str, row: int) -> tuple[Batch, Batch]:
        source = source_of(content)
        card = {"id": ["x:1"], "system": ["x"], "name": ["Ace"], "row": [row]}
        liked = {"from_id": ["x:1"], "to_id": ["x:2"], "on": [MARCH], "row": [row]}
        return (
            Batch.of(Account, card, source=source),
            Batch.of(Liked, liked, source=source),
        )

    old, new = fact("old", 2), fact("new", 7)
    for one in (*old, invoices(source_of("old"), {"I-1": MARCH, "I-2": MARCH})):
        store.write(one, run=1)
    later = invoices(source_of("new"), {"I-2": MARCH, "I-1": MARCH})
    for one in (*new, later):
        assert store.set_all(one, run=2) == Changes(unchanged=len(one))

    for one in (*new, later):
        there, wanted = store.read(one.entity), one.frame.sort_values("id", ignore_index=True)
        for name in ("file_id", "row", "hash"):
            assert there[name].tolist() == wanted[name].tolist()
        assert set(there["run"]) == {1}


# --- reading ---


def test_rows_come_sorted_by_id_and_columns_as_asked(store: GraphStore) -> None:
    names = ["b", "B", "a", "é", "Z", "10", "9", "🔩", "\ufb01"]
    store.write(Batch.of(Employee, {"id": names, "name": names}), run=1)

    found = store.read(Employee, ["name"])

    assert list(found.columns) == ["name"]
    assert list(found["name"]) == sorted(names)


def test_rows_are_chosen_by_the_values_of_a_text_column(store: GraphStore) -> None:
    store.write(employees(kim="Kim", lee="Lee", kimberly="Kim"), run=1)

    assert list(store.read(Employee, where=("name", ["Kim", "Nobody"]))["id"]) == [
        "kim",
        "kimberly",
    ]
    pd.testing.assert_frame_equal(store.read(Employee, where=("name", [])), frame_of(Employee))


def test_each_value_of_a_column_comes_once_and_sorted(store: GraphStore) -> None:
    store.write(employees(kim="Kim", lee="Lee", kimberly="Kim"), run=1)
    days = {"3": MARCH, "1": FEBRUARY, "2": MARCH}
    store.write(invoices(source_of("all"), days), run=1)

    assert store.values(Employee, "name").tolist() == ["Kim", "Lee"]
    assert store.values(Invoice, "invoiced_on").tolist() == [FEBRUARY, MARCH]
    assert store.values(Invoice, "amount").tolist() == [10_000]
    assert store.values(Invoice, "account").empty
    with pytest.raises(KeyError, match="salary"):
        store.values(Employee, "salary")


def test_a_column_that_the_type_does_not_have_is_an_error(store: GraphStore) -> None:
    with pytest.raises(KeyError, match="salary"):
        store.read(Employee, ["salary"])


# --- transactions and runs ---


def test_a_failed_block_leaves_nothing_behind(store: GraphStore) -> None:
    store.write(employees(kim="Kim"), run=1)

    def fail() -> None:
        with store.transaction():
            store.write(employees(kim="Kimberly", lee="Lee"), run=2)
            store.remove(Employee, ["kim"])
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert store.read(Employee)["name"].to_list() == ["Kim"]
    assert store.write(employees(lee="Lee"), run=3) == Changes(added=1)


def test_a_block_sees_its_own_writes(store: GraphStore) -> None:
    with store.transaction():
        store.write(employees(kim="Kim"), run=1)
        assert ids(store, Employee) == ["kim"]
        assert store.count(Employee) == 1

    assert ids(store, Employee) == ["kim"]


def test_a_block_within_a_block_is_part_of_it(store: GraphStore) -> None:
    def fail() -> None:
        with store.transaction():
            with store.transaction():
                store.write(employees(kim="Kim"), run=1)
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert ids(store, Employee) == []


def test_an_error_within_an_inner_block_undoes_the_outer_one_even_when_caught(
    store: GraphStore,
) -> None:
    def inner() -> None:
        with store.transaction():
            raise LookupError

    def outer() -> None:
        with store.transaction():
            store.write(employees(lee="Lee"), run=1)
            with pytest.raises(LookupError):
                inner()

    with pytest.raises(RuntimeError, match="part of this transaction failed"):
        outer()

    assert ids(store, Employee) == []


def test_a_row_can_be_removed_and_added_again_in_one_block(store: GraphStore) -> None:
    store.write(employees(kim="Kim"), run=1)

    with store.transaction():
        store.remove(Employee, ["kim"])
        store.write(employees(kim="Kimberly"), run=2)
        store.write(employees(kim="Kimberley"), run=2)

    assert store.read(Employee)["name"].to_list() == ["Kimberley"]


def test_runs_are_numbered_and_end_as_done(store: GraphStore) -> None:
    with store.next_run("load") as first:
        assert store.unfinished() == "load"
    with store.next_run("findings", as_of=MARCH) as second:
        pass

    assert (first, second) == (1, 2)
    assert store.unfinished() == ""
    runs = store.read(Run)
    assert runs["what"].to_list() == ["load", "findings"]
    assert runs["state"].to_list() == ["done", "done"]
    assert runs["as_of"][1] == MARCH


def test_a_run_that_failed_is_found_until_one_like_it_ends_well(store: GraphStore) -> None:
    def fail() -> None:
        with store.next_run("load"):
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert store.unfinished() == "load"

    with store.next_run("findings"):
        pass
    assert store.unfinished() == "load"

    with store.next_run("load") as number:
        pass
    assert number == 3
    assert store.unfinished() == ""


def test_closing_twice_is_no_error(store: GraphStore) -> None:
    store.close()
    store.close()
