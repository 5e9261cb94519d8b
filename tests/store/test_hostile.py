"""Names that are Cypher, or look like another, go in as data and come back as they were."""

import dataclasses
import functools
import re

import numpy as np
import pandas as pd
import pytest
from neo4j import GraphDatabase

from graphkit import recipes, registry
from graphkit.analyses.evidence_cypher import lines_of, orders_of
from graphkit.batch import Batch, Source
from graphkit.errors import UsageError
from graphkit.findings import Ref
from graphkit.pipeline.sources import example_sheet, example_tables
from graphkit.schema import TYPES, Company, File, Kind, Note, Order, OrderLine, Process
from graphkit.store.neo4j import Neo4jStore
from tests.graph_rows import SOURCE, put, put_companies

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

HOSTILE = (
    "`) DETACH DELETE n //",
    "`}) MATCH (n) DETACH DELETE n //",
    "'}) MATCH (n) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n //',
    "\\'}) MATCH (n) DETACH DELETE n //",
    '\\\\"}) MATCH (n) DETACH DELETE n //',
    "\\u0027}) MATCH (n) DETACH DELETE n //",
    "\\u0022}) MATCH (n) DETACH DELETE n //",
    "*/ MATCH (n) DETACH DELETE n /*",
    "x'; CREATE (:Eve); //",
    "$name ${name} {{name}} %s {0}",
    "<script>alert(1)</script> & <b>",
    "B\u0430dger Hydr\u0430ulics",  # the Cyrillic letter that looks like an a
    "\u202eregdaB\u202c \u05d1\u05d3\u05d9\u05e7\u05d4",
    "Bad\u200bger\u200d \ufeffHydraulics",
    "Badger\x01\x08\x1b[31m\x7f Hydraulics",
)
LONG = "'`\"\\" + "x" * 9_992 + "end."
_DAY_OR_AMOUNT = re.compile(r"[$\d]+[-./:,][-./:,\d TZ]+").fullmatch
LOADERS = {one.name: one for one in registry.loaders() if not one.useless}
ALL = recipes.recipes()
TEXTS = [
    (name, parameter)
    for name, one in ALL.items()
    for parameter, default in one.defaults.items()
    if isinstance(default, str)
]


@pytest.fixture(scope="module")
def graph(neo4j_server):
    """An empty store, and a driver that looks at what is in it."""
    server = neo4j_server
    auth = (server.user, server.password)
    with GraphDatabase.driver(server.uri, auth=auth, notifications_min_severity="OFF") as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        with Neo4jStore(server.uri, user=server.user, password=server.password) as store:
            yield store, driver


def counted(driver):
    """How many nodes and relationships there are."""
    [row] = driver.execute_query(
        "RETURN COUNT { MATCH (n) } AS nodes, COUNT { MATCH ()-->() } AS ties"
    ).records
    return tuple(row)


def names_used(driver):
    """Labels of nodes and types of relationships that are there."""
    nodes = driver.execute_query("MATCH (n) UNWIND labels(n) AS one RETURN DISTINCT one").records
    ties = driver.execute_query("MATCH ()-[r]->() RETURN DISTINCT type(r) AS one").records
    return {row["one"] for row in (*nodes, *ties)}


def known_names():
    """Every label and type that the schema has."""
    relations = {
        item.relation for one in TYPES.values() for item in one.properties.values() if item.relation
    }
    return {one.label for one in TYPES.values()} | relations | {"Customer"}


@functools.cache
def example(name):
    """The example of the loader of that name, and of the tables that it looks into."""
    return example_sheet(LOADERS[name].example), example_tables(LOADERS[name])


def rows_of(plugin):
    """The example of a loader as rows of cells, the first of them its headings."""
    cells = example(plugin.name)[0].cells
    return [[*cells.columns], *cells.to_numpy(object).tolist()]


def read(plugin, rows):
    """What a loader reads from rows of cells, the first of them its headings."""
    headings, *body = rows
    cells = pd.DataFrame(body, columns=headings, dtype="string[pyarrow]")
    sheet, tables = example(plugin.name)
    sheet = dataclasses.replace(sheet, cells=cells, rows=np.arange(2, len(body) + 2))
    source = Source.of(system=plugin.system, kind=plugin.kind, path="a.csv", content=b"a")
    return plugin.read(sheet, source, tables)


def said(batches):
    """Every text in some batches."""
    return {
        value
        for one in batches
        for name, item in one.entity.properties.items()
        if item.kind is Kind.TEXT and name in one.frame
        for value in one.frame[name].dropna()
    }


@functools.cache
def free_columns(name):
    """Columns in which the loader of that name takes any text as it is."""
    plugin = LOADERS[name]
    headings, *body = rows_of(plugin)
    usual = len(read(plugin, [headings, *body]).rejects)

    def among(columns):
        marked = [
            [f"Mark {at}" if at in columns else cell for at, cell in enumerate(row)] for row in body
        ]
        reading = read(plugin, [headings, *marked])
        if len(reading.rejects) <= usual:
            texts = said(reading.batches)
            return [at for at in columns if any(f"Mark {at}" in one for one in texts)]
        middle = len(columns) // 2
        return among(columns[:middle]) + among(columns[middle:]) if middle else []

    return among(
        [
            at
            for at, cells in enumerate(zip(*body, strict=True))
            if not any(map(_DAY_OR_AMOUNT, cells))
        ]
    )


