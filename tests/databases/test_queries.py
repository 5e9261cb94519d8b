"""What real databases answer to a mapping's query, loaded through the real command line."""

import dataclasses
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import keyring
import keyring.backend
import pytest

from graphkit.databases import Databases, ask
from graphkit.schema import Account
from graphkit.store import open_store
from tests.command_line import Run, assert_same, frames, started
from tests.postgres_server import Postgres
from tests.small_erp import AMOUNTS, BUYERS, QUERY, TABLES, books, lines, workspace, written

pytestmark = pytest.mark.slow


@dataclasses.dataclass(frozen=True)
class Erp:
    """The small ERP in a real database, a workspace that knows it, and a mapping that asks it."""

    work: Path
    mapping: Path
    change: Callable[[str], None]
    """Runs a statement as the ERP itself does."""
    count: Callable[[], int]
    """How many items it has."""


def _in_sqlite(folder: Path) -> Erp:
    work = workspace(folder / "wörk space", "sqlite:///data/erp #1%.db")
    path = work / "data" / "erp #1%.db"
    path.parent.mkdir()

    def run(statement: str) -> list[tuple[int]]:
        connection = sqlite3.connect(path)
        try:
            with connection:
                return connection.execute(statement).fetchall()
        finally:
            connection.close()

    return Erp(work, written(folder), run, lambda: run("SELECT count(*) FROM item")[0][0])


