import dataclasses
import datetime as dt

from graphkit.findings import Effect, Evidence, Finding, Level, Ref, ranked
from graphkit.reports.brief import brief_text
from graphkit.reports.gist import gist
from graphkit.reports.text import findings_text

DAY = dt.date(2025, 12, 31)
NAMES = ("Falling", "Leaning", "Perhaps", "Reading", "Both", "Mixed")
MARKS = ("!!", " *", " !", " .", "!!", "*!")


def finding(name, kind="slowing-customer", level=Level.ALERT, value=0, *, alarming=True):
    return Finding(
        kind=kind,
        level=level,
        subject=Ref("Company", name, name),
        statement=f"{name} orders less.",
        as_of=DAY,
        evidence=(Evidence("orders", 3),),
        effect=Effect(23.456, 0.5, 30.0, "days later"),
        p=0.0002,
        advice=f"Call {name}.",
        value=value,
        alarming=alarming,
    )


def test_a_mark_tells_what_calls_for_concern_from_what_is_good_to_know():
    found = [
        finding("Falling"),
        finding("Leaning", kind="process-shift", alarming=False),
        finding("Perhaps", level=Level.WATCH),
        finding("Reading", kind="topic-interest", level=Level.WATCH, alarming=False),
        finding("Both", kind="process-shift", alarming=False),
        finding("Both"),
        finding("Mixed", kind="process-shift", alarming=False),
        finding("Mixed", kind="paying-later", level=Level.WATCH, value=50_000),
    ]
    for text in (findings_text(found, "USD"), brief_text(found, "USD")):
        marks = {one: text[: text.index(f"{one} orders")].split("\n")[-1][:2] for one in NAMES}
        assert marks == dict(zip(NAMES, MARKS, strict=True))
        assert "!! and ! call for concern" in text
    assert f"*! 5 USD  Mixed orders less; paying-later? [{found[-2].id[:6]}]" in text


def test_what_concerns_one_customer_stands_once_at_its_gravest_level():
    found = ranked([finding("Acme", level=Level.WATCH), finding("Acme", kind="rough-times")])
    text = findings_text(found, "USD")
    assert text.count("Acme orders less.") == 1
    assert "also watch slowing-customer [" in text
    assert "Watch:" not in text


def test_figures_have_as_many_digits_as_they_are_good_for():
    assert "23.5 days later [0.50 to 30], p < .001" in findings_text([finding("Acme")], "USD")


def test_the_begin_of_an_id_stands_with_the_figures_so_that_it_can_be_typed():
    one = finding("Acme")
    assert f"slowing-customer [{one.id[:6]}]: 23.5" in findings_text([one], "USD")


def test_only_ten_watches_are_shown_until_asked():
    watches = [finding(f"Customer {index:02}", level=Level.WATCH) for index in range(13)]
    assert "--all shows 3 more to watch" in findings_text(watches, "USD")
    assert "Customer 12" in findings_text(watches, "USD", everything=True)


def test_what_to_do_is_said_of_ten_alerts_and_the_others_have_a_line_each():
    alerts = [finding(f"Customer {at:02}", value=10_000 * (99 - at)) for at in range(12)]
    text = findings_text(alerts, "USD")
    assert "-> Call Customer 09." in text
    assert "-> Call Customer 10." not in text
    assert "!! 89 USD  Customer 10 orders less" in text
    assert "--all shows every alert in full." in text
    assert "-> Call Customer 11." in findings_text(alerts, "USD", everything=True)


def test_the_first_line_counts_levels_and_kinds():
    found = [
        finding("Acme", level=Level.CANNOT_TELL),
        finding("Bolt"),
        finding("Cove"),
        finding("Cove", kind="rough-times"),
    ]
    text = findings_text(found, "USD")
    first = " ".join(text.partition("\n!!")[0].split())
    assert first == (
        "3 alerts (2 slowing-customer, 1 rough-times); 0 watches; "
        "1 cannot be told yet (1 slowing-customer)."
    )
    assert "Acme" not in text
    assert "--all shows what would be enough" in text
    assert "--all" not in findings_text(found, "USD", everything=True)


def test_no_finding_says_where_to_look():
    assert "graphkit status" in findings_text([], "USD")


def test_in_brief_there_is_a_line_about_each_customer_with_what_is_at_stake():
    found = ranked(
        [
            finding("Acme", value=120_000_000),
            finding("Acme", kind="rough-times", value=5),
            finding("Bolt", level=Level.WATCH),
        ]
    )
    lines = brief_text(found, "USD", dismissed=2).splitlines()
    assert f"!! 12,000 USD  Acme orders less; rough-times [{found[0].id[:6]}]" in lines
    assert f" !             Bolt orders less [{found[2].id[:6]}]" in lines
    assert lines[-1].startswith("2 dismissed")


def test_in_brief_only_ten_watches_are_shown_until_asked():
    watches = [finding(f"Customer {index:02}", level=Level.WATCH) for index in range(13)]
    assert "and 3 more to watch: --all shows them" in brief_text(watches, "USD")
    assert "Customer 12" in brief_text(watches, "USD", everything=True)


def test_the_gist_of_a_statement_keeps_the_name_whole_and_leaves_its_figures_out():
    def said(name, statement):
        return gist(dataclasses.replace(finding(name), statement=statement))

    assert said("Acme (Ohio): A", "Acme (Ohio): A pays late: 3 of 4.") == "Acme (Ohio): A pays late"
    assert said("Oil", "Oil: 8 customers, such as Bolt, belong.") == "Oil: 8 customers"
    assert said("Acme", "Acme pays later (3 invoices).") == "Acme pays later"
