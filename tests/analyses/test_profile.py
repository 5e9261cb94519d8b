"""A profile says what is known, cites every sentence, and says what is not known."""

import datetime as dt

import pytest

from graphkit.analyses.clusters import clusters
from graphkit.analyses.payments import payments
from graphkit.analyses.profile import profile
from graphkit.analyses.profiling.sentences import Sentence
from graphkit.analyses.slowdown import slowdown
from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.schema import (
    Attended,
    Campaign,
    Clicked,
    Employee,
    HasSignal,
    HasTopic,
    Method,
    Note,
    Opened,
    Person,
    Project,
    Signal,
    Supplies,
    TalkedTo,
    Topic,
    TradeShow,
    UsesMethod,
)
from graphkit.store import open_store
from tests.graph_rows import put, put_companies
from tests.shop import END, Customer, Shop, order_days, steady

DAY = dt.date(2026, 5, 4)
AFTER = dt.date(2026, 7, 20)
BRINGS = {"Attended": "sales notes", "Supplies": "projects", "Person": "contacts from the CRM"}
ACME = [1, 2] * 18
NOT_THERE = "\u201cIt was at MD&M 2025\u201d"


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A shop in which much is known of acme, and next to nothing of bare."""
    with open_store(tmp_path_factory.mktemp("profile") / "graph.duckdb") as store:
        shop = Shop(store)
        _fill(shop)
        yield shop


def _fill(shop):
    shop.fill(
        [
            Customer("acme", ACME, industry="Aerospace", late=12, pieces=40),
            Customer("bare", [0] * 35 + [2], industry="Medical"),
            *(
                Customer(f"other {one}", steady(one), industry="Medical", late=0)
                for one in range(6)
            ),
        ]
    )
    store = shop.store
    put_companies(store, ["Orion Launch", "Volta Motors"], customers=False)
    put(store, Employee, id=["pat"], name=["Pat Olsen"])
    people = ["ann", "bob"]
    put(
        store,
        Person,
        id=people,
        account=["erp:acme"] * 2,
        name=["Ann Reed", "Bob Stone"],
        title=["Buyer", "Engineer"],
        opted_out=[False, True],
    )
    put(store, TalkedTo, from_id=["pat"], to_id=["bob"], on=[DAY], text_id=["n1"])
    _texts(store)
    _mail(store, people)


def _texts(store):
    put(store, TradeShow, id=["IMTS 2024", "MDM 2025"], series=["IMTS", "MD&M"], year=[2024, 2025])
    says = {
        "text_id": ["n1", "n2"],
        "on": [DAY, DAY],
        "polarity": ["asserted", "negated"],
        "sentence": ["Ann was at IMTS.", "Acme will not be at MD&M."],
        "confidence": [0.9, 0.9],
    }
    account = ["erp:acme"] * 2
    put(
        store,
        Attended,
        from_id=account,
        from_type=["Account"] * 2,
        to_id=["IMTS 2024", "MDM 2025"],
        **says,
    )
    ends = ["erp:Orion Launch", "erp:Volta Motors"]
    said = says | {"polarity": ["asserted", "hedged"], "sentence": ["Parts go to Orion.", "Maybe."]}
    put(store, Supplies, from_id=account, to_id=ends, **said)
    put(store, Signal, id=["EXPANDING"], name=["EXPANDING"])
    put(
        store,
        HasSignal,
        from_id=["erp:acme"],
        to_id=["EXPANDING"],
        **{name: column[1:] for name, column in says.items()} | {"sentence": ["No new hall."]},
    )
    put(store, Note, id=["n9"], account=["erp:acme"], written_on=[AFTER], text=["Too late."])
    put(store, Method, id=["cryo"], name=["cryogenic machining"])
    put(store, Project, id=["p"], name=["bracket"], account=["erp:acme"], started_on=[DAY])
    put(
        store,
        UsesMethod,
        from_id=["p"],
        from_type=["Project"],
        to_id=["cryo"],
        on=[DAY],
        polarity=["asserted"],
        text_id=["p"],
    )


def _mail(store, people):
    put(store, Topic, id=["ti"], name=["titanium"])
    sent = dt.datetime(2026, 4, 1, 8)  # noqa: DTZ001 - local time
    put(store, Campaign, id=["c"], subject=["Titanium"], sent_at=[sent])
    put(store, HasTopic, from_id=["c"], from_type=["Campaign"], to_id=["ti"])
    put(store, Opened, from_id=people, to_id=["c"] * 2, at=[sent] * 2)
    put(store, Clicked, from_id=people[1:], to_id=["c"], at=[sent])


def said(page, key):
    section = next(one for one in page.sections if one.key == key)
    return [one.text for one in section.sentences]


def every(page):
    return [one for section in page.sections for one in section.sentences]


def test_every_sentence_cites_rows_a_finding_or_what_was_searched_or_says_unknown(known):
    snap = known.snapshot()
    found = [*payments(snap), *slowdown(snap), *clusters(snap)]

    for name in ("acme", "bare", "Orion Launch"):
        page = profile(snap, name, found, brings=BRINGS)
        assert all(section.sentences for section in page.sections)
        for one in every(page):
            assert one.sources or one.finding or one.basis or one.unknown, one.text
            assert one.unknown == one.text.startswith("Unknown"), one.text
            assert one.text.endswith(".")
            assert ".." not in one.text
    with pytest.raises(ValueError, match="needs a source"):
        Sentence("They like us.")


def test_a_year_of_orders_stands_against_the_one_before_and_lots_are_usual_ones(known):
    page = profile(known.snapshot(), "acme", [])
    orders = said(page, "orders")

    assert orders[0] == (
        "In the 12 months to June 2026 it ordered 18 times for 72,000 USD, in the 12 months before"
        " 18 times for 72,000 USD."
    )
    assert orders[2].startswith("A usual lot is 40 pieces; half of the lots are between 40 and 40")
    assert "Processes: CNC Milling on 18 of 18 order lines." in orders
    assert page.pace.orders == tuple(ACME)
    last = max(order_days(ACME))
    assert orders[1].startswith(f"It ordered last on {last}, {(END - last).days} days ago")


def test_days_late_are_those_planted_and_open_invoices_are_counted(known):
    pays = said(profile(known.snapshot(), "acme", []), "pays")
    late = next(one for one in pays if one.startswith("Half of its invoices"))

    days = int(late.split(" paid by ")[1].split()[0])
    assert days == pytest.approx(12, abs=2)
    assert "days after they are due" in late
    assert [one for one in pays if "are open, and" in one]


def test_who_opted_out_is_counted_and_never_named(known):
    page = profile(known.snapshot(), "acme", [])

    who = said(page, "who")
    assert "Contact: Ann Reed (Buyer)." in who
    assert "1 contact opted out of mail: not named here, and not to be written to." in who
    assert f"Pat Olsen talked to a contact on {DAY}." in who
    assert said(page, "reads") == [
        "On titanium: 1 click and 2 opens by 2 contacts, last on 2026-04-01.",
        "1 contact of those who read this opted out of mail: counted, and not to be written to.",
    ]
    assert not [one for one in every(page) if "Bob" in one.text + one.advice]


def test_a_denied_visit_is_told_as_denied_and_an_unsure_customer_as_unsure(known):
    page = profile(known.snapshot(), "acme", [])

    assert said(page, "shows") == [
        f"It was at IMTS 2024: said on {DAY} (confidence 0.90).",
        f"Not counted: {NOT_THERE}: said on {DAY} (it is denied, confidence 0.90).",
    ]
    first, second = said(page, "supplies")
    assert first.startswith("It supplies Orion Launch: said on")
    assert second.startswith("Not counted: \u201cIt supplies Volta Motors\u201d")
    assert "it is not sure" in second
    sign = next(one for one in every(page) if "a sign of expanding" in one.text)
    assert "it is denied" in sign.text
    assert sign.quote == "No new hall."
    assert said(page, "works") == [
        f"Project bracket began on {DAY}.",
        f"It works with or tries cryogenic machining: said on {DAY} (confidence 1.00).",
    ]


def test_what_happens_after_the_day_is_not_in_the_page(known):
    page = profile(known.snapshot(), "acme", [])
    before = profile(known.snapshot(dt.date(2026, 3, 31)), "acme", [])

    assert not [one for one in every(page) if one.quote == "Too late."]
    assert said(before, "shows")[0].startswith("Unknown")
    assert len(before.pace.orders) == len(page.pace.orders) - 3


def test_unknown_names_the_export_that_would_tell_or_says_that_others_have_it(known):
    page = profile(known.snapshot(), "bare", [], brings=BRINGS)

    assert said(page, "shows") == [
        "Unknown: the exports have no trade shows for this company, though for others: ask."
    ]
    empty = profile(known.snapshot(dt.date(2026, 3, 31)), "acme", [], brings=BRINGS)
    assert said(empty, "shows") == [
        "Unknown: no trade shows in the exports. What would tell: sales notes."
    ]
    assert said(page, "near")[0].startswith("Unknown: whom it is like.")


def test_a_customers_findings_stand_where_they_belong_the_alarming_first_with_advice(known):
    def finding(kind, *, about="acme", of="", alarming=False, level=Level.ALERT):
        return Finding(
            kind=kind,
            level=level,
            subject=Ref("Company", about, about),
            statement=f"{about} does {kind}",
            as_of=END,
            evidence=(Evidence("orders", 1),),
            object=Ref(of, "x", "x") if of else None,
            advice="Call.",
            alarming=alarming,
        )

    found = [
        finding("process-shift", of="Process"),
        finding("topic-interest", of="Topic"),
        finding("rough-times", alarming=True),
        finding("pays-late"),
        finding("quoting"),
        finding("rough-times", about="bare", alarming=True),
    ]
    page = profile(known.snapshot(), "acme", found)

    assert said(page, "now") == ["acme does rough-times.", "acme does quoting."]
    assert every(page)[0].advice == "Call."
    assert said(page, "leans") == ["acme does process-shift."]
    assert said(page, "reads")[-1] == "acme does topic-interest."
    assert said(page, "pays")[-1] == "acme does pays-late."


def test_of_who_is_steady_it_is_said_that_nothing_needs_attention(known):
    page = profile(known.snapshot(), "other 1", [])

    assert said(page, "now") == ["No alert and no watch says that it needs attention now."]
    assert said(page, "leans")[0].startswith("Nothing in its ")