def _in_postgres(folder: Path, server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Erp:
    monkeypatch.setenv("GRAPHKIT_ERP_PASSWORD", server.password)

    def run(statement: str) -> None:
        with server.connect() as connection:
            connection.execute(statement)

    def count() -> int:
        with server.connect() as connection:
            found = connection.execute("SELECT count(*) FROM item").fetchone()
        return int(found[0])

    return Erp(workspace(folder / "work", server.address), written(folder), run, count)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def erp(request, tmp_path, monkeypatch, private_passwords) -> Erp:
    del private_passwords
    if request.param == "sqlite":
        made = _in_sqlite(tmp_path)
    else:
        made = _in_postgres(tmp_path, request.getfixturevalue("postgres"), monkeypatch)
    for statement in TABLES:
        made.change(statement)
    return made


@pytest.fixture
def server(postgres, tmp_path, monkeypatch, private_passwords) -> Erp:
    """The ERP in PostgreSQL only."""
    del private_passwords
    made = _in_postgres(tmp_path, postgres, monkeypatch)
    for statement in TABLES:
        made.change(statement)
    return made


def test_an_answer_is_loaded_to_the_cent_and_every_row_knows_its_place(
    graphkit: Run, erp: Erp
) -> None:
    done = graphkit("-w", erp.work, "load", erp.mapping, "--json")

    assert done.code == 0
    row = json.loads(done.out)["data"][0]
    assert (row["file"], row["read_as"], row["loaded"]) == ("orders.toml", "plant.orders", 4)
    found = lines(erp.work)
    assert {name: amount for name, (amount, _, _) in found.items()} == AMOUNTS
    assert [at for _, at, _ in found.values()] == [1, 2, 3, 4]
    assert books(erp.work)[0]["amount"] == sum(AMOUNTS.values())


def test_hostile_text_is_text(graphkit: Run, erp: Erp) -> None:
    graphkit("-w", erp.work, "load", erp.mapping)

    with open_store(erp.work / "graph.duckdb", read_only=True) as store:
        assert sorted(store.read(Account)["name"]) == BUYERS
    assert erp.count() == 4


def test_an_answer_that_is_loaded_already_changes_nothing(graphkit: Run, erp: Erp) -> None:
    graphkit("-w", erp.work, "load", erp.mapping)
    before = frames(erp.work)

    again = graphkit("-w", erp.work, "load", erp.mapping)

    assert "as before" in again.out
    assert_same(before, frames(erp.work))


def test_a_changed_row_writes_one_row(graphkit: Run, erp: Erp) -> None:
    graphkit("-w", erp.work, "load", erp.mapping)
    erp.change("UPDATE item SET qty = 4 WHERE sale = 'A-1' AND pos = 2")

    graphkit("-w", erp.work, "load", erp.mapping)

    found = lines(erp.work)
    first = min(run for _, _, run in found.values())
    assert [name for name, (_, _, run) in found.items() if run > first] == ["plant:A-1/2"]
    assert found["plant:A-1/2"][0] == 7999_9600


def test_a_deleted_row_leaves_and_a_dry_run_says_so_first(graphkit: Run, erp: Erp) -> None:
    graphkit("-w", erp.work, "load", erp.mapping)
    erp.change("DELETE FROM item WHERE sale = 'A-1' AND pos = 2")

    dry = graphkit("-w", erp.work, "load", erp.mapping, "--dry-run")
    assert "plant.orders: OrderLine: 1 removed, no longer in the export" in dry.err
    assert lines(erp.work).keys() == AMOUNTS.keys()
    graphkit("-w", erp.work, "load", erp.mapping)

    assert lines(erp.work).keys() == AMOUNTS.keys() - {"plant:A-1/2"}


def test_a_row_that_cannot_be_read_is_kept_with_its_row_and_reason(graphkit: Run, erp: Erp) -> None:
    erp.change("UPDATE item SET qty = 0 WHERE sale = 'A-2'")

    done = graphkit("-w", erp.work, "load", erp.mapping)

    assert done.code == 5
    rejects = json.loads(graphkit("-w", erp.work, "rejects", "--json").out)["data"]
    assert [(one["file"], one["row"], one["column"]) for one in rejects] == [
        ("orders.toml", 3, "qty")
    ]


def test_another_mapping_of_the_same_rows_reads_them_anew(graphkit: Run, erp: Erp) -> None:
    graphkit("-w", erp.work, "load", erp.mapping)
    with erp.mapping.open("a", encoding="utf-8") as stream:
        stream.write("[values]\ncurrency = 'EUR'\n")

    graphkit("-w", erp.work, "load", erp.mapping)

    assert set(frames(erp.work)["OrderLine"]["currency"]) == {"EUR"}


def test_a_folder_of_mappings_loads_those_with_a_query_and_names_the_others(
    graphkit: Run, erp: Erp
) -> None:
    folder = erp.work / "queries"
    folder.mkdir()
    written(folder)
    (folder / "files.toml").write_text('system = "a"\nkind = "orders"\n', "utf-8")
    (folder / "broken.toml").write_text("query = \n", "utf-8")

    done = graphkit("-w", erp.work, "load", folder)

    assert done.code == 0
    assert len(lines(erp.work)) == 4
    assert "passed over: files.toml" in done.err
    assert "passed over: broken.toml" in done.err


def test_an_answer_of_several_chunks_is_whole(graphkit: Run, erp: Erp) -> None:
    erp.change("DELETE FROM item")
    erp.change(
        "INSERT INTO item "
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25001) "
        "SELECT 'A-1', i, 'P', i, 0.0001, NULL FROM n"
    )

    done = graphkit("-w", erp.work, "load", erp.mapping)

    assert done.code == 0
    assert books(erp.work)[0]["amount"] == 25_001 * 25_002 // 2


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT nothing FROM item", "nothing"),
        ("SELECT * FROM nowhere", "nowhere"),
        ("SELECT pos, pos FROM item", "two columns of the answer are called 'pos'"),
        ("SELECT no, day FROM sales", "has no heading yet for"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why(
    graphkit: Run, erp: Erp, query: str, says: str
) -> None:
    written(erp.mapping.parent, query)

    done = graphkit("-w", erp.work, "load", erp.mapping)

    assert done.code == 1
    assert "orders.toml" in done.err
    assert says in done.err


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM item",
        "WITH gone AS (DELETE FROM item RETURNING *) SELECT * FROM gone",
        "SELECT 1 AS no; DELETE FROM item",
        "SELECT 1 AS no; COMMIT; DELETE FROM item; SELECT 1",
    ],
)
def test_a_query_that_would_change_the_data_changes_nothing(
    graphkit: Run, erp: Erp, query: str
) -> None:
    written(erp.mapping.parent, query)

    done = graphkit("-w", erp.work, "load", erp.mapping)

    assert done.code in (1, 2)
    assert erp.count() == 4


