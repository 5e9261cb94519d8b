"""The embedded store: its file, who may have it open, and what a crash or a full disk leaves."""

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from graphkit.batch import Batch, Source
from graphkit.errors import (
    AccessRefusedError,
    NothingLoadedError,
    StoreUnreachableError,
    UnreadableError,
    UsageError,
)
from graphkit.schema import (
    SCHEMA_VERSION,
    TYPES,
    Balance,
    Company,
    Employee,
    HasSignal,
    Invoice,
    Meta,
)
from graphkit.store import open_store
from graphkit.store.base import Changes, Scope
from graphkit.store.embedded import EmbeddedStore
from graphkit.store.migrations import STEPS, Step, prepare
from graphkit.store.opening import clear_failures, holder_in

HEADER = """
import os, sys, time
from graphkit.batch import Batch
from graphkit.schema import Employee
from graphkit.store.embedded import EmbeddedStore

def employees(prefix, count):
    ids = [f"{prefix}{number}" for number in range(count)]
    return Batch.of(Employee, {"id": ids, "name": [name * 20 for name in ids]})
"""


def employees(*names: str) -> Batch:
    return Batch.of(Employee, {"id": [*names], "name": [*names]})


def names_in(path: Path) -> list[str]:
    with EmbeddedStore(path, read_only=True) as store:
        return list(store.read(Employee)["name"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one employee, kim, in a folder with a space and a quote in its name."""
    folder = tmp_path / "our 'shop'"
    folder.mkdir()
    with EmbeddedStore(folder / "graph.duckdb") as store:
        store.write(employees("kim"), run=1)
    return folder / "graph.duckdb"


@contextmanager
def elsewhere(code: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs code on a store and says "ready"; killed at the end."""
    script = HEADER + textwrap.dedent(code)
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", script, str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


# --- opening ---


def test_a_path_opens_the_embedded_store(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "graph.duckdb")) as store:
        assert isinstance(store, EmbeddedStore)


def test_an_address_of_something_else_is_refused() -> None:
    with pytest.raises(UsageError, match=r"'http://x' is not the address of a Neo4j"):
        open_store("http://x")


def test_the_store_knows_its_schema_version(path: Path) -> None:
    with EmbeddedStore(path, read_only=True) as store:
        [row] = store.read(Meta).to_dict("records")

    assert row == {"id": "schema_version", "value": str(SCHEMA_VERSION)}


def test_types_have_names_that_differ_by_more_than_case() -> None:
    assert len({name.casefold() for name in TYPES}) == len(TYPES)
    for entity in TYPES.values():
        assert len({name.casefold() for name in entity.properties}) == len(entity.properties)


def test_reading_what_is_not_there_says_that_nothing_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(NothingLoadedError, match="graphkit load FOLDER"):
        EmbeddedStore(tmp_path / "graph.duckdb", read_only=True)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachableError, match=r"no folder .*missing"):
        EmbeddedStore(tmp_path / "missing" / "graph.duckdb")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is a folder"):
        EmbeddedStore(tmp_path)


@pytest.mark.parametrize("content", [b"", b"x", b"number,amount\n1,2\n" * 1000])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    for file in (tmp_path / "orders.csv", tmp_path / "graph.duckdb"):
        file.write_bytes(content)

        for read_only in (True, False):
            with pytest.raises(UnreadableError, match=f"{file.name}: is not a graphkit store"):
                EmbeddedStore(file, read_only=read_only)

        assert file.read_bytes() == content


def test_a_name_that_means_something_to_duckdb_is_only_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with EmbeddedStore(":memory:") as store:
        store.write(employees("kim"), run=1)

    assert names_in(tmp_path / ":memory:") == ["kim"]


def test_a_damaged_store_is_refused(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])

    with pytest.raises(UnreadableError, match=r"graph\.duckdb: .* is damaged"):
        EmbeddedStore(path)


def test_a_store_whose_rows_are_damaged_says_so_when_they_are_read(path: Path) -> None:
    with EmbeddedStore(path) as store:
        store.write(employees(*(f"e{number * 7919 % 99_991}" for number in range(50_000))), run=1)
    content = bytearray(path.read_bytes())
    for place in range(20_000, len(content), 5_000):
        content[place] ^= 0xFF
    path.write_bytes(content)

    def read() -> None:
        with EmbeddedStore(path) as store:
            store.read(Employee)

    with pytest.raises(UnreadableError, match=r"is damaged: Corrupt"):
        read()


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.duckdb"
    with duckdb.connect(str(file)) as other:
        other.execute("CREATE TABLE weather (day DATE)")

    with pytest.raises(UnreadableError, match="not a graphkit store"):
        EmbeddedStore(file)


