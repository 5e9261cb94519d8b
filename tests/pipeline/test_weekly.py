"""The week has the right five: what is new and costs most, by whom to call, each subject once."""

import dataclasses
import datetime as dt
import email
import email.policy
import itertools

import pytest

from graphkit.changes import Change, What
from graphkit.errors import UsageError
from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.pipeline.analyse import analyse_all, write_back
from graphkit.pipeline.weekly import report_of, write_week
from graphkit.reports.weekly.page import FORMS, five_lines, weekly_page
from graphkit.reports.weekly.subjects import chosen, matters
from graphkit.reports.weekly.tasks import NOBODY
from graphkit.schema import File
from graphkit.store import open_store
from tests.graph_rows import put, put_companies
from tests.pipeline.planted_week import BEFORE, OWNERS, QUICK, RATES, filled, week_of
from tests.shop import END, Shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with filled(tmp_path_factory.mktemp("week"), RATES, OWNERS) as made:
        yield made


@pytest.fixture(scope="module")
def week(shop):
    return week_of(shop, since=BEFORE)


def test_the_five_are_those_who_newly_order_less_and_cost_most(week):
    tasks = week.report.tasks

    assert [one.about.name for one in tasks] == ["Twelve", "Ten", "Eight", "Seven", "Six"]
    assert [one.number for one in tasks] == [1, 2, 3, 4, 5]
    assert {one.news for one in tasks} == {What.NEW}
    stakes = [one.at_stake for one in tasks]
    assert stakes == sorted(stakes, reverse=True)
    assert stakes[-1] > 0
    assert "Five" in {one.subject.name for one in week.report.of(What.NEW)}


def test_each_says_whom_to_call_who_calls_and_what_to_have_at_hand(week):
    for one in week.report.tasks:
        (call,) = one.calls
        assert one.colleague == OWNERS[one.about.name]
        assert call.company == one.about
        assert call.who.startswith(f"Buyer of {one.about.name}, Buyer, (555) 010-0100, buyer")
        assert one.what.startswith(f"{one.colleague} calls Buyer of {one.about.name}")
        assert one.what.count(". ") == 0
        assert one.hand[0].startswith("Last order: 2026-06")
        assert one.why.evidence
        assert one.pace is not None


def test_the_list_is_by_colleague_who_has_the_most_urgent_call_first(week):
    listed = {who: [one.number for one in tasks] for who, tasks in week.report.colleagues.items()}

    assert list(listed) == ["Ada", "Bert"]
    assert listed == {"Ada": [1, 3, 5], "Bert": [2, 4]}


def test_the_numbers_of_the_week_stand_beside_what_is_usual(week):
    figures = {one.label: one for one in week.report.figures}

    assert set(figures) == {"Orders", "Ordered", "Billed", "Overdue"}
    assert figures["Orders"].value < figures["Orders"].usual
    assert figures["Ordered"].value == pytest.approx(figures["Orders"].value * 10_000_000)
    assert "is usual" in figures["Orders"].beside
    assert str(BEFORE) in figures["Overdue"].beside


@pytest.mark.parametrize("form", FORMS)
def test_who_is_in_rough_times_is_not_told_again_as_slowing_and_as_paying_later(week, form):
    half = next(one for one in week.report.of(What.NEW) if one.subject.name == "Five")
    assert half.kind == "slowing-customer"
    told = "Five orders less and pays later."
    both = dataclasses.replace(half, kind="rough-times", statement=told)
    new = Change(What.NEW, both)
    alone = weekly_page(week.report, week.snap.files, form)
    text = weekly_page(
        dataclasses.replace(week.report, changes=(new, *week.report.changes)),
        week.snap.files,
        form,
    )

    beginning = half.statement[:30]
    assert beginning in alone
    assert told in text
    assert beginning not in text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_five_their_calls_and_their_rows(week, form):
    text = weekly_page(week.report, week.snap.files, form)

    assert text == weekly_page(week.report, week.snap.files, form)
    for one in week.report.tasks:
        assert one.about.name in text
        assert f"Buyer of {one.about.name}" in text
    assert "(555) 010-0100" in text
    assert "rows.csv" in text
    assert "quotes from the ERP" in text  # what could not be told, and which export brings it


def test_a_subject_is_told_once_with_all_that_was_found_of_it(week):
    named = [one.about.id for one in week.report.tasks]

    assert len(named) == len(set(named))
    lines = five_lines(week.report)
    assert lines[0] == "Five things to do this week"
    assert sum("Twelve (new" in line for line in lines) == 1


def test_what_was_told_before_stays_in_a_line_and_the_places_go_by_turns(tmp_path):
    with filled(tmp_path, RATES, OWNERS) as shop:
        then = shop.snapshot(END - dt.timedelta(days=14))
        write_back(shop.store, analyse_all(then, QUICK).told)
        write_back(shop.store, analyse_all(shop.snapshot(), QUICK).told)

        later = week_of(shop)

    assert later.report.past.since == END - dt.timedelta(days=14)
    assert later.report.past.told
    fallen = [one for one in later.report.tasks if one.about.name in RATES]
    open_ones = [one.main.subject.name for one in later.report.open]
    assert {one.about.name for one in fallen} | set(open_ones) >= set(RATES)
    assert {one.since for one in fallen if one.news is What.UNCHANGED} <= {
        END - dt.timedelta(days=14)
    }