@pytest.mark.postgres
def test_not_even_a_function_can_write(graphkit: Run, server: Erp) -> None:
    server.change(
        "CREATE FUNCTION emptied() RETURNS int LANGUAGE sql AS 'DELETE FROM item; SELECT 1'"
    )
    written(server.mapping.parent, QUERY.replace("item.qty", "emptied() AS qty"))

    done = graphkit("-w", server.work, "load", server.mapping)

    assert done.code == 1
    assert "cannot execute DELETE in a read-only transaction" in done.err
    assert server.count() == 4


_CELLS = {
    "1::float8 / 8": "0.125",
    "34.0::float8": "34",
    "1e-7::float8": "0.0000001",
    "12345678901234567890.1200::numeric": "12345678901234567890.1200",
    "9007199254740993": "9007199254740993",
    "true": "yes",
    "NULL": "",
    "DATE '2025-05-06'": "2025-05-06",
    "TIMESTAMP '2025-05-06 00:00'": "2025-05-06",
    "TIMESTAMP '2025-05-06 07:08:09.5'": "2025-05-06 07:08:09.500000",
    "TIME '07:08'": "07:08:00",
    "'1 day'::interval": "1 day, 0:00:00",
    "'{\"ä\": [1]}'::jsonb": '{"ä": [1]}',
    "ARRAY[1, 2]": "[1, 2]",
    "'7f0c1c52-0000-4000-8000-000000000000'::uuid": "7f0c1c52-0000-4000-8000-000000000000",
    "'  a%s%%b :c 工作' || chr(10)": "  a%s%%b :c 工作\n",
}
"""What PostgreSQL is asked, and the text of the cell."""


@pytest.mark.postgres
def test_every_cell_is_the_text_a_person_would_type(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, private_passwords: None
) -> None:
    del private_passwords
    monkeypatch.setenv("GRAPHKIT_ERP_PASSWORD", postgres.password)
    erp = Databases(addresses={"erp": postgres.address}).named("erp", "cells.toml")
    cells = ", ".join(f"{value} AS c{at}" for at, value in enumerate(_CELLS))

    answer = ask(erp, f"SELECT {cells}", path="cells.toml")

    assert answer.sheet.cells.iloc[0].tolist() == [*_CELLS.values()]
    assert answer.sheet.rows.tolist() == [1]


@pytest.mark.postgres
def test_a_column_of_bytes_is_refused_by_name(graphkit: Run, server: Erp) -> None:
    written(server.mapping.parent, QUERY.replace("item.part", "'x'::bytea AS part"))

    done = graphkit("-w", server.work, "load", server.mapping)

    assert done.code == 1
    assert "column part: it holds bytes" in done.err


