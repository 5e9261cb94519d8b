"""A report is written in the form that the ending of its file says, or not at all."""

from pathlib import Path

import pytest

from tests.command_line import Run, loaded

ORDERS = """Order,Line,Customer,Order Date,Qty,Amount,Process
7,1,Hollow Rock Gear,2024-03-04,40,100.00,CNC Milling
8,1,Salt Fork Marine,2024-04-04,20,50.00,Grinding
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two orders."""
    folder = tmp_path_factory.mktemp("orders")
    (folder / "orders.csv").write_text(ORDERS, "utf-8")
    return loaded(folder / "shop", folder / "orders.csv")


@pytest.mark.parametrize(
    ("name", "begins"),
    [("c.html", "<!"), ("C.HTM", "<!"), ("c.md", "#"), ("c.txt", "Customer"), ("c", "Customer")],
)
def test_a_report_has_the_form_of_its_files_ending(
    graphkit: Run, shop: Path, tmp_path: Path, name: str, begins: str
) -> None:
    done = graphkit("-w", shop, "report", "cluster", "-o", tmp_path / name)

    assert done.code == 0
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_an_ending_that_no_report_has_is_refused_with_those_that_work(
    graphkit: Run, shop: Path, tmp_path: Path
) -> None:
    done = graphkit("-w", shop, "report", "cluster", "-o", tmp_path / "c.docx")

    assert done.code == 2
    assert "no report is written as .docx, only as .html, .htm, .md" in done.err
    assert not (tmp_path / "c.docx").exists()


def test_who_names_the_form_may_call_the_file_as_they_like(
    graphkit: Run, shop: Path, tmp_path: Path
) -> None:
    made = tmp_path / "c.page"

    assert graphkit("-w", shop, "report", "cluster", "--format", "html", "-o", made).code == 0
    assert made.read_text("utf-8").startswith("<!")


def test_reports_of_what_is_in_no_export_say_which_one_would_bring_it(
    graphkit: Run, shop: Path
) -> None:
    industry = graphkit("-w", shop, "report", "industry")
    capacity = graphkit("-w", shop, "report", "capacity")

    assert industry.code == capacity.code == 0
    said = " ".join(industry.out.split())
    assert "missing: invoices from finance" in said
    assert "your export has no industry: a column Industry in the companies of the CRM" in said
    assert "Est Minutes or Est Hours" in " ".join(capacity.out.split())
    assert "there is nothing to forecast from" in capacity.out
