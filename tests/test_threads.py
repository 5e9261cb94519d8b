"""Work side by side: its results come in order, and its errors where they are asked for."""

import threading

import pytest

from graphkit.threads import ahead


def test_the_next_thing_is_worked_on_while_the_caller_has_one_and_no_further() -> None:
    begun = {one: threading.Event() for one in range(4)}

    def work(one: int) -> int:
        begun[one].set()
        return one * one

    made = ahead(work, [*begun])

    assert begun[0].wait(timeout=10)  # before anything is asked for
    assert not begun[1].is_set()
    for at, (one, square) in enumerate(made):
        assert square.result(timeout=10) == one * one
        assert at == len(begun) - 1 or begun[at + 1].wait(timeout=10)
        assert all(not begun[later].is_set() for later in range(at + 2, len(begun)))


def test_an_error_is_that_of_its_own_thing() -> None:
    made = dict(ahead(lambda one: 1 // one, [1, 0, 2]))

    assert made[2].result() == 0
    with pytest.raises(ZeroDivisionError):
        made[0].result()


def test_nothing_is_begun_when_there_is_nothing() -> None:
    assert list(ahead(str, [])) == []
