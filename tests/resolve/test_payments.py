import dataclasses
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.resolve import settle
from graphkit.schema import MONEY_UNIT, Invoice, Payment, frame_of

FIRST = dt.date(2025, 1, 1)


@dataclasses.dataclass
class Books:
    """Invoices and payments by number, with days counted from the first of January."""

    bills: list[dict[str, object]] = dataclasses.field(default_factory=list)
    money: list[dict[str, object]] = dataclasses.field(default_factory=list)

    def bill(
        self, number: str, amount: float, day: int, left: float | None = None, who: str = "a"
    ) -> "Books":
        self.bills.append(
            {
                "id": f"i{number}",
                "number": number,
                "account": who,
                "invoiced_on": FIRST + dt.timedelta(days=day),
                "amount": round(amount * MONEY_UNIT),
                "open_amount": None if left is None else round(left * MONEY_UNIT),
                "currency": "USD",
            }
        )
        return self

    def pay(
        self, number: str, amount: float, day: int, names: str | None = None, who: str = "a"
    ) -> "Books":
        self.money.append(
            {
                "id": f"p{number}",
                "account": who,
                "paid_on": FIRST + dt.timedelta(days=day),
                "amount": round(amount * MONEY_UNIT),
                "currency": "USD",
                "reference": names,
            }
        )
        return self

    def frame(self) -> pd.DataFrame:
        bills, money = (
            {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}
            for rows in (self.bills, self.money)
        )
        return settle(frame_of(Invoice, bills), frame_of(Payment, money), {"a2": "a"})

    def settled(self) -> set[tuple[str, str, float, bool]]:
        rows = self.frame()
        amounts = rows["amount"].astype(float) / MONEY_UNIT
        return set(zip(rows["from_id"], rows["to_id"], amounts, rows["inferred"], strict=True))


@pytest.mark.parametrize(
    "names", ["9002", "INV 9002", "Invoice #09002", "inv-9002", "pays INV 9002"]
)
def test_a_payment_settles_the_invoice_that_it_names(names: str) -> None:
    books = Books().bill("9001", 100, 0).bill("9002", 100, 5).pay("1", 100, 30, names)

    assert books.settled() == {("i9002", "p1", 100, False)}


def test_without_a_reference_the_exact_amount_says_which(  # and the oldest, of equal ones
) -> None:
    books = Books().bill("1", 70, 0).bill("2", 50, 1).bill("3", 50, 2).pay("1", 50, 30)

    assert books.settled() == {("i2", "p1", 50, True)}


def test_one_payment_settles_several_invoices_that_add_up_in_order() -> None:
    books = Books().bill("1", 70, 0).bill("2", 50, 1).bill("3", 30, 2).pay("1", 80, 30)

    assert books.settled() == {("i2", "p1", 50, True), ("i3", "p1", 30, True)}


def test_what_fits_nothing_goes_to_the_oldest() -> None:
    books = Books().bill("1", 70, 0).bill("2", 50, 1).pay("1", 90, 30)

    assert books.settled() == {("i1", "p1", 70, True), ("i2", "p1", 20, True)}


def test_partial_payments_add_up_to_the_invoice() -> None:
    books = Books().bill("1", 100, 0).pay("1", 60, 10, "1").pay("2", 60, 20, "1")

    assert books.settled() == {("i1", "p1", 60, False), ("i1", "p2", 40, False)}


def test_a_payment_never_settles_a_younger_invoice() -> None:
    assert Books().bill("1", 100, 40).pay("1", 100, 30).settled() == set()


def test_a_payment_settles_no_other_companys_invoice_but_any_account_of_its_own() -> None:
    books = Books().bill("1", 100, 0, who="a2").bill("2", 100, 0, who="b").pay("1", 100, 9, who="a")

    assert books.settled() == {("i1", "p1", 100, True)}


def test_an_invoice_that_the_export_shows_open_waits() -> None:
    books = Books().bill("1", 100, 0, left=100).bill("2", 100, 5, left=0).pay("1", 100, 30)

    assert books.settled() == {("i2", "p1", 100, True)}


def test_no_payments_settle_nothing() -> None:
    assert Books().bill("1", 100, 0).settled() == set()
    assert Books().pay("1", 100, 0).settled() == set()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 30)), max_size=8),
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 40)), max_size=8),
)
def test_no_invoice_is_overpaid_and_no_payment_overspent(
    bills: list[tuple[int, int]], money: list[tuple[int, int]]
) -> None:
    books = Books()
    for i, (amount, day) in enumerate(bills):
        books.bill(str(i), amount, day)
    for i, (amount, day) in enumerate(money):
        books.pay(str(i), amount, day)

    rows = books.frame()

    due = {f"i{i}": amount * MONEY_UNIT for i, (amount, _) in enumerate(bills)}
    had = {f"p{i}": amount * MONEY_UNIT for i, (amount, _) in enumerate(money)}
    assert (rows["amount"] > 0).all()
    assert all(total <= due[one] for one, total in rows.groupby("from_id")["amount"].sum().items())
    assert all(total <= had[one] for one, total in rows.groupby("to_id")["amount"].sum().items())
