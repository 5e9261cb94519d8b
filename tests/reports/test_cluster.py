"""The cluster report: what to do first, who lies between, and that it fits a phone."""

import datetime as dt

import pytest

from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.reports.cluster import FORMS, cluster_report
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put_companies

DAY = dt.date(2025, 12, 31)
HOSTILE = "<script>alert(1)</script>"
MEMBERS = ["Acme Inc.", "Bolt Pumps, LLC", "Crane", HOSTILE]


@pytest.fixture(scope="module")
def snap(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("shop") / "graph.duckdb") as store:
        put_companies(store, [*MEMBERS, "Drift Co.", "Calm Co."])
        yield Snapshot(store, DAY)


def cluster(members=MEMBERS, between=("Calm Co.", "Drift Co.")):
    trait = {"type": "process", "share_in": 0.75, "share_out": 0.1, "odds": 9.0, "q": 0.01}
    trait |= {"told": "hone", "inside": 3, "known_inside": 4, "outside": 1, "known_outside": 10}
    return Finding(
        kind="customer-cluster",
        level=Level.ALERT,
        subject=Ref("Cluster", "cl-1", "Valves, Honing"),
        statement="Valves, Honing: 4 customers, such as Acme Inc., belong together.",
        as_of=DAY,
        evidence=(Evidence("members", len(members)),),
        advice="Meet them.",
        details={
            "members": [{"id": one, "name": one, "strength": 0.9} for one in members],
            "between": list(between),
            "traits": [trait | {"name": "Honing of very long hydraulic cylinders"}],
            "stability": 0.9,
        },
    )


def alert(name):
    return Finding(
        kind="slowing-customer",
        alarming=True,
        level=Level.ALERT,
        subject=Ref("Company", name, name),
        statement=f"{name} stopped ordering.",
        as_of=DAY,
        evidence=(Evidence("orders", 0),),
        advice=f"Call {name}",
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_customer_between_clusters_that_stopped_ordering_is_a_first_thing_to_do(snap, form):
    text = cluster_report(snap, [alert("Drift Co."), cluster()], form)
    first, rest = text.split("Valves, Honing", 1)
    assert "Drift Co. stopped ordering. Call Drift Co" in first
    outside = rest[rest.index("Customers between clusters") :]
    assert "Drift Co. stopped ordering." in outside
    assert outside.index("Drift Co.") < outside.index("Calm Co.")


@pytest.mark.parametrize("form", FORMS)
def test_alerts_that_do_not_fit_are_counted(snap, form):
    alerts = [alert(name) for name in ["Acme Inc.", "Bolt Pumps, LLC", "Crane", "Drift Co."]]
    text = cluster_report(snap, [*alerts, cluster()], form)
    assert "besides these: 1." in text


@pytest.mark.parametrize("form", FORMS)
def test_one_lies_and_no_sentence_ends_in_two_full_stops(snap, form):
    text = cluster_report(snap, [cluster([*MEMBERS, "Calm Co."], ["Drift Co."])], form)
    assert "1 cluster holds 5 of 6 customers; 1 lies between them." in text
    assert ".." not in text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_fits_a_phone_with_every_alert_and_percentage_in_view(
    snap, tmp_path, visit, scheme
):
    path = tmp_path / "clusters.html"
    path.write_text(cluster_report(snap, [alert("Crane"), cluster()], "html"), "utf-8")
    seen = visit(path, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = (
        "[...document.querySelectorAll('.wide')].filter((one) => one.scrollWidth > one.clientWidth)"
    )
    assert page.evaluate(f"{cut}.length") == 0
    assert page.get_by_text("alert: slowing-customer").is_visible()
    assert page.get_by_text("10 %", exact=True).is_visible()
    assert not page.get_by_text("Odds ratio").is_visible()
    assert HOSTILE in page.inner_text("body")
    assert seen.complaints == []
