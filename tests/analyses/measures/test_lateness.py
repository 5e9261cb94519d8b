"""How late invoices are, paid or open, and who pays later than before."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.measures.lateness import lateness
from graphkit.analyses.slowing.paying_later import delay_of, paying_later
from graphkit.schema import CreditedBy, Invoice, PaidBetween, Payment, SettledBy
from tests.graph_rows import put, put_companies
from tests.shop import END, Customer, steady

DUE = dt.date(2026, 6, 1)


def invoices(shop, **columns):
    """Invoices of Badger, due on the first of June."""
    ids = columns.pop("id")
    put_companies(shop.store, ["Badger"])
    put(
        shop.store,
        Invoice,
        id=ids,
        number=ids,
        account=["erp:Badger"] * len(ids),
        invoiced_on=[DUE - dt.timedelta(days=30)] * len(ids),
        due_on=[DUE] * len(ids),
        amount=[1_000_000] * len(ids),
        **columns,
    )


def settled(shop, invoice, *payments):
    """Payments of an invoice: day and amount each."""
    ids = [f"{invoice}-{day}" for day, _ in payments]
    days, amounts = [day for day, _ in payments], [amount for _, amount in payments]
    put(
        shop.store, Payment, id=ids, account=["erp:Badger"] * len(ids), paid_on=days, amount=amounts
    )
    put(shop.store, SettledBy, from_id=[invoice] * len(ids), to_id=ids, on=days, amount=amounts)


def known(shop, as_of=END):
    late = lateness(shop.snapshot(as_of), ["Badger"])
    return dict(
        zip(
            late.rows["id"],
            zip(late.times.days.tolist(), late.times.ended.tolist(), strict=True),
            strict=True,
        )
    ), late


def test_the_day_that_the_export_states_counts_and_else_that_of_the_last_payment(shop):
    invoices(shop, id=["said", "halves"], paid_on=[DUE + dt.timedelta(days=3), None])
    halves = [(DUE + dt.timedelta(days=2), 500_000), (DUE + dt.timedelta(days=9), 500_000)]
    settled(shop, "halves", *halves)

    days, _ = known(shop)

    assert days == {"said": (3.0, True), "halves": (9.0, True)}


def test_an_invoice_of_which_half_is_paid_is_open_and_owes_the_other_half(shop):
    invoices(shop, id=["half"], open_amount=[500_000])
    settled(shop, "half", (DUE, 500_000))

    days, late = known(shop)

    assert days == {"half": (29.0, False)}
    assert late.balances.tolist() == [500_000]


def test_what_was_paid_after_the_day_is_open_as_of_it(shop):
    invoices(shop, id=["later"], open_amount=[0])
    settled(shop, "later", (DUE + dt.timedelta(days=20), 1_000_000))

    days, late = known(shop, DUE + dt.timedelta(days=10))

    assert days == {"later": (10.0, False)}
    assert late.balances.tolist() == [1_000_000]
    assert known(shop)[0] == {"later": (20.0, True)}


def test_an_invoice_paid_on_a_day_that_nobody_knows_is_left_out_and_counted(shop):
    invoices(shop, id=["untold"], open_amount=[0])

    days, late = known(shop)

    assert days == {}
    assert late.untold == 1


def test_credit_memos_and_invoices_without_a_due_date_say_nothing_about_lateness(shop):
    put_companies(shop.store, ["Badger"])
    put(
        shop.store,
        Invoice,
        id=["credit", "undated"],
        number=["credit", "undated"],
        account=["erp:Badger"] * 2,
        invoiced_on=[DUE] * 2,
        due_on=[DUE, None],
        amount=[-5, 5],
        open_amount=[0, 5],
    )

    assert known(shop)[0] == {}


def test_who_pays_three_weeks_later_is_found_and_who_always_paid_late_is_not(shop):
    shop.fill(
        [
            Customer("Always", steady(1), late=40, late_recently=40),
            Customer("Newly", steady(2), late=2, late_recently=23),
        ]
    )
    late = lateness(shop.snapshot(), ["Always", "Newly"])
    since = [np.datetime64("2026-02-01"), np.datetime64("2026-03-01")]

    paying = paying_later(late, 2, since=since, as_of=np.datetime64(END))

    assert paying.p[0] > 0.05
    assert paying.p[1] < 0.001
    delay = delay_of(late, paying, 1)
    assert delay.shift.value == pytest.approx(21, abs=3)
    assert delay.shift.low <= delay.shift.value <= delay.shift.high
    assert delay.before.value == pytest.approx(2, abs=2)
    assert delay_of(late, paying, 0).before.value == pytest.approx(40, abs=2)


def test_too_few_invoices_give_no_answer(shop):
    shop.fill([Customer("Young", [0, 0, 2, 2], late=2, late_recently=30)])
    late = lateness(shop.snapshot(), ["Young"])

    paying = paying_later(late, 1, since=[np.datetime64("2026-02-01")], as_of=np.datetime64(END))

    assert not paying.tested[0]


def credited(shop, *pairs, on=DUE):
    """Credit memos applied to invoices: invoice, memo and amount each."""
    invoices_, memos, amounts = (list(column) for column in zip(*pairs, strict=True))
    days = [on] * len(pairs)
    put(shop.store, CreditedBy, from_id=invoices_, to_id=memos, on=days, amount=amounts)


def test_what_was_credited_as_a_whole_is_neither_paid_nor_late_nor_owed(shop):
    invoices(shop, id=["taken back", "open"], open_amount=[0, 1_000_000])
    credited(shop, ("taken back", "memo", 1_000_000))

    days, late = known(shop)

    assert days == {"open": (29.0, False)}
    assert late.untold == 0
    assert late.balances.tolist() == [1_000_000]


def test_an_invoice_is_paid_when_payment_and_credit_memo_add_up(shop):
    invoices(shop, id=["less"])
    settled(shop, "less", (DUE + dt.timedelta(days=4), 700_000))
    credited(shop, ("less", "memo", 300_000))

    assert known(shop)[0] == {"less": (4.0, True)}


def test_a_credit_memo_of_a_later_day_takes_nothing_off_yet(shop):
    invoices(shop, id=["later"], open_amount=[0])
    credited(shop, ("later", "memo", 1_000_000), on=DUE + dt.timedelta(days=20))

    days, late = known(shop, DUE + dt.timedelta(days=10))

    assert days == {"later": (10.0, False)}
    assert late.balances.tolist() == [1_000_000]


def test_an_unused_credit_memo_is_taken_off_what_is_owed_in_its_currency_only(shop):
    invoices(shop, id=["open"], open_amount=[1_000_000])
    put(
        shop.store,
        Invoice,
        id=["memo", "euros"],
        number=["memo", "euros"],
        account=["erp:Badger"] * 2,
        invoiced_on=[DUE] * 2,
        amount=[-400_000, -500_000],
        currency=["USD", "EUR"],
    )

    assert known(shop)[1].balances.tolist() == [600_000]


def test_bounds_count_against_what_would_be_claimed(shop):
    """Everybody is seen open at the end of a month and gone a month later: nobody pays later."""
    put_companies(shop.store, ["Badger"])
    due = [dt.date(2025, 1 + at, 15) if at < 12 else dt.date(2026, at - 11, 15) for at in range(17)]
    ids = [f"i{at}" for at in range(len(due))]
    common = {"account": ["erp:Badger"] * len(ids), "invoiced_on": due, "due_on": due}
    put(shop.store, Invoice, id=ids, number=ids, amount=[1_000_000] * len(ids), **common)
    after = [one + dt.timedelta(days=15) for one in due]
    by = [one + dt.timedelta(days=45) for one in due]
    lists = [f"{one}@" for one in ids]
    put(shop.store, PaidBetween, from_id=ids, to_id=lists, after=after, by=by)
    late = lateness(shop.snapshot(), ["Badger"])

    paying = paying_later(late, 1, since=[np.datetime64("2026-02-01")], as_of=np.datetime64(END))

    assert (late.times.days.max(), late.most.min()) == (16.0, 45.0)
    assert late.times.ended.all()
    assert paying.p[0] == 0.5
    assert delay_of(late, paying, 0).shift.value == -29
