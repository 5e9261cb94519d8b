"""The page of a customer: cited, safe from hostile names, and fit for a phone and a printer."""

import re

import pytest

from graphkit.analyses.profile import profile
from graphkit.pipeline.charting import drawer
from graphkit.reports.charts.customer import customer_charts
from graphkit.reports.customer import FORMS, customer_page, section_rows
from graphkit.schema import Attended, File, Note, Person, TradeShow
from graphkit.store import open_store
from tests.graph_rows import SOURCE, put
from tests.shop import END, Customer, Shop, steady

HOSTILE = "<script>alert(1)</script>"
LONG = "A" * 90


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A snapshot and the profile of a company with a hostile name."""
    with open_store(tmp_path_factory.mktemp("page") / "graph.duckdb") as store:
        shop = Shop(store).fill(
            [
                Customer(HOSTILE, [2, 0, 3] * 10, industry=HOSTILE, late=20),
                Customer("calm", steady(1), industry=LONG, late=0),
            ]
        )
        account = f"erp:{HOSTILE}"
        put(store, File, id=[SOURCE.file_id], path=["rows.csv"])
        put(store, Person, id=["p"], account=[account], name=[f"{HOSTILE} Doe"], title=[LONG])
        put(store, Note, id=["n"], account=[account], written_on=[END], text=[f"Said {HOSTILE}"])
        put(store, TradeShow, id=["s"], series=[HOSTILE], year=[2026])
        put(
            store,
            Attended,
            from_id=[account],
            from_type=["Account"],
            to_id=["s"],
            on=[END],
            polarity=["asserted"],
            sentence=["<img src=x onerror=alert(2)>"],
        )
        snap = shop.snapshot()
        yield snap, profile(snap, HOSTILE, [])


@pytest.mark.parametrize("form", FORMS)
def test_every_sentence_has_a_number_and_every_number_its_rows(made, form):
    snap, page = made
    text = customer_page(page, snap.files, form)

    assert customer_page(page, snap.files, form) == text
    notes = {int(one) for one in re.findall(r"(?m)^(?:- )?(?:\[(\d+)\])", text)}
    cited = {int(one) for one in re.findall(r"(?m)\[(\d+)\]$", text)}
    if form == "html":
        notes = {int(one) for one in re.findall(r'id="n(\d+)"', text)}
        cited = {int(one) for one in re.findall(r'href="#n(\d+)"', text)}
    assert len(notes) > 5
    assert cited == notes == set(range(1, len(notes) + 1))
    assert "rows.csv, " in text
    assert SOURCE.file_id not in text


def test_rows_of_the_profile_say_file_and_row_of_each_sentence(made):
    snap, page = made
    rows = section_rows(page.sections, snap.files)

    assert all(one["rows"] or one["finding"] or one["basis"] or one["unknown"] for one in rows)
    usual = next(one for one in rows if one["sentence"].startswith("A usual lot"))
    assert set(usual["rows"]) == {"rows.csv"}
    assert usual["section"] == "orders"


def test_a_hostile_name_stays_text_on_the_page(made):
    snap, page = made
    text = customer_page(page, snap.files, "html")

    assert "<script" not in text
    assert "<img" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5
    assert "http" not in text.replace("http-equiv", "")  # nothing is fetched
    assert "<script" not in customer_page(page, snap.files, "markdown")


def drawn(snap, page, draw):
    charts = customer_charts(snap, page.company.id, [])
    return customer_page(page, snap.files, "html", charts=charts, draw=draw)


def test_without_what_draws_charts_the_page_has_their_figures_and_says_what_to_install(made):
    snap, page = made
    text = drawn(snap, page, None)

    assert "<svg" not in text
    assert 'pip install "graphkit-crm[charts]"' in text
    assert "<details open><summary>The figures" in text
    assert "<td>June 2026</td>" in text


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_works_without_scripts_on_a_phone_and_a_screen(
    made, tmp_path, visit, width, scheme
):
    snap, profiled = made
    path = tmp_path / "page.html"
    path.write_text(drawn(snap, profiled, drawer()), "utf-8")

    seen = visit(
        path,
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
    )

    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.complaints == []
    assert seen.requests == []
    assert page.get_by_role("heading", name=HOSTILE).is_visible()
    assert page.get_by_role("img", name=f"Orders of {HOSTILE}").is_visible()
    places = ("svg >> nth=0", ".do", ".grid", ".notes")
    top = [page.locator(one).bounding_box()["y"] for one in places]
    assert top == sorted(top)  # the picture first, the sources last
    page.emulate_media(media="print")
    assert page.get_by_text("Where it comes from").is_visible()
