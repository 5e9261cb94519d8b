"""What a Neo4j or the way to it cannot do, in graphkit's words: the cause, and what to do next."""

import contextlib
import re
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Forbidden,
    ForbiddenOnReadOnlyDatabase,
    Neo4jError,
    TransientError,
    UnsupportedServerProduct,
)

from graphkit.errors import AccessRefusedError, GraphkitError, StoreUnreachableError, UsageError

LEAST_VERSION = (5, 24)
"""The first Neo4j that knows all Cypher here: recipes have `CALL (x) {...}`, and ORDER BY alone."""

_AGAIN = "run the command again; it goes on where it stopped"
_HERE = "graphkit neo4j status; graphkit neo4j up"
_ELSEWHERE = "look whether the address is right and the server is up"
_NEWER = "a newer server, or one on this machine: graphkit neo4j up"


def check_version(agent: str, where: str) -> None:
    """Refuse a server that is too old for the Cypher here.

    Args:
        agent: How the server calls itself, such as Neo4j/5.26.30.
        where: Its address.

    Raises:
        StoreUnreachableError: It is; with its version and the least one.
    """
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found and (int(found[1]), int(found[2])) < LEAST_VERSION:
        raise _too_old(f"this is {agent.replace('/', ' ')}", where)


def _too_old(what: str, where: str) -> StoreUnreachableError:
    major, minor = LEAST_VERSION
    return StoreUnreachableError(
        f"{what}; graphkit needs Neo4j {major}.{minor} or later", where=where, next_step=_NEWER
    )


@contextlib.contextmanager
def clear_mistakes() -> Iterator[None]:
    """Say what is wrong with a query that a person wrote."""
    try:
        yield
    except (AuthError, Forbidden):
        raise
    except ClientError as problem:
        raise UsageError(f"Neo4j does not take this query: {problem.message}") from problem


@contextlib.contextmanager
def clear_failures(where: str) -> Iterator[None]:
    """Say in graphkit's words what the driver or the server could not do.

    A mistake of ours in a statement keeps its traceback.

    Args:
        where: Address of the server.

    Raises:
        AccessRefusedError: It refuses the user, the password, or to be written.
        StoreUnreachableError: It does not answer, or cannot do it now.
        UsageError: The address cannot be used.
    """
    try:
        yield
    except Neo4jError as problem:
        told = _refused(problem, where) or _undone(problem, where)
        if told is None and isinstance(problem, ClientError):
            raise
        raise (told or _failed(problem, where)) from problem
    except UnsupportedServerProduct as problem:
        spoken = f"the server speaks no Bolt that driver {neo4j.__version__} knows"
        raise _too_old(spoken, where) from problem
    except ConfigurationError as problem:
        raise UsageError(f"is not a usable address: {problem}", where=where) from problem
    except (DriverError, OSError) as problem:
        raise _unreachable(problem, where) from problem


def _failed(problem: Neo4jError, where: str) -> GraphkitError:
    return GraphkitError(
        f"Neo4j failed: {problem.message}", where=where, next_step="the log of the server says more"
    )


def _refused(problem: Neo4jError, where: str) -> GraphkitError | None:
    """The server does not let this user do it, or nobody, or has no such database."""
    if is_read_only(problem):
        return AccessRefusedError(
            f"the database is only to be read: {problem.message}",
            where=where,
            next_step="another database; or on the server take it out of"
            " server.databases.read_only in neo4j.conf, or ALTER DATABASE ... SET ACCESS READ "
            "WRITE",
        )
    of_security = (problem.code or "").startswith("Neo.ClientError.Security.")
    if of_security or isinstance(problem, AuthError | Forbidden):
        return AccessRefusedError(
            f"Neo4j refuses access: {problem.message}",
            where=where,
            next_step=f"graphkit neo4j login {where}, or set GRAPHKIT_NEO4J_USER and "
            "GRAPHKIT_NEO4J_PASSWORD",
        )
    if problem.code == "Neo.ClientError.Database.DatabaseNotFound":
        return UsageError(
            f"there is no such database: {problem.message}",
            where=where,
            next_step="its name at the end of the address; SHOW DATABASES in Browser lists them",
        )
    return None