def test_a_store_with_other_columns_is_refused(path: Path) -> None:
    with duckdb.connect(str(path)) as store:
        store.execute('ALTER TABLE "Employee" ADD COLUMN salary BIGINT')

    with pytest.raises(StoreUnreachableError, match="table Employee"):
        EmbeddedStore(path)


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody who is no administrator, to whom every file is open."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file modes")
def test_a_file_that_is_closed_to_the_user_says_so(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to others
        closed = Path(shutil.copy(path, folder))
        Path(folder).chmod(0o755)
        closed.chmod(0o444)
        with (
            without_rights(),
            pytest.raises(AccessRefusedError, match=r"may not be written|closed"),
        ):
            EmbeddedStore(closed)
        assert names_in(closed) == ["kim"]


# --- one writer, or several readers ---

HOLD = """
with EmbeddedStore(sys.argv[1]{options}) as store:
    print("ready", flush=True)
    time.sleep({seconds})
"""


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_that_another_process_writes_to_names_it(path: Path, *, read_only: bool) -> None:
    with (
        elsewhere(HOLD.format(options="", seconds=60), path) as writer,
        pytest.raises(StoreUnreachableError, match="is in use by") as caught,
    ):
        EmbeddedStore(path, read_only=read_only, wait=0.3)

    assert f"process {writer.pid} on " in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("message", "holder"),
    [
        (
            (
                "The process cannot access the file because it is used by another process.\n\n"
                "File is already open in \nC:\\Program Files\\Python\\python.exe (PID 1234)"
            ),
            "python.exe, process 1234 on ",
        ),
        ("Conflicting lock is held in PID 0.", "another program on "),
    ],
)
def test_the_holder_is_named_as_far_as_it_is_known(message: str, holder: str) -> None:
    assert holder_in(message).startswith(holder)


def test_a_writer_waits_until_the_other_process_is_done(path: Path) -> None:
    with (
        elsewhere(HOLD.format(options="", seconds=0.5), path),
        EmbeddedStore(path, wait=10) as store,
    ):
        assert store.write(employees("lee"), run=2) == Changes(added=1)


def test_two_processes_read_at_once_and_no_writer_comes_between(path: Path) -> None:
    with elsewhere(HOLD.format(options=", read_only=True", seconds=60), path) as reader:
        assert names_in(path) == ["kim"]
        with pytest.raises(StoreUnreachableError, match=f"process {reader.pid} on "):
            EmbeddedStore(path, wait=0.2)


def test_a_store_that_this_process_writes_to_is_not_read_beside_it(path: Path) -> None:
    with EmbeddedStore(path), pytest.raises(StoreUnreachableError, match="this process"):
        EmbeddedStore(path, read_only=True)


def test_a_closed_store_can_be_opened_again(path: Path) -> None:
    for _ in range(3):
        assert names_in(path) == ["kim"]


# --- transactions ---


