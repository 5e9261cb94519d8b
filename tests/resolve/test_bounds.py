"""Between which days an invoice was paid."""

import datetime as dt

import pytest

from graphkit.resolve import paid_between
from graphkit.schema import Balance, File, Invoice, frame_of

JANUARY, MARCH = dt.date(2025, 1, 31), dt.date(2025, 3, 31)


def bounded(open_amount: int | None, shown: dt.date | None) -> list[tuple[dt.date, dt.date]]:
    """Bounds of an invoice open in January, of which a list of all invoices says something."""
    bills = {
        "id": ["i"],
        "account": ["a"],
        "amount": [500],
        "open_amount": [open_amount],
        "file_id": ["all"],
    }
    lists = {"id": ["i@"], "invoice": ["i"], "on": [JANUARY], "file_id": ["open"]}
    files = {"id": ["all", "open"], "instance": ["books", "books"], "as_of": [shown, JANUARY]}
    found = paid_between(
        frame_of(Invoice, bills), frame_of(Balance, lists), frame_of(File, files), {"a": "a"}
    )
    return list(zip(found["after"], found["by"], strict=True))


def test_a_later_list_of_all_invoices_with_nothing_open_bounds_the_day() -> None:
    assert bounded(0, MARCH) == [(JANUARY, MARCH)]


@pytest.mark.parametrize(
    ("open_amount", "shown"),
    [(500, MARCH), (0, None), (0, dt.date(2025, 1, 1)), (None, MARCH)],
)
def test_what_is_open_or_of_no_later_day_bounds_nothing(
    open_amount: int | None, shown: dt.date | None
) -> None:
    assert bounded(open_amount, shown) == []
