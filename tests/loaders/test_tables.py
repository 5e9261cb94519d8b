"""Mappings that look into other files of their system, fill down, and read the file's name."""

import dataclasses

import pandas as pd
import pytest

from graphkit.batch import Source
from graphkit.errors import UnreadableError, UsageError
from graphkit.plugins import NO_TABLES
from graphkit.schema import Account, OrderLine, SentTo
from graphkit.sheets.files import read_sheets
from loaders.kinds import KINDS
from loaders.mapping import mapping_of
from loaders.mappings import loader_of

LINES = """
system = "anvil"
kind = "orders"
table = "Lines"
[lookup.Head]
on = ["Ord"]
[lookup.Buyer]
on = { "Head.Buyer" = "Code" }
[columns]
number = ["Ord"]
ordered_on = ["Head.Entered"]
customer_id = ["Head.Buyer"]
customer = ["Buyer.Called"]
[part_of.Parent]
table = "Lines"
on = { Made_For = "Ref" }
because = "parts of another line"
"""
HEADS = """
system = "anvil"
kind = "lookup"
table = "Head"
signs = ["Ord", "Buyer", "Entered"]
[belongs_to.Lines]
on = ["Ord"]
"""


@pytest.fixture
def taken(tmp_path):
    """What a mapping makes of a CSV text, with other tables at hand."""

    def one(mapping_text, text, name="export.csv", **tables):
        loader = loader_of(mapping_of(mapping_text, KINDS, "anvil.toml"))
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sheet = dataclasses.replace(read_sheets(path)[0], place=path.as_posix())
        source = Source.of(system="anvil", kind=loader.kind, path=name, content=text.encode())
        found = {
            table: pd.DataFrame(dict(zip(header, columns, strict=True)), dtype="string")
            for table, (header, *rows) in tables.items()
            for columns in [list(zip(*rows, strict=True))]
        }
        return loader.read(sheet, source, found or NO_TABLES)

    return one


HEAD_TABLE = (("Ord", "Buyer", "Entered"), ("7", "K1", "2024-03-04"), ("8", "K2", "2024-04-05"))
BUYER_TABLE = (("Code", "Called"), ("k1 ", "Hollow Rock Gear"), ("K2", "Salt Fork Marine"))


def test_a_line_takes_day_and_customer_from_its_header_and_the_name_from_the_customer(taken, frame):
    reading = taken(
        LINES,
        "Ord,Line,Qty,Ref,Made_For\n7,1,40,,\n8,1,6,,\n",
        Head=HEAD_TABLE,
        Buyer=BUYER_TABLE,
    )
    lines = frame(reading, OrderLine)

    assert lines["ordered_on"].astype(str).tolist() == ["2024-03-04", "2024-04-05"]
    assert frame(reading, Account)["name"].tolist() == ["Hollow Rock Gear", "Salt Fork Marine"]


def test_a_line_without_its_header_is_rejected_and_without_any_header_the_file_is_refused(taken):
    lines = "Ord,Line,Qty\n7,1,40\n9,1,6\n"
    rejects = taken(LINES, lines, Head=HEAD_TABLE).rejects

    assert rejects[["row", "column"]].to_numpy().tolist() == [[3, "Head.Entered"]]
    with pytest.raises(UnreadableError, match=r"stands in another export, Head.*export Head too"):
        taken(LINES, lines)


def test_a_row_that_is_part_of_another_is_read_and_makes_nothing_of_its_own(taken, frame):
    reading = taken(
        LINES,
        "Ord,Line,Qty,Ref,Made_For\n7,1,40,a,\n7,2,80,b,a\n",
        Head=HEAD_TABLE,
        Lines=(("Ref",), ("a",)),
    )

    assert (reading.rows, reading.repeated, len(reading.rejects)) == (2, 0, 0)
    assert frame(reading, OrderLine)["quantity"].tolist() == [40]
    assert reading.nothing == {"parts of another line": 1}


def test_a_row_that_makes_nothing_for_two_reasons_counts_once(taken):
    mapping = (
        f'{LINES}\n[leave_out.samples]\ncolumn = "Made_For"\nis = ["a"]\nbecause = "samples"\n'
    )

    reading = taken(
        mapping,
        "Ord,Line,Qty,Ref,Made_For\n7,1,40,a,\n7,2,80,b,a\n",
        Head=HEAD_TABLE,
        Lines=(("Ref",), ("a",)),
    )

    assert reading.nothing == {"parts of another line": 1}


def test_what_rows_are_that_are_part_of_another_has_to_be_said(taken):
    with pytest.raises(UsageError, match=r"part_of\.Parent"):
        taken(LINES.replace('because = "parts of another line"\n', ""), "Ord\n7\n")


