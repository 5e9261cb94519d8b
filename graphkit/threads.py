"""Work of Arrow and numpy side by side: both let other threads go on while they work."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_One = TypeVar("_One")
_Made = TypeVar("_Made")

_POOL = ThreadPoolExecutor(thread_name_prefix="graphkit")  # of which each thread begins when needed


_MANY = 2_000
"""Rows; of fewer, all of the work takes less than handing it to another thread."""


def side_by_side(
    work: Callable[[_One], _Made], things: Iterable[_One], *, rows: int = _MANY
) -> list[_Made]:
    """What some work makes of each of several things, in their order.

    Args:
        work: A function that starts no work of this sort itself: it would wait for its own thread.
        things: What to work on.
        rows: How many rows each of them has; of few, one is worked on after another.

    Raises:
        Exception: Whatever the work on one of them raises.
    """
    return list(map(work, things) if rows < _MANY else _POOL.map(work, things))


def begun(work: Callable[[_One], _Made], thing: _One, *, rows: int = _MANY) -> Future[_Made]:
    """The same of one thing, while the caller goes on; `result` waits for it."""
    if rows >= _MANY:
        return _POOL.submit(work, thing)
    done: Future[_Made] = Future()
    done.set_result(work(thing))
    return done


def ahead(
    work: Callable[[_One], _Made], things: Sequence[_One]
) -> Iterator[tuple[_One, Future[_Made]]]:
    """Things with what some work makes of each: the next is begun while the caller has one.

    Args:
        work: As in `side_by_side`.
        things: What to work on; the first is begun at once.
    """
    waiting = deque(begun(work, one) for one in things[:1])

    def in_turn() -> Iterator[tuple[_One, Future[_Made]]]:
        for at, one in enumerate(things):
            waiting.extend(begun(work, following) for following in things[at + 1 : at + 2])
            yield one, waiting.popleft()

    return in_turn()