def _undone(problem: Neo4jError, where: str) -> GraphkitError | None:
    """The server undid the transaction; what was committed before is there."""
    if is_memory(problem):
        return StoreUnreachableError(
            f"Neo4j has too little memory for this transaction: {problem.message}",
            where=where,
            next_step="graphkit neo4j down, graphkit neo4j up --memory 2g, then the command again; "
            "on a server elsewhere raise the limit that is named; or load fewer files at a time",
        )
    if isinstance(problem, ConstraintError):
        return StoreUnreachableError(
            f"another graphkit wrote the same rows at the same time: {problem.message}",
            where=where,
            next_step=_AGAIN,
        )
    ended = (problem.code or "").startswith("Neo.ClientError.Transaction.")
    if ended or isinstance(problem, TransientError):
        return StoreUnreachableError(cause_of(problem), where=where, next_step=_AGAIN)
    return None


def _unreachable(problem: Exception, where: str) -> GraphkitError:
    """The way to the server, or the server, is not there."""
    for one in _chain(problem):
        if isinstance(one, ssl.SSLCertVerificationError):
            return StoreUnreachableError(
                f"the server's certificate does not verify: {one.verify_message}",
                where=where,
                next_step="SSL_CERT_FILE with the certificate of who signed it; or, where nobody "
                "can stand between, +ssc instead of +s in the address, which believes any",
            )
        if isinstance(one, ssl.SSLError):
            return StoreUnreachableError(
                f"there is no encrypted connection: {one.reason}",
                where=where,
                next_step=f"{_AGAIN}; or the address without +s, where the server does not encrypt",
            )
    return StoreUnreachableError(
        cause_of(problem),
        where=where,
        next_step=f"{_HERE if _is_here(where) else _ELSEWHERE}; then the command again, which goes "
        "on where it stopped",
    )


def _is_here(where: str) -> bool:
    return urlsplit(where).hostname in {"localhost", "127.0.0.1", "::1"}


def cause_of(problem: Exception) -> str:
    """Why something failed, in one line."""
    if isinstance(problem, Neo4jError):
        said = (problem.message or "").partition("\n")[0].rstrip(".")
        if problem.code == "Neo.TransientError.Transaction.DeadlockDetected":
            said = "another load and this one wait for each other"
        return f"Neo4j could not do it now: {said}"
    system = (_in_words(one) for one in _chain(problem) if isinstance(one, OSError))
    return f"Neo4j does not answer: {next(system, str(problem))}".partition("\n")[0].rstrip(":")


def _in_words(problem: OSError) -> str:
    """What the system says of a connection; the driver makes one up where it ended silently."""
    if isinstance(problem, TimeoutError):
        return "timed out"
    return problem.strerror or "the connection was lost"


def is_read_only(problem: Neo4jError) -> bool:
    """Whether nobody may write that database; a cluster and a single server say so differently."""
    single = "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase"
    return isinstance(problem, ForbiddenOnReadOnlyDatabase) or problem.code == single


def is_memory(problem: Exception) -> bool:
    """Whether a transaction needed more memory than the server has for it."""
    return isinstance(problem, Neo4jError) and "OutOfMemory" in (problem.code or "")


def is_unverified(problem: Exception) -> bool:
    """Whether it is not certain who answers, which stays so."""
    return any(isinstance(one, ssl.SSLCertVerificationError) for one in _chain(problem))


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    """A failure and all that it comes from; routing tries several servers, each with its own."""
    if problem is None:
        return
    yield problem
    if isinstance(problem, BaseExceptionGroup):
        for one in problem.exceptions:
            yield from _chain(one)
    yield from _chain(problem.__cause__ or problem.__context__)