def test_a_day_that_is_not_earlier_is_refused(shop):
    with pytest.raises(UsageError, match="no day before"):
        week_of(shop, since=END)


@pytest.mark.parametrize("names", [[], ["Only"]])
def test_a_shop_with_one_customer_or_none_gets_a_report_that_says_what_is_missing(tmp_path, names):
    with open_store(tmp_path / "graph.duckdb") as store:
        put(store, File, id=["f"], path=["crm.csv"], loaded_at=[dt.datetime(2026, 6, 30)])  # noqa: DTZ001
        if names:
            put_companies(store, names)
        week = week_of(Shop(store))
        texts = {form: weekly_page(week.report, week.snap.files, form) for form in FORMS}

    assert week.report.tasks == ()
    assert week.report.heading == "Nothing to do this week"
    assert "Nothing was known before" in week.report.lead
    for text in texts.values():
        assert "No alert and no watch asks for anything to be done." in text
        assert "sales order lines from the ERP" in text
    assert report_of(week).tables()[0].rows == []


# --- what is chosen ---


def finding(name, value=1, *, level=Level.ALERT, alarming=True, kind="slowing-customer"):
    return Finding(
        kind=kind,
        level=level,
        subject=Ref("Company", name, name),
        statement=f"{name} orders less.",
        as_of=END,
        evidence=(Evidence("orders", 3),),
        value=value,
        alarming=alarming,
    )


def names(some):
    return [one.main.subject.name for one in some]


def test_new_comes_before_told_alarming_before_good_to_know_and_money_decides():
    changes = [
        Change(What.UNCHANGED, finding("told", 900), finding("told")),
        Change(What.NEW, finding("good", 800, alarming=False)),
        Change(What.NEW, finding("watch", 700, level=Level.WATCH)),
        Change(What.NEW, finding("small", 10)),
        Change(What.CHANGED, finding("large", 20), finding("large", level=Level.WATCH)),
        Change(What.NEW, finding("leaning", 999, level=Level.WATCH, alarming=False)),
        Change(What.NEW, finding("cluster", 999, kind="customer-cluster")),
        Change(What.GONE, finding("gone", 999), finding("gone", 999)),
    ]

    assert names(matters(changes, {})) == ["large", "small", "good", "watch", "told"]


def test_what_became_less_sure_is_no_news():
    sure, less = finding("a"), finding("a", level=Level.WATCH)

    (one,) = matters([Change(What.CHANGED, less, sure)], {})

    assert not one.fresh


def test_no_week_repeats_the_five_of_the_week_before():
    told = [Change(What.UNCHANGED, finding(f"c{at}", at), finding(f"c{at}")) for at in range(8)]
    every = matters(told, {})
    weeks = [set(names(chosen(every, END + dt.timedelta(weeks=at), 5))) for at in range(8)]

    assert all(one != other for one, other in itertools.pairwise(weeks))
    assert set.union(*weeks) == {f"c{at}" for at in range(8)}
    with_news = matters([*told, Change(What.NEW, finding("new"))], {})
    assert names(chosen(with_news, END, 5))[0] == "new"


# --- files ---


def test_the_draft_opens_unsent_with_the_five_as_text_and_page_and_the_report_attached(
    week, tmp_path
):
    written = write_week(week, tmp_path / "out", tmp_path, recipients=["ada@example.com"])

    assert {one.name for one in written} == {
        "weekly.html",
        "weekly.xlsx",
        "weekly.eml",
        "map.html",
    }
    first = (tmp_path / "out" / "weekly.eml").read_bytes()
    message = email.message_from_bytes(first, policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "ada@example.com"
    text = message.get_body(("plain",)).get_content()
    page = message.get_body(("html",)).get_content()
    for one in week.report.tasks:
        assert one.about.name in text
        assert one.what in page.replace("&#39;", "'")
    assert "http" not in page
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == f"weekly-{END}.html"
    whole = (tmp_path / "out" / "weekly.html").read_text("utf-8")
    assert attached.get_content().splitlines() == whole.splitlines()

    write_week(week, tmp_path / "out", tmp_path, recipients=["ada@example.com"])
    assert (tmp_path / "out" / "weekly.eml").read_bytes() == first


def test_without_recipients_the_draft_has_none(week, tmp_path):
    write_week(week, tmp_path / "out", tmp_path)

    assert "To" not in email.message_from_bytes((tmp_path / "out" / "weekly.eml").read_bytes())


def test_who_has_no_owner_is_on_a_list_of_its_own(tmp_path):
    with filled(tmp_path, {"Lone": 9}) as shop:
        report = week_of(shop, since=BEFORE).report

    assert list(report.colleagues) == [NOBODY]
