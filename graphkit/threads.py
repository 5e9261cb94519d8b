"""Work of Arrow and numpy side by side: both let other threads go on while they work."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_One = TypeVar("_One")
_Made = TypeVar("_Made")

_POOL = ThreadPoolExecutor(thread_name_prefix="graphkit")  # of which each thread begins when needed


def side_by_side(work: Callable[[_One], _Made], things: Iterable[_One]) -> list[_Made]:
    """What some work makes of each of several things, in their order.

    Args:
        work: A function that starts no work of this sort itself: it would wait for its own thread.
        things: What to work on.

    Raises:
        Exception: Whatever the work on one of them raises.
    """
    return list(_POOL.map(work, things))


def begun(work: Callable[[_One], _Made], thing: _One) -> Future[_Made]:
    """The same of one thing, while the caller goes on; `result` waits for it."""
    return _POOL.submit(work, thing)
