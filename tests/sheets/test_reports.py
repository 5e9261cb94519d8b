"""Reports as systems print them: titles, groups, subtotals, totals and notices around the rows."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.sheets import Unreconciled
from graphkit.sheets.files import read_sheets
from graphkit.sheets.titles import day_of_titles, span_of_titles


@pytest.fixture
def sheets(tmp_path):
    """The sheets of a text."""

    def read(text):
        path = tmp_path / "report.csv"
        path.write_text(text, encoding="utf-8")
        return read_sheets(path)

    return read


@pytest.fixture
def sheet(sheets):
    """The one sheet of a text."""

    def read(text):
        (found,) = sheets(text)
        return found

    return read


DETAIL = """Sales by Customer Detail,,,,
Lakeside Machining,,,,
"January - March, 2024",,,,

,Date,Num,Qty,Amount
Ash Pumps,,,,
,01/05/2024,1001,2,"1,200.00"
,01/09/2024,1002,-1,(200.00)
   Plant A,,,,
,02/01/2024,1003,1,300.00
   Total for Plant A,,,1.00,$300.00
Total for Ash Pumps,,,2.00,"$1,300.00"
Total Machining Inc,,,,
,02/07/2024,1004,4,50.00
Total for Total Machining Inc,,,4.00,$55.00
TOTAL,,,6.00,"$1,350.00"


