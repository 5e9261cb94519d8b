"""The report on industries: who stands how beside whom, and who is alone."""

import re

import pytest

from graphkit.analyses.orders import Ordered, compared, orders_by
from graphkit.analyses.payments import payments
from graphkit.analyses.slowdown import slowdown
from graphkit.errors import UnknownNameError
from graphkit.findings import ranked
from graphkit.pipeline.charting import drawer
from graphkit.reports.industry import industry_report
from graphkit.reports.page import FORMS
from graphkit.schema import File
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import SOURCE, put
from tests.shop import END, Customer, Shop, falling, steady

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A market that slows down but for one customer, one with a single slow customer, and more."""
    with open_store(tmp_path_factory.mktemp("industries") / "graph.duckdb") as store:
        shop = Shop(store).fill(
            [
                *(
                    Customer(f"Down {at}", falling(500 + at, to=0.3), industry="Rail")
                    for at in range(7)
                ),
                Customer("Holds", [*[3] * 31, *[5] * 5], industry="Rail", late=0),
                Customer("Alone", falling(77, 5.0, to=0.1), industry=HOSTILE, late=0),
                *(
                    Customer(f"{HOSTILE} {at}", steady(20 + at, 4.0), industry=HOSTILE, late=0)
                    for at in range(6)
                ),
                *(Customer(f"Calm {at}", steady(40 + at), industry="Pumps") for at in range(24)),
            ]
        )
        put(store, File, id=[SOURCE.file_id], path=["rows.csv"])
        snap = shop.snapshot()
        yield snap, ranked([*slowdown(snap, permutations=999), *payments(snap)])


@pytest.mark.parametrize("form", FORMS)
def test_every_number_of_a_source_is_told_and_nothing_else(made, form):
    snap, findings = made
    text = industry_report(snap, findings, form)

    notes = {int(one) for one in re.findall(r"(?m)^(?:- )?\[(\d+)\]", text)}
    cited = {int(one) for one in re.findall(r"(?m)\[(\d+)\]$", text)}
    if form == "html":
        notes = {int(one) for one in re.findall(r'id="n(\d+)"', text)}
        cited = {int(one) for one in re.findall(r'href="#n(\d+)"', text)}
    assert cited == notes
    assert cited
    assert "rows.csv" in text
    assert SOURCE.file_id not in text
    assert "Rail slows down" in " ".join(text.split())


def test_the_figures_of_an_industry_are_those_of_the_command(made):
    snap, findings = made
    text = industry_report(snap, findings, "markdown")
    rows = {
        row["industry"]: row
        for row in orders_by(snap, Ordered.of(snap), "industry", compared(snap))
    }

    shown = next(one for one in text.splitlines() if one.startswith("| Rail |"))
    cells = [one.strip() for one in shown.split("|")[2:5]]
    rail = rows["Rail"]
    assert cells == [
        f"{rail['recent_orders']:,}",
        f"{rail['before_orders']:,}",
        f"{rail['recent_amount']:,.0f}",
    ]
    assert "slowing-industry" in shown


def test_who_slows_down_with_its_market_and_who_against_it_are_told_apart(made):
    text = " ".join(industry_report(*made, "text", name="rail").split())

    assert "With the market: " in text
    told = text[text.index("With the market: ") :]
    assert all(f"Down {at}" in told[:140] for at in range(7))
    assert "Holds" not in told[: told.index("Against it")]
    assert "Against it, ordering and paying as before: Holds." in text


def test_who_slows_down_in_a_market_that_does_not_is_alone(made):
    text = " ".join(industry_report(*made, "text", name=HOSTILE).split())

    assert f"Alone orders less or pays later alone: {HOSTILE} as a whole does not" in text


def test_an_unknown_industry_gets_the_nearest_name(made):
    with pytest.raises(UnknownNameError, match=r"No industry 'Pump'\. Did you mean 'Pumps'"):
        industry_report(*made, "text", name="Pump")


def test_an_empty_shop_says_what_is_missing(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store:
        missing = ["Missing: sales order lines from the ERP."]
        text = industry_report(Snapshot(store, END), [], "html", missing=missing, draw=drawer())

    assert missing[0] in text
    assert "<svg" not in text
    assert "<table" not in text


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_page_reads_without_scripts_on_a_phone_and_a_screen(
    made, tmp_path, visit, width, scheme
):
    path = tmp_path / "industries.html"
    path.write_text(industry_report(*made, "html", draw=drawer()), "utf-8")
    seen = visit(
        path,
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        java_script_enabled=False,
    )

    assert seen.complaints == []
    assert seen.requests == []
    assert seen.page.get_by_role("img", name="Orders by industry").is_visible()
    assert seen.page.locator("svg[role=img]").count() >= 4
    assert "<script" not in path.read_text("utf-8")
    last = seen.page.locator("body").bounding_box()
    assert last["width"] <= width
