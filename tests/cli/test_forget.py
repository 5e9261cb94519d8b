"""`graphkit forget`: a person leaves the graph, and no load brings them back."""

import datetime as dt
import io
import json
import shutil

import pytest

from graphkit.errors import UnknownNameError, UsageError
from graphkit.pipeline.forget import forget, person_called
from graphkit.pipeline.load import load
from graphkit.schema import (
    TYPES,
    Account,
    Attended,
    Decision,
    Employee,
    Kind,
    Mentions,
    Note,
    Opened,
    Person,
    Rejected,
    TalkedTo,
    Value,
)
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

PLANTED = ("quillfeather", "ottoline", "555-0142", "5550142")
FIRST = "Call with Ottoline Quillfeather at Bolt Gear. Ottoline wants 17-4. (555) 555-0142."
SECOND = "Quillfeather, Ottoline (o.quillfeather@bolt.example) met Ada Marsh of Bolt Gear."


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The file of an embedded store with what `plant` puts into it; copy it."""
    file = tmp_path_factory.mktemp("planted") / "graph.duckdb"
    with open_store(file) as store:
        plant(store)
    return file


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def shop(request, tmp_path):
    """A store of each kind with a person in every place that can hold one, and a namesake."""
    if request.param == "embedded":
        file = shutil.copy(request.getfixturevalue("planted"), tmp_path / "graph.duckdb")
        opened = open_store(file)
    else:
        from graphkit.store.neo4j import Neo4jStore  # noqa: PLC0415 - its library may be missing

        server = request.getfixturevalue("empty_neo4j")
        opened = Neo4jStore(server.uri, user=server.user, password=server.password)
    with opened as store:
        if request.param != "embedded":
            plant(store)
        yield store


def plant(store):
    put_companies(store, ["Bolt Gear", "Corvid Pumps"])
    put(
        store,
        Account,
        id=["crm:bolt"],
        name=["Bolt Gear"],
        system=["crm"],
        email=["o.quillfeather@bolt.example"],
        phone=["555-555-0142"],
    )
    put(store, Employee, id=["Nell"], name=["Nell"])
    put(
        store,
        Person,
        id=["o.quillfeather@bolt.example", "crm:7", "crm:8", "crm:9"],
        name=[
            "Ottoline Quillfeather",
            "OTTOLINE QUILLFEATHER",
            "Ada Marsh",
            "Ottoline Quillfeather",
        ],
        account=["erp:Bolt Gear", "erp:Bolt Gear", "erp:Bolt Gear", "erp:Corvid Pumps"],
        email=["o.quillfeather@bolt.example", None, "ada@bolt.example", None],
        phone=["(555) 555-0142", None, None, None],
    )
    people = ["o.quillfeather@bolt.example", "crm:8"]
    put(store, Opened, from_id=people, to_id=["c1", "c1"], at=[dt.datetime(2025, 6, 1)] * 2)  # noqa: DTZ001 - local time
    put(
        store,
        TalkedTo,
        from_id=["Nell"] * 2,
        to_id=people,
        text_id=["n1", "n2"],
        sentence=[FIRST, SECOND],
    )
    put(store, Note, id=["n1", "n2"], text=[FIRST, SECOND], account=["erp:Bolt Gear"] * 2)
    again = FIRST.index("Ottoline wants")
    spots = [
        ("n1", 10, 31, "Person", people[0], "Ottoline Quillfeather", "PERSON"),
        ("n1", again, again + 8, "Person", people[0], "Ottoline Quillfeather", "PERSON"),
        (
            "n1",
            FIRST.index("17-4"),
            FIRST.index("17-4") + 4,
            "Value",
            "MATERIAL:17-4",
            "17-4",
            "MATERIAL",
        ),
        (
            "n2",
            SECOND.index("Ada"),
            SECOND.index("Ada") + 9,
            "Person",
            "crm:8",
            "Ada Marsh",
            "PERSON",
        ),
        ("n2", 0, 22, "Value", "PERSON:Quillfeather, Ottoline", "Quillfeather, Ottoline", "PERSON"),
    ]
    text, start, end, kind, target, name, label = (list(one) for one in zip(*spots, strict=True))
    sentences = [FIRST if one == "n1" else SECOND for one in text]
    put(
        store, Mentions, from_id=text, from_type=["Note"] * 5, to_id=target, to_type=kind,
        start=start, end=end, entity=label, canonical=name, sentence=sentences,
        component=["x/1"] * 5,
    )  # fmt: skip
    put(
        store, Value, id=["MATERIAL:17-4", "PERSON:Quillfeather, Ottoline"],
        entity=["MATERIAL", "PERSON"], name=["17-4", "Quillfeather, Ottoline"],
    )  # fmt: skip
    put(
        store, Attended, from_id=[people[0]], from_type=["Person"], to_id=["IMTS 2024"],
        text_id=["n1"], sentence=[FIRST],
    )  # fmt: skip
    held = json.dumps({"First": "Ottoline", "Last": "Quillfeather", "Mail": "?"})
    other = json.dumps({"First": "Ada", "Last": "Marsh", "Mail": "?"})
    put(store, Rejected, id=["r1", "r2"], content=[held, other])


def forgotten(store, name):
    with store.next_run("forget") as run:
        return forget(store, person_called(store, name), who="us", run=run)


def texts(store):
    """Every text of a store, in small letters."""
    return "\n".join(
        str(value).casefold()
        for entity in TYPES.values()
        for name, item in entity.properties.items()
        if item.kind is Kind.TEXT
        for value in store.read(entity)[name].dropna()
    )


def test_nothing_of_a_forgotten_person_is_left_in_the_store(shop):
    shop.remove(Person, ["crm:9"])

    counts = forgotten(shop, "Ottoline Quillfeather")

    left = texts(shop)
    assert [one for one in PLANTED if one in left] == []
    assert counts["Person"] == 2
    assert counts["OPENED"] == counts["TALKED_TO"] == counts["ATTENDED"] == counts["Rejected"] == 1
    assert counts["Note masked"] == 2


def test_texts_keep_their_place_and_what_else_they_say(shop):
    forgotten(shop, "crm:7")

    notes = shop.read(Note)
    assert (
        notes["text"].tolist()
        == [
            "Call with [person] at Bolt Gear. [person] wants 17-4. [person].",
            "[person] ([person]) met Ada Marsh of Bolt Gear.",
        ]
        or "[person] wants 17-4" in notes["text"][0]
    )
    assert shop.read(Person)["id"].tolist() == ["crm:8", "crm:9"]
    mentions = shop.read(Mentions)
    said = dict(zip(notes["id"], notes["text"], strict=True))
    shown = {
        said[text][start:end]
        for text, start, end in mentions[["from_id", "start", "end"]].itertuples(index=False)
    }
    assert shown == {"17-4", "Ada Marsh"}


def test_the_decision_holds_nothing_readable(shop):
    forgotten(shop, "crm:7")

    decision = shop.read(Decision).to_dict("records")[0]
    whole = json.dumps(decision, default=str).casefold()
    assert [one for one in (*PLANTED, "crm:7", "bolt") if one in whole] == []


def test_several_people_of_one_name_are_listed_and_stay(shop):
    with pytest.raises(UsageError, match=r"Bolt Gear.*Corvid Pumps \(crm:9\)"):
        person_called(shop, "ottoline quillfeather")

    assert shop.count(Person) == 4


def test_an_unknown_name_gets_the_nearest(shop):
    with pytest.raises(UnknownNameError, match="Did you mean 'Ada Marsh'"):
        person_called(shop, "Ada Marsch")


def test_who_is_forgotten_already_is_told_so(shop):
    forgotten(shop, "Ada Marsh")

    with pytest.raises(UsageError, match="already"):
        person_called(shop, "ada@bolt.example")


CONTACTS = (
    "Record ID,First Name,Last Name,Email,Phone Number,Company Name,Job Title\n"
    "1,Ottoline,Quillfeather,o.quillfeather@bolt.example,(555) 555-0142,Bolt Gear,Buyer\n"
    "2,Ada,Marsh,ada@bolt.example,,Bolt Gear,Owner\n"
)
NOTES = (
    "Date,Author,Company,Note\n"
    "2025-06-02,Nell,Bolt Gear,Lunch with Ottoline Quillfeather; call (555) 555-0142.\n"
    "2025-06-03,Nell,Bolt Gear,Nothing new.\n"
)


def test_loading_the_same_exports_again_does_not_bring_them_back(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "contacts.csv").write_text(CONTACTS, "utf-8")
    (folder / "sales_notes.csv").write_text(NOTES, "utf-8")
    with open_store(tmp_path / "graph.duckdb") as store:
        load(store, [folder])
        assert "quillfeather" in texts(store)
        forgotten(store, "o.quillfeather@bolt.example")
        load(store, [folder])
        assert "quillfeather" not in texts(store)
        (folder / "contacts.csv").write_text(
            CONTACTS + "3,Bo,Ek,bo@b.example,,Bolt Gear,\n", "utf-8"
        )
        (folder / "sales_notes.csv").write_text(NOTES + "2025-06-04,Nell,Bolt Gear,OK.\n", "utf-8")
        load(store, [folder])

        left = texts(store)
        assert [one for one in PLANTED if one in left] == []
        assert store.read(Person)["name"].tolist() == ["Ada Marsh", "Bo Ek"]
        assert any("[person]" in one for one in store.read(Note)["text"])


def test_the_command_asks_before_it_forgets_and_counts_what_went(graphkit, tmp_path, monkeypatch):
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "contacts.csv").write_text(CONTACTS, "utf-8")
    shop = tmp_path / "shop"
    graphkit("-w", shop, "load", folder)
    monkeypatch.setattr("sys.stdin", io.StringIO())

    assert graphkit("-w", shop, "forget", "Ada Marsh").code == 130
    with open_store(shop / "graph.duckdb", read_only=True) as store:
        assert store.count(Person) == 2
    done = graphkit("-w", shop, "forget", "Ada Marsh", "--yes", "--json")
    assert {"what": "Person", "rows": 1} in json.loads(done.out)["data"]
    listed = json.loads(graphkit("-w", shop, "forget", "--list", "--json").out)["data"]
    assert len(listed) == 1
    assert graphkit("-w", shop, "forget").code == 2
