"""What shows brought, and whom to meet at the next, in shops where it is known."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.next_shows import whom_to_meet
from graphkit.analyses.shows import what_shows_brought
from graphkit.schema import Attended, Order, OrderLine, Person, Quote, TradeShow
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

END = dt.date(2025, 12, 31)
HELD = dt.date(2024, 9, 12)
MONTHS = [dt.date(2023 + month // 12, month % 12 + 1, 20) for month in range(36)]
UNIT = 10_000
NAMES = [f"Firm {at:02}" for at in range(40)]
THERE = NAMES[:12]


def says(who, show="IMTS 2024", on=HELD, polarity="asserted"):
    kind = "Person" if "@" in who else "Account"
    return {
        "from_id": who if kind == "Person" else f"erp:{who}",
        "from_type": kind,
        "to_id": show,
        "on": on,
        "polarity": polarity,
    }


@pytest.fixture
def shop(tmp_path):
    """Fills a store: who was said to be where, and how orders go on after a show for whom."""
    with open_store(tmp_path / "graph.duckdb") as store:

        def filled(said, *, rise=1.0, risers=THERE, names=NAMES, as_of=END):
            chance = np.random.default_rng(7)
            put_companies(store, names)
            put_companies(store, ["Prospect"], customers=False)
            put(
                store,
                Person,
                id=["ann@firm.com", "bob@firm.com"],
                name=["Ann Lee", "Bob Ray"],
                account=[f"erp:{names[0]}"] * 2,
                opted_out=[False, True],
            )
            shows = sorted({one["to_id"] for one in said})
            series, years = zip(*(one.rsplit(" ", 1) for one in shows), strict=True)
            put(store, TradeShow, id=shows, series=[*series], year=[int(one) for one in years])
            texts = [f"note {at}" for at in range(len(said))]
            put(
                store,
                Attended,
                text_id=texts,
                **{key: [one[key] for one in said] for key in said[0]},
            )
            rows = [
                (
                    f"{name}-{day}",
                    f"erp:{name}",
                    day,
                    1000 * (at + 1) * chance.uniform(0.7, 1.3) * up,
                )
                for at, name in enumerate(names)
                for day in MONTHS
                for up in [rise if name in risers and day > HELD else 1.0]
            ]
            ids, accounts, days, amounts = map(list, zip(*rows, strict=True))
            money = [round(one * UNIT) for one in amounts]
            put(store, Order, id=ids, number=ids, account=accounts, ordered_on=days)
            put(
                store,
                OrderLine,
                id=ids,
                order=ids,
                account=accounts,
                ordered_on=days,
                amount=money,
            )
            put(
                store,
                Quote,
                id=ids,
                number=ids,
                account=accounts,
                quoted_on=days,
                amount=money,
                status=["open" if day == MONTHS[-1] else "won" for day in days],
            )
            return Snapshot(store, as_of)

        yield filled


def brought(snap):
    return {one.edition.show.name: one for one in what_shows_brought(snap)}


def test_customers_who_rose_after_a_show_are_told_beside_those_who_were_not_there(shop):
    said = [says(name) for name in THERE] + [says("ann@firm.com"), says("Prospect")]
    one = brought(shop(said, rise=1.5))["IMTS 2024"]

    assert [ref.name for ref in one.customers] == THERE
    assert [ref.name for ref in one.prospects] == ["Prospect"]
    assert [ref.name for ref in one.contacts] == ["Ann Lee"]
    assert one.days == 365
    assert (one.orders, one.quotes) == (12 * 12, 12 * 12)
    usual = 12 * np.mean([1000 * (at + 1) for at in range(12)])
    assert one.ordered == pytest.approx(1.5 * 12 * usual * UNIT, rel=0.03)
    more = one.compared.more
    assert more.low < 0.5 * usual * UNIT < more.high
    assert more.low > 0
    assert one.compared.p <= one.compared.q <= 0.05
    assert "those who were there rose more" in one.told
    assert "goes with the show and need not come of it" in one.told


def test_where_everybody_rises_alike_the_show_is_given_no_credit(shop):
    one = brought(shop([says(name) for name in THERE], rise=1.5, risers=NAMES))["IMTS 2024"]

    assert one.compared.q > 0.1
    assert "may be chance" in one.told


def test_with_fewer_than_five_it_cannot_be_told(shop):
    one = brought(shop([says(name) for name in THERE[:4]], rise=2))["IMTS 2024"]

    assert one.compared is None
    assert one.told.startswith("cannot tell from 4 customers there")
    assert one.orders == 4 * 12


def test_soon_after_a_show_it_is_said_when_there_will_be_enough(shop):
    snap = shop([says(name) for name in THERE], as_of=HELD + dt.timedelta(60))

    assert brought(snap)["IMTS 2024"].told == "cannot tell yet: enough in 30 days"


@pytest.mark.parametrize("polarity", ["negated", "hedged", "conditional"])
def test_who_was_said_not_to_come_or_perhaps_was_not_there(shop, polarity):
    said = [says(name) for name in THERE[:6]]
    said += [says(name, polarity=polarity) for name in NAMES[6:12]]
    one = brought(shop(said))["IMTS 2024"]

    assert [ref.name for ref in one.customers] == THERE[:6]


def test_a_show_is_held_within_its_year_and_one_that_comes_has_brought_nothing_yet(shop):
    said = [
        *(says(name, "PRI 2024", on=dt.date(2025, 1, 20)) for name in THERE),
        *(says(name, "IMTS 2026", on=dt.date(2025, 11, 1)) for name in THERE),
    ]
    found = brought(shop(said))

    assert {name: one.edition.held for name, one in found.items()} == {
        "PRI 2024": dt.date(2024, 12, 31)
    }


def test_what_was_said_after_the_day_is_not_known(shop):
    said = [says(NAMES[0], "IMTS 2024"), says(NAMES[1], "RAPID 2025", on=dt.date(2025, 5, 1))]

    assert list(brought(shop(said, as_of=dt.date(2025, 3, 1)))) == ["IMTS 2024"]


def test_whom_to_meet_is_by_money_and_says_who_goes_and_who_was_there(shop):
    said = [
        says(NAMES[0], "IMTS 2022", on=dt.date(2022, 9, 15)),
        says(NAMES[0], "IMTS 2024"),
        says("ann@firm.com", "IMTS 2024"),
        says("bob@firm.com", "IMTS 2024"),
        says(NAMES[20], "IMTS 2026", on=dt.date(2025, 12, 1)),
        says(NAMES[30], "IMTS 2024"),
        says(NAMES[30], "IMTS 2026", on=dt.date(2025, 12, 2), polarity="negated"),
        says(NAMES[35], "IMTS 2026", on=dt.date(2025, 12, 2), polarity="hedged"),
        says("Prospect", "IMTS 2024"),
    ]
    snap = shop(said)
    found = whom_to_meet(snap)

    assert [one.company.name for one in found] == [NAMES[20], NAMES[0], "Prospect"]
    assert {one.edition for one in found} == {"IMTS 2026"}
    goes, been, prospect = found
    assert goes.goes == dt.date(2025, 12, 1)
    assert goes.been == ()
    assert goes.ordered == pytest.approx(12 * 21_000 * UNIT, rel=0.1)
    assert goes.open_quotes == 1
    assert been.been == (2022, 2024)
    assert been.contacts == ("Ann Lee",)  # Bob does not want to hear from us
    assert been.goes is None
    assert (prospect.customer, prospect.ordered) == (False, 0)
    assert [one.company.name for one in whom_to_meet(snap, count=1)] == [NAMES[20]]


def test_whom_to_call_is_told_where_nobody_is_known_to_have_been_there(shop):
    """Ann does not mind being called; at the show only her company was seen."""
    at_ann = NAMES[0]
    (one,) = whom_to_meet(shop([says(at_ann, "IMTS 2024")]))

    assert (one.contacts, one.call) == ((), "Ann Lee")


def test_the_show_where_most_money_goes_stands_first(shop):
    said = [says(NAMES[0], "AAA 2024"), says(NAMES[20], "ZZZ 2024"), says(NAMES[21], "ZZZ 2024")]

    assert [one.series for one in whom_to_meet(shop(said))] == ["ZZZ", "ZZZ", "AAA"]


def test_this_years_edition_is_still_to_come_where_the_show_is_later_in_the_year(shop):
    said = [
        says(NAMES[0], "FABTECH 2024", on=dt.date(2024, 9, 10)),
        says(NAMES[1], "FABTECH 2025", on=dt.date(2025, 3, 1)),
    ]
    snap = shop(said, as_of=dt.date(2025, 3, 31))

    assert list(brought(snap)) == ["FABTECH 2024"]
    assert {one.edition for one in whom_to_meet(snap)} == {"FABTECH 2025"}