def with_hostile(rows, columns):
    """The rows again and again, with hostile texts in some columns, each with all of them."""
    body = rows[1:]
    made = []
    for at in range(max(len(HOSTILE), len(body))):
        row = list(body[at % len(body)])
        for place, column in enumerate(columns):
            row[column] = HOSTILE[(at + place) % len(HOSTILE)]
        made.append(row)
    return [rows[0], *made]


@pytest.fixture(scope="module")
def hostile():
    """What each loader reads from a file of hostile texts, by its name."""
    found = {}
    for plugin in LOADERS.values():
        rows = with_hostile(rows_of(plugin), free_columns(plugin.name))
        found[plugin.name] = read(plugin, rows).batches
    return found


def test_every_loader_takes_hostile_texts_and_each_of_them_goes_through_many(hostile):
    texts = {name: said(batches) for name, batches in hostile.items() if free_columns(name)}
    takes = {
        name: {one for one in HOSTILE if any(one in text for text in some)}
        for name, some in texts.items()
    }
    carried = {one: sum(one in some for some in takes.values()) for one in HOSTILE}

    assert {name for name, some in takes.items() if not some and hostile[name]} == set()
    assert {one: count for one, count in carried.items() if count < len(LOADERS) // 2} == {}


def test_all_that_was_written_is_read_back_as_it_was_and_nothing_else_is_there(graph, hostile):
    store, driver = graph
    frames = {}
    for batches in hostile.values():
        for batch in batches:
            frames.setdefault(batch.entity, []).append(batch.frame)
    planted = {entity: pd.concat(some).drop_duplicates("id") for entity, some in frames.items()}
    for entity, rows in planted.items():
        store.write(Batch(entity, rows.reset_index(drop=True)), run=1)

    for entity, rows in planted.items():
        texts = [name for name, item in entity.properties.items() if item.kind is Kind.TEXT]
        given = rows[list(dict.fromkeys(["id", *texts]))].sort_values("id").astype(object)
        there = store.read(entity, list(given.columns)).sort_values("id").astype(object)
        given, there = (one.where(one.notna(), None).to_numpy().tolist() for one in (given, there))
        assert there == given, entity.label
    for entity in TYPES.values():
        if entity not in planted and entity.label not in {"Meta", "Run"}:
            assert store.count(entity) == 0, entity.label
    assert names_used(driver) <= known_names()


def test_a_name_of_ten_thousand_characters_stays_whole_and_makes_an_id_that_fits_an_index():
    taken = 0
    for plugin in LOADERS.values():
        headings, *body = rows_of(plugin)
        for column in free_columns(plugin.name)[:1]:
            long = [[*row[:column], LONG, *row[column + 1 :]] for row in body]
            batches = read(plugin, [headings, *long]).batches
            taken += LONG in said(batches)
            ids = [len(one) for batch in batches for one in batch.ids]
            assert max(ids, default=0) < 2_000, (plugin.name, headings[column])

    assert taken > len(LOADERS) // 2


def test_ten_thousand_characters_come_back_as_they_were(graph):
    store, _ = graph
    put_companies(store, ["long"], aliases=[[LONG]], city=[LONG])
    put(store, Note, id=["long"], account=["erp:long"], text=[LONG])
    company = store.read(Company, ["city", "aliases"], where=("id", ["long"]))
    text = store.read(Note, ["text"], where=("id", ["long"]))["text"].tolist()
    store.remove(Note, ["long"])

    assert (company["city"].tolist(), [*company["aliases"][0]], text) == ([LONG], [LONG], [LONG])


@pytest.fixture
def named(graph):
    """Companies, processes, orders and lines with hostile names, numbers and ids."""
    store, driver = graph
    driver.execute_query("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")
    ids = list(HOSTILE)
    accounts = [f"erp:{one}" for one in ids]
    put(store, File, id=[SOURCE.file_id], path=["rows.csv"])
    put(store, Process, id=ids, name=ids)
    put_companies(store, ids)
    put(store, Order, id=ids, number=ids, account=accounts)
    put(store, OrderLine, id=ids, order=ids, line=ids, account=accounts, process=ids)
    return store, driver


def test_a_hostile_name_asked_for_in_a_recipe_finds_what_is_called_so(named):
    store, driver = named
    before = counted(driver)
    for text in HOSTILE:
        ordered = ALL["ordered"]
        rows = store.query(ordered.cypher, ordered.parameters({"customer": text}))
        assert text in set(rows["customer"])
        assert set(rows["process"]) == set(rows["customer"])
        number = ALL["where-from"]
        rows = store.query(number.cypher, number.parameters({"number": text}))
        assert set(rows["number"]) == {one for one in HOSTILE if text in one}
        for name, parameter in TEXTS:
            asked = ALL[name]
            try:
                store.query(asked.cypher, asked.parameters({parameter: text}))
            except UsageError as refused:
                assert parameter == "since", (name, refused)  # noqa: PT017 - no day

    assert counted(driver) == before
    assert names_used(driver) <= known_names()


def test_the_query_of_a_finding_about_a_hostile_id_lists_the_rows_of_that_one_only(named):
    store, driver = named
    before = counted(driver)
    for text in HOSTILE:
        company, process = Ref("Company", text, text), Ref("Process", text, text)
        assert store.query(orders_of(company))["order"].tolist() == [text]
        for subject in (company, process):
            rows = store.query(lines_of(subject))
            assert (rows["line"].tolist(), rows["customer"].tolist()) == ([text], [text])

    assert counted(driver) == before