def test_a_header_whose_lines_are_not_there_is_rejected_with_the_reason(taken):
    text = "Ord,Buyer,Entered\n7,K1,2024-03-04\n9,K1,2024-03-04\n"

    reading = taken(HEADS, text, Lines=(("Ord",), ("7",)))

    assert reading.rejects["row"].tolist() == [3]
    assert "no row of Lines has this Ord" in reading.rejects["reason"].iloc[0]


def test_what_stands_once_above_several_lines_belongs_to_each_but_never_to_the_next_order(
    taken, frame
):
    mapping = (
        'system = "anvil"\nkind = "orders"\n'
        'fill_down = ["Order", "Customer", "Order Date", "Promised"]\n'
    )
    reading = taken(
        mapping,
        "Order,Customer,Order Date,Promised,Line,Qty\n"
        "7,Hollow Rock,2024-03-04,2024-04-01,1,40\n,,,,2,60\n"
        "8,Salt Fork,2024-03-05,,1,5\n,,,,2,6\n",
    )
    lines = frame(reading, OrderLine)

    assert lines["order"].tolist() == ["anvil:7", "anvil:7", "anvil:8", "anvil:8"]
    promised = lines["promised_on"].astype("string").fillna("").tolist()
    assert promised == ["2024-04-01", "2024-04-01", "", ""]


def test_a_campaign_may_stand_in_the_name_of_the_file_and_the_action_in_its_folder(taken, frame):
    mapping = (
        'system = "anvil"\nkind = "mail_activity"\n'
        "[file_name]\ncampaign = '/([^/]+)\\.csv$'\naction = '/(sent|opens|clicks)/[^/]+$'\n"
    )
    reading = taken(mapping, "Email\npat@hollowrock.com\n", name="sent/spring letter.csv")

    assert frame(reading, SentTo)["from_id"].tolist() == ["anvil:spring letter"]


MANY = """
system = "anvil"
kind = "orders"
table = "Lines"
[lookup.Head]
on = ["Ord"]
[lookup.Work]
on = ["Ref"]
[columns]
number = ["Ord"]
ordered_on = ["Head.Entered", "Work.Started"]
customer = ["Head.Buyer", "Work.Buyer"]
[texts]
note = ["Words", "Work.Remark"]
[leave_out.samples]
column = "Sort"
is = ["sample"]
because = "samples, no orders"
"""
WORK_TABLE = (
    ("Ref", "Buyer", "Started", "Remark"),
    ("a", "Salt Fork", "2024-05-06", "hold it"),
    ("b", "NULL", "1900-01-01 00:00:00", "rush"),
)


def test_each_row_takes_the_first_of_several_columns_that_has_something(taken, frame):
    reading = taken(
        MANY,
        "Ord,Line,Qty,REF,Words,Sort\n7,1,40,a,Ring,\n9,1,6,a,,\n9,2,6,b,rush,\n",
        Head=HEAD_TABLE,
        Work=WORK_TABLE,
    )
    lines = frame(reading, OrderLine)

    assert lines["ordered_on"].astype(str).tolist() == ["2024-03-04", "2024-05-06"]
    assert lines["note"].tolist() == ["Ring; hold it", "hold it"]
    assert reading.rejects[["row", "column"]].to_numpy().tolist() == [[4, "Head.Entered"]]


def test_rows_that_are_none_of_the_kind_are_counted_and_make_nothing(taken, frame):
    reading = taken(
        MANY,
        "Ord,Line,Qty,Ref,Words,Sort\n7,1,40,a,,\n7,2,bad,a,,Sample\n",
        Head=HEAD_TABLE,
        Work=WORK_TABLE,
    )

    assert (len(frame(reading, OrderLine)), len(reading.rejects)) == (1, 0)
    assert (reading.nothing, reading.remarks) == ({"samples, no orders": 1}, {})


@pytest.mark.parametrize("day", ["1900-01-01 00:00:00.000", "1753-01-01", "01/01/1900", "\\N"])
def test_the_first_day_that_a_database_knows_is_no_day(taken, frame, day):
    reading = taken(
        'system = "anvil"\nkind = "orders"\n',
        f"Order,Customer,Order Date,Due Date,Line,Qty\n7,Hollow Rock,2024-03-04,{day},1,40\n",
    )

    assert reading.rejects.empty
    assert frame(reading, OrderLine)["promised_on"].isna().all()


def test_hours_of_a_lot_become_minutes_of_a_piece(taken, frame):
    reading = taken(
        'system = "anvil"\nkind = "orders"\n',
        "Order,Customer,Order Date,Line,Qty,Est Hours,Est Minutes\n"
        "7,Hollow Rock,2024-03-04,1,40,10,\n7,Hollow Rock,2024-03-04,2,40,10,3\n",
    )

    assert frame(reading, OrderLine)["minutes"].tolist() == [15.0, 3.0]