"Monday, April 1, 2024 09:12 AM GMT-04:00 - Accrual Basis",,,,
"""


def test_a_grouped_report_becomes_rows_with_their_innermost_group(sheet):
    found = sheet(DETAIL)

    assert found.header == ["Group", "Date", "Num", "Qty", "Amount"]
    assert found.cells["Group"].tolist() == [
        "Ash Pumps",
        "Ash Pumps",
        "Plant A",
        "Total Machining Inc",
    ]
    assert found.cells["Num"].tolist() == ["1001", "1002", "1003", "1004"]
    assert found.rows.tolist() == [7, 8, 10, 14]
    assert found.titles == (
        "Sales by Customer Detail",
        "Lakeside Machining",
        "January - March, 2024",
    )
    assert found.totals == {"Qty": "6.00", "Amount": "$1,350.00"}


def test_a_group_whose_total_is_not_the_sum_of_its_lines_is_noted(sheet):
    assert sheet(DETAIL).unreconciled == (
        Unreconciled("Total Machining Inc", "Amount", "$55.00", "50.00"),
    )


def test_aging_detail_is_grouped_by_bucket_and_a_column_may_have_a_heading(sheet):
    found = sheet(
        "A/R Aging Detail\nAs of 31 Mar 2024\n\n"
        "Bucket,Date,Customer,Open Balance\n1 - 30 days past due,,,\n,03/01/2024,Ash,10\n"
        ",03/02/2024,Elm,5\nTotal for 1 - 30 days past due,,,15\nCURRENT,,,\n,03/29/2024,Ash,7\n"
        "Total for CURRENT,,,7\nTOTAL,,,22\n"
    )

    assert found.cells["Group"].tolist() == [*["1 - 30 days past due"] * 2, "CURRENT"]
    assert found.cells["Customer"].tolist() == ["Ash", "Elm", "Ash"]
    assert found.totals == {"Open Balance": "22"}
    assert not found.unreconciled


def test_groups_may_stand_in_the_first_column_of_the_rows_and_count_them(sheet):
    found = sheet(
        "Date,Num,Customer,Amount\n1 - 30 days past due (2),,,\n03/01/2024,7,Ash,10\n"
        "03/02/2024,8,Elm,5\nTotal for 1 - 30 days past due,,,15\nTOTAL,,,15\n"
    )

    assert found.cells["Group"].tolist() == ["1 - 30 days past due"] * 2
    assert found.cells["Date"].tolist() == ["03/01/2024", "03/02/2024"]
    assert found.totals == {"Amount": "15"}
    assert not found.unreconciled


def test_groups_of_a_desktop_report_are_indented_by_columns(sheet):
    found = sheet(
        ",,Type,Num,Amount\nAsh Pumps,,,,\n,Plant A,,,\n,,Invoice,1,5\n,Total Plant A,,,5\n"
        ",Plant B,,,\n,,Invoice,2,6\n,Total Plant B,,,6\nTotal Ash Pumps,,,,11\nTOTAL,,,,11\n"
    )

    assert found.header == ["Group", "Type", "Num", "Amount"]
    assert found.cells["Group"].tolist() == ["Plant A", "Plant B"]
    assert not found.unreconciled


def test_a_parent_totals_its_own_lines_and_again_with_its_sub_customers(sheet):
    found = sheet(
        ",Num,Amount\nAsh,,\n,1,5\nTotal for Ash,,5\nPlant A,,\n,2,6\nTotal for Plant A,,6\n"
        "Total for Ash with sub-customers,,11\nElm,,\n,3,1\nTotal for Elm,,1\nTOTAL,,12\n"
    )

    assert found.cells["Group"].tolist() == ["Ash", "Plant A", "Elm"]
    assert not found.unreconciled


def test_a_running_balance_is_no_sum(sheet):
    found = sheet(",Num,Amount,Balance\nAsh,,,\n,1,5,5\n,2,6,11\nTotal for Ash,,11,11\n")

    assert not found.unreconciled


def test_an_aging_summary_stays_one_line_a_customer(sheet):
    found = sheet(
        "A/R Aging Summary\n\n,Current,1 - 30,Total\nAsh,,,\n  Plant A,100,5,105\n"
        "  Plant B,1,0,1\nTotal Ash,101,5,106\nTotal Tooling,7,,7\nElm,1,2,3\nTOTAL,109,7,116\n"
    )

    assert found.header == ["column 1", "Current", "1 - 30", "Total"]
    assert found.cells["column 1"].str.strip().tolist() == [
        "Plant A",
        "Plant B",
        "Total Tooling",
        "Elm",
    ]
    assert found.totals == {"Current": "109", "1 - 30": "7", "Total": "116"}


def test_two_columns_with_a_blank_heading_are_a_table(sheet):
    found = sheet("Sales by Customer Summary\n\n,Total\nAsh,5\nElm,6\nTOTAL,11\n")

    assert found.header == ["column 1", "Total"]
    assert found.cells["column 1"].tolist() == ["Ash", "Elm"]
    assert found.totals == {"Total": "11"}


def test_subtotals_and_the_notices_of_a_report_are_no_rows(sheet):
    found = sheet(
        "Account Name,Owner,Amount\nAsh,Kim,5\nElm,Kim,6\nSubtotal,,11\nOak,Lee,1\n"
        "Subtotal (1 record),,1\nGrand Totals (3 records),,12\n\n"
        "Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved.\n"
        "Confidential Information - Do Not Distribute\nGenerated By: Kim  4/1/2024 9:12 AM\n"
        "Lakeside Machining\n"
    )

    assert found.cells["Account Name"].tolist() == ["Ash", "Elm", "Oak"]
    assert found.rows.tolist() == [2, 3, 5]
    assert found.totals == {"Amount": "12"}


def test_a_total_with_rows_below_is_not_the_total_of_the_report(sheet):
    found = sheet("Name,Amount,Open\nAsh,5,1\nTotal,5,1\nElm,6,2\n")

    assert found.cells["Name"].tolist() == ["Ash", "Elm"]
    assert found.totals == {}


NAMES = st.sampled_from(["Total Machining Inc", "Totalseal", "Total", "Sum", "Subtotal", "Ash"])
FILLED = st.tuples(NAMES, st.sampled_from(["Erie", "Total", "Gary"]), st.integers(0, 999).map(str))


@settings(max_examples=60, deadline=None)
@given(st.lists(FILLED, min_size=1, max_size=12))
def test_a_row_with_a_second_word_is_never_taken_for_a_total(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "totals.csv"
    path.write_text(
        "Customer,City,Amount\n" + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8"
    )

    (found,) = read_sheets(path)

    assert found.cells.to_numpy().tolist() == [list(row) for row in rows]


COMPANIES = st.from_regex(r"[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}", fullmatch=True)
AMOUNTS = st.lists(st.integers(-999, 9999), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(COMPANIES, AMOUNTS, min_size=1))
def test_any_groups_come_back_as_their_rows(tmp_path_factory, groups):
    lines, wanted = ["Report", "", ",Num,Amount"], []
    for name, amounts in groups.items():
        lines.append(f"{name},,")
        for value in amounts:
            lines.append(f",INV{len(lines)},{value}")
            wanted.append((name, f"INV{len(lines) - 1}", str(value), len(lines)))
        lines.append(f"Total for {name},,{sum(amounts)}")
    lines.append(f"TOTAL,,{sum(map(sum, groups.values()))}")
    path = tmp_path_factory.getbasetemp() / "groups.csv"
    path.write_text("\n".join(lines), encoding="utf-8")

    (found,) = read_sheets(path)

    got = [
        (*cells, row)
        for cells, row in zip(found.cells.to_numpy().tolist(), found.rows, strict=True)
    ]
    assert got == wanted
    assert not found.unreconciled


# --- headers and what stands above them ---


def test_the_note_above_connections_is_no_header(sheet):
    found = sheet(
        'Notes:\n"When exporting your connections, some addresses, may be missing, see, help."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Kim,Ash,https://x.test/kim,,Elm Tools,Buyer,12 Mar 2024\n"
    )

    assert found.header[:2] == ["First Name", "Last Name"]
    assert found.rows.tolist() == [5]
    assert len(found.titles) == 2


def test_each_block_of_an_analytics_export_is_a_sheet_with_its_own_titles(sheets):
    first, second = sheets(
        "# ----------------------------------------\n# Pages and screens\n"
        "# Property: Lakeside, Inc\n# ----------------------------------------\n#\n# All Users\n"
        "# Start date: 20240101\n# End date: 20240131\n"
        "Page path,Views,Active users\n/ash,10,4\n/elm,7,3\n\n"
        "# Start date: 20240201\n# End date: 20240229\nNth day,Active users\n0000,4\n0001,3\n"
    )

    assert (first.name, second.name) == ("", "#2")
    assert first.cells["Page path"].tolist() == ["/ash", "/elm"]
    assert second.header == ["Nth day", "Active users"]
    assert second.rows.tolist() == [16, 17]
    assert span_of_titles(first.titles) == (dt.date(2024, 1, 1), dt.date(2024, 1, 31))
    assert span_of_titles(second.titles) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))


def test_a_second_table_after_a_blank_line_is_told_apart(sheets):
    first, second = sheets(
        "Order,Customer,Amount\n1,Ash,5\n2,Elm,6\n\nPayments\nCustomer,Paid,On\nAsh,5,2024-03-01\n"
    )

    assert first.cells["Order"].tolist() == ["1", "2"]
    assert second.header == ["Customer", "Paid", "On"]
    assert second.titles == ("Payments",)


def test_blank_lines_between_rows_do_not_make_a_second_table(sheet):
    found = sheet(
        "Name,City,Amount\n\nAsh,Erie,5\n\n,,\nElm Tools,Gary,\nOak,Erie,7\n\nFir,Erie,\n"
    )

    assert found.cells["Name"].tolist() == ["Ash", "Elm Tools", "Oak", "Fir"]


def test_a_header_repeated_by_exports_put_end_to_end_is_no_row(sheet):
    found = sheet("Order,Customer\n1,Ash\nOrder,Customer\n2,Elm\n")

    assert found.cells["Order"].tolist() == ["1", "2"]
    assert found.rows.tolist() == [2, 4]


def test_a_row_of_units_below_the_header_is_no_row(sheet):
    found = sheet("Job,Hours,Weight\n,(h),[kg]\nJ1,2,3\n")

    assert found.cells["Job"].tolist() == ["J1"]


def test_a_title_above_two_columns_is_no_header(sheet):
    found = sheet("Customers\nName,City\nAsh,Erie\nElm,Gary\n")

    assert (found.header, found.titles) == (["Name", "City"], ("Customers",))


def test_line_breaks_in_headings_and_empty_columns_at_the_end_do_no_harm(sheet):
    found = sheet('Name,"Open\nBalance",,,\nAsh,5,,,\n')

    assert found.header == ["Name", "Open Balance"]


def test_numbers_with_a_hash_are_rows_and_no_comments(sheet):
    found = sheet("#,Customer,Amount\n#1001,Ash,5\n#1002,Elm,6\n")

    assert found.cells["#"].tolist() == ["#1001", "#1002"]


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("As of March 31, 2024", dt.date(2024, 3, 31)),
        ("A/R Aging Detail As of Mar 31, 2024", dt.date(2024, 3, 31)),
        ("As of 31 Mar 2024", dt.date(2024, 3, 31)),
        ("as of 03/31/2024", dt.date(2024, 3, 31)),
        ("As of 31/03/2024", dt.date(2024, 3, 31)),
        ("As at 31.03.2024", dt.date(2024, 3, 31)),
        ("As of 2024-03-31", dt.date(2024, 3, 31)),
        ("As of Sunday, March 31, 2024", dt.date(2024, 3, 31)),
        ("Report Date: 2024-03-31", dt.date(2024, 3, 31)),
        ("As of February 31, 2024", None),
        ("March 31 Tooling", None),
        ("As of today", None),
    ],
)
def test_the_day_of_a_report_is_read_from_its_titles(title, day):
    assert day_of_titles(["Lakeside", title]) == day


@pytest.mark.parametrize(
    ("title", "span"),
    [
        ("January 1 - March 31, 2024", (dt.date(2024, 1, 1), dt.date(2024, 3, 31))),
        ("January - March, 2024", (dt.date(2024, 1, 1), dt.date(2024, 3, 31))),
        ("December 2023 - February 2024", (dt.date(2023, 12, 1), dt.date(2024, 2, 29))),
        ("December 15 - January 15, 2024", (dt.date(2023, 12, 15), dt.date(2024, 1, 15))),
        ("March 1-31, 2024", (dt.date(2024, 3, 1), dt.date(2024, 3, 31))),
        ("March 2024", (dt.date(2024, 3, 1), dt.date(2024, 3, 31))),
        ("From 01/01/2024 to 31/03/2024", (dt.date(2024, 1, 1), dt.date(2024, 3, 31))),
        ("1 Jan 2024 - 31 Mar 2024", (dt.date(2024, 1, 1), dt.date(2024, 3, 31))),
        ("2024-01-01 through 2024-03-31", (dt.date(2024, 1, 1), dt.date(2024, 3, 31))),
        ("January 1, 2024 through ...", (dt.date(2024, 1, 1), None)),
        ("Mayer - Junker, 2024", (None, None)),
        ("All dates", (None, None)),
    ],
)
def test_the_span_of_a_report_is_read_from_its_titles(title, span):
    assert span_of_titles(["Sales", title]) == span


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_title_gives_a_day_or_none(text):
    day_of_titles([f"As of {text}", f"As of {text} 31, 2024"])
    span_of_titles([text, f"{text} 1 - March 99, 0000", f"Start date: {text}"])
