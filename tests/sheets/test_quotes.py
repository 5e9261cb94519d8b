"""A quote that never closes spoils its own row and no other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.sheets.text import grid_of
from tests.command_line import Run, frames

HEADER = ["No", "Name", "Amount"]


def cells(text: str) -> list[list[str]]:
    """The records of a text, without cells that only a longer record has."""
    grid = grid_of(text.encode(), "x.csv")
    return [list(row) for row in zip(*(one.to_pylist() for one in grid.columns), strict=True)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("first", "others"),
    [
        ('1,"3 in bore,100', "2,Hub,200|3,Bar,300"),
        ('1,"3 in bore,100', '2,Hub,200|3,"Bar",300|4,"Cog, Inc",400'),
        ('1,"3 in bore,100', '2,Hub,200|3,Bar 4" bore,300'),
        ('1,"Acme, Inc,100', '2,Hub,200|3,"Bar",300'),
        ('1,"Acme, Inc,100', '2,Hub,200|3,Bar 4" bore,300'),
        ('1,"3 in bore,100', '2,"",200|3,"two\nlines",300'),
        ('"1,3 in bore,100', "2,Hub,200|3,Bar,300"),
        ('1,3 in bore,"', "2,Hub,200|3,Bar,300"),
    ],
)
def test_the_rows_below_a_quote_that_never_closes_are_read(first, others, end):
    whole = cells(end.join([",".join(HEADER), *others.split("|"), ""]))
    found = cells(end.join([",".join(HEADER), first, *others.split("|"), ""]))

    assert [row[:3] for row in found[2:]] == whole[1:]
    assert any('"' in cell for cell in found[1])


def test_two_quotes_that_never_close_do_not_close_one_another():
    text = 'No,Name,Amount\n1,"3 in,100\n2,Hub,200\n3,"4 in,300\n4,Cog,400\n'

    assert [row[1] for row in cells(text)[1:]] == ['"3 in', "Hub", '"4 in', "Cog"]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('"two\nlines"', "two\nlines"),
        ('"one ""word""\nand, so, on"', 'one "word"\nand, so, on'),
        ('"Dear all\nshe said "yes" to it"', 'Dear all\nshe said yes" to it"'),
    ],
)
def test_line_breaks_within_a_quoted_cell_stay(cell, read):
    assert cells(f'No,Name,Amount\n1,{cell},5\n2,Hub 3" bore,6\n')[1:] == [
        ["1", read, "5"],
        ["2", 'Hub 3" bore', "6"],
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Hub", '"Hub"', '"Hub, Inc"', '3" bore', '"a ""b"""', ""])),
    st.lists(st.sampled_from(["Hub", '"Hub"', '"Hub, Inc"', '"a ""b"""', ""]), min_size=1),
)
def test_wherever_a_quote_never_closes_no_other_row_is_lost(above, below):
    rows = [f"{number},{name},7" for number, name in enumerate([*above, '"open', *below])]

    found = cells("\n".join(["No,Name,Amount", *rows]) + "\n")

    assert [row[0] for row in found[1:]] == [str(number) for number in range(len(rows))]


def test_a_quote_that_never_closes_costs_no_order(graphkit: Run, tmp_path):
    lines = [f"S{number},2025-01-{number:02},Acme,P-{number},5,10" for number in range(1, 29)]
    lines[3] = lines[3].replace("Acme", '"Acme')
    text = "\n".join(["Order Number,Order Date,Customer,Part,Quantity,Unit Price", *lines, ""])
    (tmp_path / "orders.csv").write_text(text, "utf-8")

    assert graphkit("-w", tmp_path / "work", "load", tmp_path / "orders.csv").code == 0
    assert len(frames(tmp_path / "work")["Order"]) == 28


def test_a_very_long_note_refuses_no_file():
    long = "word " * 60_000

    found = cells(f'No,Name,Amount\n1,"{long}\n{long}",5,more\n2,Hub,"6\n')

    assert len(found[1][1]) == 2 * len(long) + 1
    assert found[2][:2] == ["2", "Hub"]