def test_an_interrupt_leaves_nothing_behind(path: Path) -> None:
    def interrupted() -> None:
        with EmbeddedStore(path) as store, store.transaction():
            store.write(employees("lee"), run=2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert names_in(path) == ["kim"]


def test_a_batch_that_was_never_checked_is_not_half_written(path: Path) -> None:
    rows = employees("lee", "max").frame
    nameless, twice = rows.assign(name=[None, "max"]), rows.assign(id=["lee", "lee"])

    with EmbeddedStore(path) as store:
        with pytest.raises(duckdb.ConstraintException):
            store.write(Batch(Employee, nameless), run=2)
        with pytest.raises(ValueError, match="an id is there twice"):
            store.write(Batch(Employee, twice), run=2)
        assert store.write(employees("noa"), run=3) == Changes(added=1)

    assert names_in(path) == ["kim", "noa"]


def test_rows_are_changed_in_lists_and_texts_many_times_in_one_block(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "graph.duckdb") as store:
        with store.transaction():
            for number in range(5):
                name = f"Ace {number}"
                columns: dict[str, object] = {
                    "id": ["a"],
                    "name": [name],
                    "is_customer": [True],
                    "aliases": [[name]],
                }
                store.write(Batch.of(Company, columns), run=number)
        [row] = store.read(Company, ["name", "aliases"]).to_dict("records")
    assert row["name"] == "Ace 4"
    assert list(row["aliases"]) == ["Ace 4"]


# --- crashes and full disks ---

WRITE_AND_HANG = """
store = EmbeddedStore(sys.argv[1])
store.write(employees("committed", 3), run=2)
with store.next_run("load") as run, store.transaction():
    store.write(employees("lost", 50_000), run=run)
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("read_only", [False, True])
def test_a_kill_in_the_middle_of_a_write_leaves_what_was_committed(
    path: Path, *, read_only: bool
) -> None:
    with elsewhere(WRITE_AND_HANG, path) as writer:
        writer.kill()

    with EmbeddedStore(path, read_only=read_only) as store:
        assert list(store.read(Employee)["id"]) == [
            "committed0",
            "committed1",
            "committed2",
            "kim",
        ]
        assert store.unfinished() == "load"


WRITE_ON = """
store = EmbeddedStore(sys.argv[1])
print("ready", flush=True)
for number in range(10_000):
    with store.transaction():
        store.write(employees(f"first{number}-", 500), run=2)
        store.write(employees(f"second{number}-", 500), run=2)
"""


def test_a_kill_at_any_moment_leaves_whole_transactions(path: Path) -> None:
    for pause in (0.05, 0.3):
        with elsewhere(WRITE_ON, path) as writer, pytest.raises(subprocess.TimeoutExpired):
            writer.wait(pause)

        with EmbeddedStore(path) as store:
            assert (store.count(Employee) - 1) % 1000 == 0


FILL_UP = """
import resource
from graphkit.errors import StoreUnreachableError

store = EmbeddedStore(sys.argv[1])
room = os.path.getsize(sys.argv[1]) + 100_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
said = "nothing"
try:
    with store.next_run("load") as run:
        store.write(employees("too many", {rows}), run=run)
except StoreUnreachableError as error:
    said = str(error)
assert store.count(Employee) == 1, store.count(Employee)
store.close()
print("ready", flush=True)
print(said, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows limits no file's size")
@pytest.mark.parametrize("rows", [20_000, 300_000])
def test_a_full_disk_is_said_and_the_earlier_content_is_intact(path: Path, rows: int) -> None:
    with elsewhere(FILL_UP.format(rows=rows), path) as writer:
        assert writer.stdout is not None
        said = writer.stdout.readline()

    assert "could not be read or written" in said
    assert "File too large" in said
    assert "Try: make room on that disk" in said
    with EmbeddedStore(path) as store:
        assert store.count(Employee) == 1
        assert store.unfinished() == "load"
        assert store.write(employees("lee"), run=3) == Changes(added=1)


# --- versions ---

NEXT, LAST = SCHEMA_VERSION + 1, SCHEMA_VERSION + 2
TO_NEXT = Step(
    NEXT, "Say who is who", ('ALTER TABLE "Employee" RENAME COLUMN "name" TO full_name',)
)
TO_LAST = Step(
    LAST,
    "Take it back, and shout",
    (
        'ALTER TABLE "Employee" RENAME COLUMN full_name TO "name"',
        'UPDATE "Employee" SET "name" = upper("name")',
    ),
)


MIGRATE_WITHOUT_ROOM = """
import resource
from pathlib import Path
import duckdb
from graphkit.schema import SCHEMA_VERSION
from graphkit.store.migrations import Step, prepare

NEXT = SCHEMA_VERSION + 1
path = Path(sys.argv[1])
step = Step(NEXT, "Shout", ('UPDATE "Employee" SET "name" = upper("name")',))
with duckdb.connect(str(path)) as connection:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        prepare(connection, path, read_only=False, version=NEXT, steps=(step,))
    except duckdb.Error as error:
        assert "File too large" in str(error)
        print("ready", flush=True)
"""


def version_of(path: Path) -> str:
    with duckdb.connect(str(path)) as store:
        [(version,)] = store.execute('SELECT value FROM "Meta"').fetchall()
    return str(version)


def test_an_older_store_is_copied_and_brought_up_to_date_step_by_step(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        prepare(connection, path, read_only=False, version=LAST, steps=(TO_LAST, TO_NEXT))
        assert connection.execute('SELECT "name" FROM "Employee"').fetchall() == [("KIM",)]

    assert version_of(path) == str(LAST)
    copy = path.with_name(f"graph.duckdb.before-v{LAST}")
    assert names_in(copy) == ["kim"]
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, copy.name]


NEW_IN = {
    2: ("CreditedBy", "Balance", "PaidBetween", "Repeats", "ConflictsWith"),
    3: ("Signal", "HasSignal"),
    4: ("Told",),
}
"""The tables that each version brought."""


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_store_of_an_older_version_is_opened_with_its_rows(path: Path, version: int) -> None:
    bill = {"id": ["b:1"], "number": ["1"], "invoiced_on": [dt.date(2025, 1, 2)], "amount": [5]}
    with EmbeddedStore(path) as store:
        source = Source.of(system="b", kind="invoices", path="b.csv", content=b"b")
        store.write(Batch.of(Invoice, {**bill, "row": [2]}, source=source), run=1)
    with duckdb.connect(str(path)) as connection:
        later = [step for step in STEPS if step.version > version]
        for table in [name for step in later for name in NEW_IN[step.version]]:
            connection.execute(f'DROP TABLE "{table}"')
        for statement in [one for step in later for one in step.statements]:
            added = re.match(r'(ALTER TABLE "\w+") ADD (COLUMN "\w+")', statement)
            assert added, statement
            connection.execute(f"{added[1]} DROP {added[2]}")
        connection.execute('UPDATE "Meta" SET value = ?', [str(version)])

    with EmbeddedStore(path) as store:
        assert store.read(Invoice, ["id", "amount"]).to_numpy().tolist() == [["b:1", 5]]
        assert store.read(Invoice)["reference"].isna().all()
        assert [store.count(entity) for entity in (Balance, HasSignal)] == [0, 0]

    assert version_of(path) == str(SCHEMA_VERSION)


def test_a_store_on_the_way_takes_only_the_steps_it_lacks(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(TO_NEXT.statements[0])
        connection.execute('UPDATE "Meta" SET value = ?', [str(NEXT)])
        prepare(connection, path, read_only=False, version=LAST, steps=(TO_NEXT, TO_LAST))
        assert connection.execute('SELECT "name" FROM "Employee"').fetchall() == [("KIM",)]


def test_a_step_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    broken = Step(LAST, "Fail", ('UPDATE "Nobody" SET x = 1',))

    with duckdb.connect(str(path)) as connection, pytest.raises(duckdb.CatalogException):
        prepare(connection, path, read_only=False, version=LAST, steps=(TO_NEXT, broken))

    assert version_of(path) == str(SCHEMA_VERSION)
    assert names_in(path) == ["kim"]


@pytest.mark.skipif(os.name == "nt", reason="Windows limits no file's size")
def test_without_room_for_a_copy_an_older_store_stays_as_it_was(path: Path) -> None:
    with EmbeddedStore(path) as store:
        store.write(employees(*(f"e{number * 7919 % 99_991}" for number in range(50_000))), run=1)

    with elsewhere(MIGRATE_WITHOUT_ROOM, path):
        pass

    assert version_of(path) == str(SCHEMA_VERSION)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_older_store_is_not_read_without_bringing_it_up_to_date(path: Path) -> None:
    with (
        duckdb.connect(str(path), read_only=True) as connection,
        pytest.raises(StoreUnreachableError, match=rf"{SCHEMA_VERSION}, this graphkit has {NEXT}"),
    ):
        prepare(connection, path, read_only=True, version=NEXT, steps=(TO_NEXT,))


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_store_is_refused_and_both_versions_named(path: Path, *, read_only: bool) -> None:
    with EmbeddedStore(path) as store:
        store.set_all(Batch.of(Meta, {"id": ["schema_version"], "value": ["99"]}), run=1)

    expected = re.escape(f"schema version 99, this graphkit knows up to {SCHEMA_VERSION}")
    with pytest.raises(StoreUnreachableError, match=expected):
        EmbeddedStore(path, read_only=read_only)

    assert version_of(path) == "99"


@pytest.fixture
def heeded_ctrl_c() -> Iterator[None]:
    """Ctrl-C means what it says, also where the tests run in the background and would ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded_ctrl_c")
def test_ctrl_c_within_a_query_is_ctrl_c_and_no_error_of_the_store(tmp_path):
    def press(number: int) -> int:
        signal.raise_signal(signal.SIGINT)
        return number

    with duckdb.connect(config={"threads": 1}) as connection:
        connection.create_function("press", press)
        with pytest.raises(KeyboardInterrupt), clear_failures(tmp_path / "graph.duckdb"):
            connection.execute("SELECT sum(press(range)) FROM range(5)").fetchall()


class Interrupted:
    """A connection in all of whose statements Ctrl-C is pressed, as DuckDB says that."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def execute(self, *_: object) -> None:
        raise RuntimeError("Query interrupted")

    sql = execute


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.count(Invoice),
        lambda store: store.read(Invoice),
        lambda store: store.values(Invoice, "number"),
        lambda store: store.still_there(Batch.of(Invoice, {}), Scope(("file",))),
        lambda store: store.write(employees("Kim"), run=1),
    ],
    ids=["count", "read", "values", "still_there", "write"],
)
def test_ctrl_c_is_ctrl_c_whatever_is_asked(
    path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[EmbeddedStore], object]
) -> None:
    with EmbeddedStore(path) as store:
        connection = store._connection  # noqa: SLF001 - no query is long enough to press in time
        monkeypatch.setattr(store, "_connection", Interrupted(connection))

        with pytest.raises(KeyboardInterrupt):
            ask(store)