@pytest.mark.postgres
@pytest.mark.parametrize("more", [(), ("--debug",)])
def test_a_wrong_password_is_refused_and_nowhere_repeated(
    server: Erp, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    wrong = "hunter2 @/:%zz"
    monkeypatch.setenv("GRAPHKIT_ERP_PASSWORD", wrong)

    with started(*more, "-w", server.work, "load", server.mapping) as process:
        out, err = process.communicate()

    assert process.returncode == (1 if more else 4)
    assert "password authentication failed" in err
    assert "GRAPHKIT_ERP_PASSWORD" in err
    assert not re.search("hunter2|%zz|SCRAM", out + err)


@pytest.mark.postgres
def test_no_password_at_all_says_where_to_put_it(
    graphkit: Run, server: Erp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRAPHKIT_ERP_PASSWORD")

    done = graphkit("-w", server.work, "load", server.mapping)

    assert done.code == 4
    assert "set GRAPHKIT_ERP_PASSWORD, or once: keyring set graphkit-databases" in done.err


class _Kept(keyring.backend.KeyringBackend):
    """A keyring that keeps one password, for one address."""

    priority = 1

    def __init__(self, address: str, password: str) -> None:
        super().__init__()
        self.known = {("graphkit-databases", address): password}

    def get_password(self, service: str, username: str) -> str | None:
        return self.known.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


@pytest.mark.postgres
def test_a_keyring_gives_the_password_of_one_address_and_of_no_other(
    graphkit: Run, server: Erp, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRAPHKIT_ERP_PASSWORD")
    before = keyring.get_keyring()
    keyring.set_keyring(_Kept(postgres.address, postgres.password))
    try:
        taken = graphkit("-w", server.work, "load", server.mapping)
        workspace(server.work, postgres.address.replace("127.0.0.1", "localhost"))
        refused = graphkit("-w", server.work, "load", server.mapping)
    finally:
        keyring.set_keyring(before)

    assert taken.code == 0
    assert refused.code == 4


@pytest.mark.postgres
def test_the_whole_address_may_come_from_the_environment_and_stays_out_of_the_store(
    graphkit: Run, server: Erp, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    (server.work / "graphkit.toml").write_text("", "utf-8")
    monkeypatch.delenv("GRAPHKIT_ERP_PASSWORD")
    secret = "p%40ss%2Fw%3Ard%20%2541%2B%C3%A9"  # noqa: S105 - the one of the tests' own server
    address = postgres.address.replace("@", f":{secret}@", 1)
    monkeypatch.setenv("GRAPHKIT_ERP_URL", address)

    done = graphkit("-w", server.work, "load", server.mapping)

    assert done.code == 0
    assert len(lines(server.work)) == 4
    kept = b"".join(one.read_bytes() for one in server.work.rglob("*") if one.is_file())
    assert not [one for one in (secret, postgres.password) if one.encode() in kept]
    assert postgres.password not in done.out + done.err


@pytest.mark.postgres
def test_a_table_that_the_user_may_not_read_is_refused_access(
    graphkit: Run, server: Erp, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.change("DROP ROLE IF EXISTS clerk")
    server.change("CREATE ROLE clerk LOGIN PASSWORD 'clerk'")
    monkeypatch.setenv("GRAPHKIT_ERP_PASSWORD", "clerk")
    workspace(server.work, dataclasses.replace(postgres, user="clerk").address)

    done = graphkit("-w", server.work, "load", server.mapping)

    assert done.code == 4
    assert "permission denied for table" in done.err


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_unreachable(graphkit: Run, server: Erp) -> None:
    workspace(server.work, "postgresql://owner@127.0.0.1:1/erp")

    done = graphkit("-w", server.work, "load", server.mapping)

    assert done.code == 3
    assert "orders.toml, database erp: the database cannot be reached" in done.err


_EXAMPLE = Path(__file__).parents[2] / "examples" / "erp_postgres_orders.toml"


@pytest.mark.postgres
def test_the_example_loads_from_tables_as_it_expects_them(graphkit: Run, server: Erp) -> None:
    for statement in (
        "CREATE TABLE customer (id int, code text, name text)",
        (
            "CREATE TABLE sales_order (id int, customer_id int, number text, entered_on date,"
            " state text)"
        ),
        (
            "CREATE TABLE sales_order_line (sales_order_id int, position int, part text,"
            " quantity numeric, unit_price numeric, promised_on timestamp)"
        ),
        "CREATE TABLE routing (part text, process text)",
        "INSERT INTO customer VALUES (1, 'K1', 'Ostrava Pump Works')",
        "INSERT INTO sales_order VALUES (7, 1, 'SO-7', current_date - 30, 'shipped')",
        "INSERT INTO sales_order_line VALUES (7, 1, 'P-10', 5, 12.345, current_date - 10)",
        "INSERT INTO routing VALUES ('P-10', 'Broaching')",
    ):
        server.change(statement)

    done = graphkit("-w", server.work, "load", _EXAMPLE)

    assert done.code == 0
    found = frames(server.work)["OrderLine"].iloc[0]
    assert (found["id"], found["amount"], found["status"]) == ("erp:SO-7/1", 61_7250, "shipped")
