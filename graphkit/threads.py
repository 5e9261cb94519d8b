"""Work of Arrow and numpy side by side: both let other threads go on while they work."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
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
