import dataclasses
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.resolve.payments import Settlement, settle
from graphkit.schema import MONEY_UNIT, Invoice, Payment, frame_of

FIRST = dt.date(2025, 1, 1)


@dataclasses.dataclass
class Books:
    """Invoices and payments by number, with days counted from the first of January."""

    bills: list[dict[str, object]] = dataclasses.field(default_factory=list)
    money: list[dict[str, object]] = dataclasses.field(default_factory=list)

    def bill(
        self,
        number: str,
        amount: float,
        day: int,
        left: float | None = None,
        who: str = "a",
        **also: object,
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
                "paid_on": None,
                "reference": None,
                **also,
            }
        )
        return self

    def pay(
        self,
        number: str,
        amount: float,
        day: int,
        names: str | None = None,
        who: str = "a",
        **also: object,
    ) -> "Books":
        self.money.append(
            {
                "id": f"p{number}",
                "account": who,
                "paid_on": FIRST + dt.timedelta(days=day),
                "amount": round(amount * MONEY_UNIT),
                "currency": "USD",
                "reference": names,
                **also,
            }
        )
        return self

    def settlement(self) -> Settlement:
        bills, money = (
            {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}
            for rows in (self.bills, self.money)
        )
        return settle(frame_of(Invoice, bills), frame_of(Payment, money), {"a2": "a"})

    def frame(self) -> pd.DataFrame:
        return self.settlement().paid

    def credited(self) -> set[tuple[str, str, float, bool]]:
        return _told(self.settlement().credited)

    def settled(self) -> set[tuple[str, str, float, bool]]:
        return _told(self.frame())


def _told(rows: pd.DataFrame) -> set[tuple[str, str, float, bool]]:
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


def test_of_an_overpayment_the_rest_goes_to_the_next_invoice_or_stays() -> None:
    paid = Books().bill("1", 100, 0).pay("1", 120, 30, "1")

    assert paid.settled() == {("i1", "p1", 100, False)}
    assert paid.bill("2", 50, 10).settled() == {("i1", "p1", 100, False), ("i2", "p1", 20, True)}


def test_a_payment_that_names_several_invoices_settles_each() -> None:
    books = Books().bill("901", 70, 0).bill("902", 50, 1).bill("903", 50, 1)

    assert books.pay("1", 120, 30, "901, 903").settled() == {
        ("i901", "p1", 70, False),
        ("i903", "p1", 50, False),
    }


@pytest.mark.parametrize("names", [None, "1"])
def test_a_payment_in_another_currency_settles_nothing(names: str | None) -> None:
    assert Books().bill("1", 100, 0).pay("1", 100, 30, names, currency="EUR").settled() == set()


def test_a_credit_memo_reduces_the_invoice_that_it_names_and_is_no_payment() -> None:
    books = Books().bill("1", 100, 0).bill("2", 100, 5).bill("c", -30, 9, reference="INV 2")

    assert books.credited() == {("i2", "ic", 30, False)}
    assert books.settled() == set()
    assert books.pay("1", 70, 30).settled() == {("i2", "p1", 70, True)}


def test_a_credit_memo_of_the_whole_amount_takes_back_the_invoice_before_it() -> None:
    books = Books().bill("1", 100, 0).bill("2", 100, 5).bill("c", -100, 9).bill("3", 100, 12)

    assert books.credited() == {("i2", "ic", 100, True)}
    assert books.pay("1", 200, 40).settled() == {("i1", "p1", 100, True), ("i3", "p1", 100, True)}


def test_a_customer_takes_a_credit_memo_off_what_it_pays() -> None:
    books = Books().bill("1", 55, 0).bill("2", 100, 5).bill("c", -30, 9).pay("1", 70, 40)

    assert books.credited() == {("i2", "ic", 30, True)}
    assert books.settled() == {("i2", "p1", 70, True)}


def test_a_credit_memo_that_the_export_shows_open_reduces_nothing_yet() -> None:
    books = Books().bill("1", 100, 0, left=100).bill("c", -100, 9, left=-100)

    assert books.credited() == set()


def test_a_credit_memo_in_another_currency_reduces_nothing() -> None:
    books = Books().bill("1", 100, 0).bill("c", -100, 9, currency="EUR", reference="1")

    assert books.credited() == set()


def test_the_day_on_which_an_export_says_an_invoice_was_paid_wins_over_age() -> None:
    books = Books().bill("1", 100, 0, paid_on=FIRST + dt.timedelta(days=10))
    books.bill("2", 100, 5).pay("1", 100, 60)

    assert books.settled() == {("i2", "p1", 100, True)}


def test_of_equal_invoices_a_payment_goes_to_the_one_said_to_be_paid_that_day() -> None:
    books = Books().bill("1", 100, 0).bill("2", 100, 5, paid_on=FIRST + dt.timedelta(days=60))

    assert books.pay("1", 100, 59).settled() == {("i2", "p1", 100, True)}


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
