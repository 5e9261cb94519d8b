"""The report on capacity: months at risk first, and what to write where none is stated."""

import pytest

from graphkit.analyses.forecast import capacity_risk, forecast
from graphkit.pipeline.charting import drawer
from graphkit.reports.capacity import capacity_report
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.analyses.test_forecast import EDM, MILLING, growing, lines_of, steady
from tests.analyses.traded import END, traded

__all__ = ["traded"]


def report(snap, form="text", *, capacity=None, **options):
    foreseen = forecast(snap, months=3, capacity=capacity)
    found = list(capacity_risk(snap, months=3, capacity=capacity))
    return foreseen, capacity_report(snap, foreseen, found, form, **options)


def test_a_process_at_risk_stands_first_with_who_drives_it(traded):
    snap = traded([*steady(), *steady(EDM, 300.0), *lines_of("Newcomer", MILLING, growing)])
    foreseen, text = report(snap, "markdown", capacity={MILLING: 150.0, EDM: 900.0})

    assert text.index(f"## {MILLING}") < text.index(f"## {EDM}")
    assert "alert: CNC Milling may run over its 150 machine hours" in text
    assert "Whose hours of CNC Milling rose most" in text
    assert "Whose hours of Wire EDM" not in text
    milling = foreseen.processes()[0]
    assert f"| CNC Milling | 450 | {milling['p10']:,.1f} | {milling['p50']:,.1f} |" in text
    assert "```cypher" in text


def test_where_nothing_is_at_risk_it_says_so(traded):
    _, text = report(traded(steady()), capacity={MILLING: 900.0})
    assert "No process is likely to run over its capacity in the next 3 months. [1]" in text


def test_without_capacity_the_volumes_stand_there_and_the_line_to_add(traded):
    _, text = report(traded(steady()))
    said = " ".join(text.split())

    assert 'under [capacity], add the machine hours that each has a month, such as "CNC' in said
    assert "hours a month are to be expected" in said
    assert "Capacity of" not in said


def test_an_empty_shop_says_what_is_missing(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store:
        snap = Snapshot(store, END)
        _, text = report(snap, missing=["Missing: sales order lines from the ERP."])
    assert "there is nothing to forecast from" in text
    assert "Missing: sales order lines from the ERP." in text


@pytest.mark.browser
def test_on_paper_no_chart_and_no_row_is_cut_in_two(traded, tmp_path, visit):
    snap = traded([*steady(), *steady(EDM, 300.0), *lines_of("Newcomer", MILLING, growing)])
    path = tmp_path / "capacity.html"
    _, text = report(snap, "html", capacity={MILLING: 150.0}, draw=drawer())
    path.write_text(text, "utf-8")
    seen = visit(path, viewport={"width": 390, "height": 844})

    assert seen.complaints == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seen.page.emulate_media(media="print")
    kept = "one => getComputedStyle(one).breakInside"
    for what in (".chart", "tr", ".told > li", ".notes li"):
        assert seen.page.locator(what).first.evaluate(kept) == "avoid", what
    assert seen.page.pdf(format="A4").startswith(b"%PDF")
