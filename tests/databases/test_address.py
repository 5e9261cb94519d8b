"""Where a database is said to be, and that no message repeats a password."""

from pathlib import Path

import pytest

from graphkit.databases import Databases
from graphkit.databases.statement import only_reading
from graphkit.errors import GraphkitError, UsageError
from graphkit.workspace import read_settings
from tests.command_line import Run
from tests.small_erp import workspace, written

SECRET = "s3cret"  # noqa: S105 - which must show nowhere


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql+psycopg://reader:{SECRET}@host/db",
        f"postgresql://:{SECRET}@host/db",
        f"reader:{SECRET}@host/db",
        f"postgresql://reader@host/db?password={SECRET}",
        f"postgresql://reader@host/db?sslmode=require&sslpassword={SECRET}",
        f"mssql+pyodbc:///?odbc_connect=DRIVER%3DX%3BUID%3Da%3BPWD%3D{SECRET}",
    ],
)
def test_a_password_in_the_settings_is_refused_and_not_repeated(
    tmp_path: Path, address: str
) -> None:
    work = workspace(tmp_path, address)

    with pytest.raises(UsageError, match=r"erp in \[databases\] holds a password") as refused:
        read_settings(work / "graphkit.toml")

    assert SECRET not in str(refused.value)
    assert "GRAPHKIT_ERP_PASSWORD" in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://reader@host/db",
        "postgresql://host:5432/db",
        "mssql+pyodbc://reader@host/db?driver=ODBC+Driver+18+for+SQL+Server",
        "sqlite:///data/erp.db",
        "sqlite:///C:/data/erp.db",
        "sqlite:////srv/data/erp.db",
    ],
)
def test_an_address_without_a_password_is_taken(tmp_path: Path, address: str) -> None:
    settings = read_settings(workspace(tmp_path, address) / "graphkit.toml")

    assert settings.databases == {"erp": address}


@pytest.mark.parametrize("name", ["neo4j", "ERP", "a-b", "'a b'"])
def test_a_name_that_makes_no_variable_of_its_own_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "graphkit.toml"
    path.write_text(f'[databases]\n{name} = "sqlite:///a.db"\n', "utf-8")

    with pytest.raises(UsageError, match="is no name for a database"):
        read_settings(path)


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://reader:{SECRET}@host:port/db",
        f"postgresql://reader:a@{SECRET}:1@host/db",
        f"reader:{SECRET}@host",
        f"oracle://reader:{SECRET}@host/db",
        f"postgresql+nodriver://reader:{SECRET}@host/db",
        f"mysql+pymysql://reader:{SECRET}@127.0.0.1:1/db",
        f"postgresql://reader:{SECRET}@127.0.0.1:1/db?nosuchoption={SECRET}",
        f"postgresql://reader:{SECRET}@127.0.0.1:1/db?sslpassword={SECRET}&connect_timeout=x",
    ],
)
def test_a_bad_address_in_the_environment_is_refused_and_not_repeated(
    graphkit: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("GRAPHKIT_ERP_URL", address)

    done = graphkit("-w", tmp_path / "work", "load", written(tmp_path))

    assert done.code in (2, 3)
    assert "orders.toml, database erp" in done.err
    assert SECRET not in done.out + done.err
    assert not (tmp_path / "work").exists()


def test_a_database_that_nobody_knows_gets_the_nearest_and_how_to_add_it() -> None:
    known = Databases(addresses={"erp": "sqlite:///erp.db"})

    with pytest.raises(GraphkitError, match=r"Did you mean 'erp'\?.*GRAPHKIT_ERPP_URL"):
        known.named("erpp", "orders.toml")


def test_a_file_of_sqlite_that_is_not_there_is_not_made(graphkit: Run, tmp_path: Path) -> None:
    work = workspace(tmp_path / "work", "sqlite:///erp.db")

    done = graphkit("-w", work, "load", written(tmp_path))

    assert done.code == 3
    assert f"there is no file {work / 'erp.db'}" in done.err
    assert not (work / "erp.db").exists()


def test_a_file_that_is_no_database_says_so(graphkit: Run, tmp_path: Path) -> None:
    work = workspace(tmp_path / "work", "sqlite:///erp.db")
    (work / "erp.db").write_text("no database at all, but long enough to look at" * 20, "utf-8")

    done = graphkit("-w", work, "load", written(tmp_path))

    assert done.code == 1
    assert "file is not a database" in done.err


def test_a_mapping_without_a_query_is_no_export(graphkit: Run, tmp_path: Path) -> None:
    path = tmp_path / "files.toml"
    path.write_text('system = "a"\nkind = "orders"\n', "utf-8")

    done = graphkit("-w", tmp_path / "work", "load", path)

    assert done.code == 2
    assert "names no query. Try: graphkit" in done.err


def test_a_query_without_a_database_says_how_to_name_one(graphkit: Run, tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace('database = "erp"', ""), "utf-8")

    done = graphkit("-w", tmp_path / "work", "load", path)

    assert done.code == 2
    assert 'add database = "erp"' in done.err


@pytest.mark.parametrize(
    ("query", "dialect"),
    [
        ("SELECT 'a;b' AS x", "postgresql"),
        ("-- why; so\nSELECT 1;", "postgresql"),
        ("(SELECT 1) UNION (SELECT 2)", "postgresql"),
        ("/* a; */ WITH x AS (SELECT 1) SELECT * FROM x", "sqlite"),
        ("SELECT [Into], 'DELETE it' AS \"Exec\", last_update FROM t", "mssql"),
    ],
)
def test_one_statement_that_reads_is_taken(query: str, dialect: str) -> None:
    assert only_reading(query, dialect, "m.toml") == query.removesuffix(";")


@pytest.mark.parametrize(
    ("query", "dialect"),
    [
        ("", "sqlite"),
        ("UPDATE t SET a = 1", "sqlite"),
        ("SELECTED", "sqlite"),
        ("SELECT 1; SELECT 2", "sqlite"),
        ("SELECT 1;;", "sqlite"),
        ("-- SELECT\nDROP TABLE t", "postgresql"),
        ("SELECT * INTO copy FROM t", "mssql"),
        ("SELECT 1 DELETE FROM t", "mssql"),
        ("SELECT 1 EXEC('DELETE FROM t')", "mssql"),
        ("SELECT 1 INTO OUTFILE '/tmp/x'", "mysql"),
        ("SELECT 1 /*!INTO OUTFILE '/tmp/x'*/", "mariadb"),
    ],
)
def test_what_could_write_is_refused_before_a_database_sees_it(query: str, dialect: str) -> None:
    with pytest.raises(UsageError):
        only_reading(query, dialect, "m.toml")
