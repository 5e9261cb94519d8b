"""Trying again what a Neo4j could not do just now: how often, how long, and saying so."""

import time
from collections.abc import Callable
from typing import TypeVar

from neo4j.exceptions import (
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graphkit.store.failures import cause_of, is_memory, is_read_only, is_unverified

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0)
"""Seconds before each further try; a minute in all, in which a server has started again."""

Say = Callable[[str], None]
"""Takes a line of progress."""
T = TypeVar("T")


class Patience:
    """How often something is still tried again.

    Args:
        say: Told of every further try, and when one succeeded.
    """

    def __init__(self, say: Say) -> None:
        self._say = say
        self._tries = 0

    def after(self, problem: DriverError | Neo4jError) -> None:
        """Wait before the next try, or raise what failed when there is to be none."""
        if self._tries == len(PAUSES) or not passes(problem):
            raise problem
        pause = PAUSES[self._tries]
        self._tries += 1
        self._say(
            f"{cause_of(problem)}; trying again in {pause:g} s ({self._tries} of {len(PAUSES)})"
        )
        time.sleep(pause)

    def renew(self) -> None:
        """It was done, or has come further: what fails next is the first failure of something."""
        if self._tries:
            self._say("Neo4j answers again; going on")
        self._tries = 0


def patiently(attempt: Callable[[], T], *, say: Say) -> T:
    """What an attempt returns; it is made again while what failed may pass by itself.

    Args:
        attempt: Leaves nothing half done when it fails.
        say: Told of every further try, and when one succeeded.

    Raises:
        DriverError: The server does not answer, at the last try either.
        Neo4jError: It refuses, for a reason that stays; or at the last try too.
    """
    patience = Patience(say)
    while True:
        try:
            found = attempt()
        except (DriverError, Neo4jError) as problem:
            patience.after(problem)
        else:
            patience.renew()
            return found


def passes(problem: DriverError | Neo4jError) -> bool:
    """Whether a failure may pass by itself: a lost connection, a deadlock, a server that starts.

    Memory that was too little, a database that is only read, and a certificate stay as they are.
    """
    if isinstance(problem, Neo4jError):
        stays = is_read_only(problem) or is_memory(problem)
        return problem.is_retryable() and not stays
    lost = (ServiceUnavailable, SessionExpired, ConnectionAcquisitionTimeoutError)
    return isinstance(problem, lost) and not is_unverified(problem)
