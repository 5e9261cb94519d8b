"""Fixtures: a real PostgreSQL for the whole run, in a temporary folder, and a database to fill.

It asks for passwords (SCRAM), so that a wrong one is really refused.
"""

import dataclasses
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

_OWNER = "owner"
_PASSWORD = "p@ss/w:rd %41+é"  # noqa: S105 - of a server of the tests' own; each sign means something in an address
_WHERE_DEBIAN_HAS_IT = Path("/usr/lib/postgresql")


@dataclasses.dataclass(frozen=True)
class Postgres:
    """A running server, or a database of it.

    Attributes:
        port: On 127.0.0.1.
        database: Name of the database.
        user: Owns it: only graphkit itself keeps its hands off.
        password: Of the user.
    """

    port: int
    database: str = "postgres"
    user: str = _OWNER
    password: str = _PASSWORD

    @property
    def address(self) -> str:
        """As it stands in graphkit.toml."""
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{self.database}"

    def connect(self) -> psycopg.Connection:
        """A connection on which each statement stands at once."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            dbname=self.database,
            user=self.user,
            password=self.password,
            autocommit=True,
        )


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version that is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    kept = sorted(_WHERE_DEBIAN_HAS_IT.glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    return kept[-1].parent if kept else None


def _account() -> dict[str, object]:
    """Whom the server runs as: PostgreSQL refuses root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - not on Windows

    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A running PostgreSQL; in CI a missing one is a failure, elsewhere a skip that says so."""
    programs = _programs()
    if programs is None:
        message = "no PostgreSQL on this machine: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    account = _account()
    # Not below pytest's folder, into which only the user who runs the tests may look.
    with tempfile.TemporaryDirectory(prefix="graphkit-postgres-") as name:
        folder = Path(name)
        secret = folder / "password"
        secret.write_text(_PASSWORD, "utf-8")
        if account:
            for path in (folder, secret):
                os.chown(path, account["user"], account["group"])

        def run(program: str, *arguments: str) -> None:
            subprocess.run(  # noqa: S603 - PostgreSQL's own programs
                [str(programs / program), *arguments],
                check=True,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                **account,
            )

        data, log, port = str(folder / "data"), str(folder / "log"), _free_port()
        run(
            "initdb", "--pgdata", data, "--username", _OWNER, "--pwfile", str(secret),
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        options = f"-p {port} -h 127.0.0.1 -k '' -F"
        run("pg_ctl", "start", "--wait", "--pgdata", data, "--log", log, "--options", options)
        try:
            yield Postgres(port)
        finally:
            run("pg_ctl", "stop", "--pgdata", data, "--mode", "immediate")


@pytest.fixture
def postgres(postgres_server: Postgres, request: pytest.FixtureRequest) -> Iterator[Postgres]:
    """An empty database of the test's own."""
    name = sql.Identifier(f"of_{abs(hash(request.node.nodeid)):x}")
    with postgres_server.connect() as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        yield dataclasses.replace(postgres_server, database=name.as_string().strip('"'))
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
