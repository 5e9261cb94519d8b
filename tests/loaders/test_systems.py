"""What is special about the exports of single systems."""

import pytest

from graphkit.errors import UnreadableError
from graphkit.pipeline.choose import choose, useful
from graphkit.registry import loaders
from graphkit.schema import (
    Account,
    Campaign,
    Invoice,
    Knows,
    Order,
    OrderLine,
    Page,
    Payment,
    Person,
    Quote,
)
from graphkit.sheets.files import read_sheets

SALES = (
    "Group,Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,"
    "Balance\n"
)


def test_lines_of_a_sales_report_add_up_to_their_invoice_and_equal_lines_are_two(read, frame):
    line = "Hollow Rock,01/22/2024,Invoice,4410,Ring gear,,2,50.00,100.00,100.00\n"
    reading = read(
        SALES + line + line + "Salt Fork,01/23/2024,Credit Memo,88,Ring gear,,,,-20.00,0\n"
        "Salt Fork,01/24/2024,Sales Receipt,91,Ring gear,,1,50.00,50.00,0\n"
        "Salt Fork,01/24/2024,Payment,92,,,,,-50.00,0\n"
    )
    invoices = frame(reading, Invoice).set_index("id")

    assert invoices["amount"].to_dict() == {
        "quickbooks:4410": 2_000_000,
        "quickbooks:credit/88": -200_000,
        "quickbooks:91": 500_000,
    }
    assert str(invoices.loc["quickbooks:91", "paid_on"]) == "2024-01-24"
    assert (reading.rows, reading.repeated, reading.amount) == (5, 0, 2_300_000)
    assert reading.nothing == {"payments or other transactions, no invoices": 1}


def test_an_invoice_of_which_one_line_cannot_be_read_is_not_loaded_by_halves(read, frame):
    reading = read(
        SALES + "Hollow Rock,01/22/2024,Invoice,4410,Ring gear,,2,50.00,100.00,100.00\n"
        "Hollow Rock,01/22/2024,Invoice,4410,Hub,,2,50.00,1OO.00,200.00\n"
        "Hollow Rock,01/23/2024,Invoice,4411,Hub,,2,50.00,100.00,300.00\n"
    )
    assert frame(reading, Invoice)["number"].tolist() == ["4411"]
    assert reading.rejects["row"].tolist() == [2, 3]
    assert "another line" in reading.rejects["reason"].iloc[0]


XERO = (
    "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Quantity,UnitAmount,"
    "LineAmount,Currency,Type,Status\n"
)


def test_xero_repeats_the_total_on_each_line_and_drafts_and_voided_ones_are_no_bills(read, frame):
    reading = read(
        XERO + "Hollow Rock,INV-1,22/01/2024,21/02/2024,110.00,0,1,60.00,60.00,GBP,"
        "Sales invoice,Paid\n"
        "Hollow Rock,INV-1,22/01/2024,21/02/2024,110.00,0,1,40.00,40.00,GBP,Sales invoice,Paid\n"
        "Hollow Rock,CN-1,23/01/2024,,30.00,0,1,30.00,30.00,GBP,Sales credit note,Paid\n"
        "Hollow Rock,INV-2,24/01/2024,,30.00,0,1,30.00,30.00,GBP,Sales invoice,Voided\n"
        "Hollow Rock,INV-3,25/01/2024,,30.00,0,1,30.00,30.00,GBP,Sales invoice,Draft\n"
    )
    invoices = frame(reading, Invoice).set_index("number")

    assert invoices["amount"].to_dict() == {"INV-1": 1_100_000, "CN-1": -300_000}
    assert str(invoices.loc["INV-1", "due_on"]) == "2024-02-21"
    assert invoices["currency"].tolist() == ["GBP", "GBP"]
    assert reading.nothing == {"drafts, voided or cancelled, so nobody owes them": 2}
    assert (reading.rows, reading.repeated, len(reading.rejects)) == (5, 0, 0)


def test_the_starred_template_of_xero_adds_up_quantity_times_price(read, frame):
    reading = read(
        "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,*Description,*Quantity,*UnitAmount,"
        "*AccountCode,*TaxType\n"
        "Hollow Rock,INV-1,22/01/2024,21/02/2024,Ring gear,2,50.00,200,Tax Exempt\n"
        "Hollow Rock,INV-1,22/01/2024,21/02/2024,Hub,1,10.00,200,Tax Exempt\n"
    )
    assert frame(reading, Invoice)["amount"].tolist() == [1_100_000]


def test_a_voucher_of_erpnext_that_only_gives_back_is_a_credit_and_payments_are_left_out(
    read, frame
):
    reading = read(
        "Posting Date,Party Type,Party,Voucher Type,Voucher No,Due Date,Invoiced Amount,"
        "Paid Amount,Credit Note,Outstanding Amount\n"
        "2024-01-22,Customer,Hollow Rock,Sales Invoice,SI-1,2024-02-21,100.00,0,20.00,80.00\n"
        "2024-01-23,Customer,Hollow Rock,Sales Invoice,SI-2,,0.00,0,40.00,-40.00\n"
        "2024-01-24,Customer,Hollow Rock,Payment Entry,PE-1,,0.00,0,0.00,-15.00\n"
    )
    assert frame(reading, Invoice)[["number", "amount", "open_amount"]].to_numpy().tolist() == [
        ["SI-1", 1_000_000, 800_000],
        ["SI-2", -400_000, -400_000],
    ]
    assert reading.nothing == {"payments or other transactions, no invoices": 1}


def test_payment_entries_of_erpnext_are_read_where_a_customer_paid_and_they_stand(read, frame):
    head = (
        "ID,Payment Type,Posting Date,Company,Party Type,Party,Paid Amount,Received Amount,"
        "docstatus\n"
    )
    reading = read(
        head + "P-1,Receive,2024-02-20,Brass Lantern,Customer,Hollow Rock,100.00,100.00,1\n"
        "P-2,Pay,2024-02-21,Brass Lantern,Supplier,Steel Yard,50.00,50.00,1\n"
        "P-3,Internal Transfer,2024-02-21,Brass Lantern,,,50.00,50.00,1\n"
        "P-4,Receive,2024-02-22,Brass Lantern,Customer,Hollow Rock,70.00,70.00,2\n"
        "P-5,Receive,2024-02-22,Brass Lantern,Customer,Hollow Rock,70.00,70.00,0\n"
    )
    payments = frame(reading, Payment)

    assert payments[["number", "account"]].to_numpy().tolist() == [["P-1", "erpnext:hollow rock"]]
    assert [*reading.nothing.values()] == [2, 2]
    assert reading.rejects.empty


def test_the_list_of_sales_invoices_of_erpnext_is_none_of_companies(read, frame):
    reading = read(
        "ID,Customer,Date,Payment Due Date,Grand Total,Outstanding Amount,Status\n"
        "SI-1,Hollow Rock,2024-01-22,2024-02-21,100.00,80.00,Submitted\n"
        "SI-2,Hollow Rock,2024-01-23,2024-02-21,50.00,0,Draft\n"
        "SI-3,Hollow Rock,2024-01-24,2024-02-21,60.00,0,Cancelled\n"
    )

    assert frame(reading, Invoice)["number"].tolist() == ["SI-1"]
    assert reading.nothing == {"drafts or cancelled": 2}


ODOO = (
    "Order Reference,Customer,Order Date,Status,Order Lines/Product/Internal Reference,"
    "Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Subtotal\n"
)


def test_odoo_writes_an_order_once_above_its_lines_and_quotations_are_no_orders(read, frame):
    reading = read(
        ODOO + "S1,Hollow Rock,2024-01-17 09:12:00,Sales Order,HR-88,12,14.25,171.00\n"
        ",,,,HR-91,40,22.00,880.00\n"
        "S2,Salt Fork,2024-02-02 14:05:00,Quotation,SF-3,15,181.40,2721.00\n"
        ",,,,SF-4,1,10.00,10.00\n"
        "S3,Salt Fork,2024-02-03 14:05:00,Cancelled,SF-3,15,181.40,2721.00\n"
    )
    lines = frame(reading, OrderLine)

    assert lines[["order", "part", "account", "status"]].to_numpy().tolist() == [
        ["odoo:S1", "odoo:HR-88", "odoo:hollow rock", "open"],
        ["odoo:S1", "odoo:HR-91", "odoo:hollow rock", "open"],
        ["odoo:S3", "odoo:SF-3", "odoo:salt fork", "cancelled"],
    ]
    assert frame(reading, Order)["number"].tolist() == ["S1", "S3"]
    assert reading.nothing == {"quotations or drafts, no orders yet": 2}
    assert reading.rejects.empty


def test_a_deal_is_a_quote_whatever_the_stages_are_called_and_needs_no_company(read, frame):
    reading = read(
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,"
        "Associated Company (Primary),Associated Company IDs (Primary)\n"
        "1,Ring gears,Closed Won (Sales Pipeline),6950.00,2024-02-20 10:00,2024-01-08 09:12,"
        "Hollow Rock,31001\n"
        "2,Shafts,Verloren,3540.00,2024-02-28 16:30,2024-01-19 11:40,Salt Fork,31002\n"
        "3,From the fair,Appointment Scheduled,,,2024-02-05 08:55,,\n"
    )
    quotes = frame(reading, Quote)

    assert quotes["status"].tolist() == ["won", "lost", "open"]
    assert quotes["account"].fillna("").tolist() == ["hubspot:31001", "hubspot:31002", ""]
    assert quotes["name"].tolist() == ["Ring gears", "Shafts", "From the fair"]
    assert quotes["quoted_on"].astype(str).tolist() == ["2024-01-08", "2024-01-19", "2024-02-05"]
    assert reading.rejects.empty


def test_opportunities_without_an_id_go_by_name_and_customer(read, frame):
    reading = read(
        "Opportunity Name,Account Name,Stage,Amount,Close Date\n"
        "Ring gears,Hollow Rock,Negotiation/Review,$10.00,2/20/2024\n"
        "Ring gears,Salt Fork,Closed Won,$10.00,2/20/2024\n"
        "Ring gears,Salt Fork,Closed Won,$12.00,2/20/2024\n"
    )
    quotes = frame(reading, Quote)

    assert quotes["id"].tolist() == [
        "salesforce:ring gears / hollow rock",
        "salesforce:ring gears / salt fork",
    ]
    assert (reading.repeated, quotes["amount"].iloc[1]) == (1, 120_000)


def test_what_salesforce_only_keeps_as_deleted_is_left_out(read, frame):
    reading = read(
        "Id,IsDeleted,MasterRecordId,Name,Type,ParentId,BillingCity,Industry\n"
        "001A,0,,Hollow Rock,Customer,,Dayton,Power Transmission\n"
        "001B,1,001A,Hollow Rock Gear,Customer,,Dayton,\n"
    )
    assert frame(reading, Account)["name"].tolist() == ["Hollow Rock"]
    assert reading.nothing == {"deleted in their system": 1}
    assert reading.rejects.empty


def test_the_first_address_of_constant_contact_that_is_filled_counts_and_so_does_a_refusal(
    read, frame
):
    reading = read(
        "First name,Last name,Company,Email address - home,Email status - home,"
        "Email address - work,Email permission status - work,Email address - other\n"
        "Bela,Strand,Hollow Rock,,,bela@hollowrockgear.com,Express,\n"
        "Odile,Marsh,Salt Fork,odile@gmail.com,Active,,Unsubscribed,\n"
        "Una,Reed,Salt Fork,,,,,una@saltforkmarine.com\n"
    )
    people = frame(reading, Person)

    assert people["email"].tolist() == [
        "bela@hollowrockgear.com",
        "odile@gmail.com",
        "una@saltforkmarine.com",
    ]
    assert people["opted_out"].fillna(value=False).tolist() == [False, True, False]


def test_of_klaviyo_only_mails_are_campaigns(read, frame):
    reading = read(
        "Campaign Name,Subject,Send Time,Total Recipients,Campaign ID,Campaign Channel\n"
        "Spring,Skiving,2024-03-05 09:30:00,310,k1,Email\n"
        "Flash,Shop tour,2024-03-06 09:30:00,12,k2,SMS\n"
    )
    assert frame(reading, Campaign)["id"].tolist() == ["klaviyo:k1"]
    assert reading.rejects["value"].tolist() == ["SMS"]


def test_connections_say_whom_one_of_us_knows(read, frame):
    reading = read(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On,Connection of\n"
        "Bela,Strand,,,Hollow Rock,Purchasing,12 Mar 2024,Ines Calder\n"
        "Odile,Marsh,,odile@gmail.com,Salt Fork,Owner,03 Feb 2023,Ines Calder\n"
    )
    assert frame(reading, Knows)[["from_id", "to_id"]].to_numpy().tolist() == [
        ["Ines Calder", "linkedin:bela strand / hollow rock"],
        ["Ines Calder", "odile@gmail.com"],
    ]
    assert frame(reading, Person)["account"].tolist() == [
        "linkedin:hollow rock",
        "linkedin:salt fork",
    ]


@pytest.mark.parametrize(
    ("place", "whose"),
    [
        ("Connections Ines Calder.csv", "Ines Calder"),
        ("Connections_Ines_Calder.csv", "Ines_Calder"),
        ("Connections (Ines Calder).csv", "Ines Calder"),
        ("Ines Calder/Connections.csv", "Ines Calder"),
        ("Basic_LinkedInDataExport_03-05-2025/Connections.csv", None),
        ("exports/Connections.csv", None),
        ("Sales Orders.csv", None),
    ],
)
def test_whose_connections_they_are_stands_in_the_files_name_or_folder(place, whose):
    (loader,) = [one for one in loaders() if one.name == "linkedin.connections"]
    found = loader.read.args[0].file_name["employee"].search(f"/srv/{place}")

    assert (found[1] if found else None) == whose


def test_connections_of_nobody_load_people_and_say_what_is_open(read, frame):
    reading = read(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Bela,Strand,,,Hollow Rock,Purchasing,12 Mar 2024\n"
    )

    assert frame(reading, Person)["name"].tolist() == ["Bela Strand"]
    assert frame(reading, Knows).empty
    [(why, count)] = reading.remarks.items()
    assert (count, "name the file after the person" in why) == (1, True)


def test_pages_have_a_path_and_visitors_no_company(read, frame):
    reading = read(
        "Page path and screen class,Views,Active users,Views per active user\n"
        "/skiving/,310,201,1.54\n/,98,77,1.27\n"
    )
    assert frame(reading, Page)["id"].tolist() == ["/skiving", "/"]


def test_a_report_that_tells_nothing_is_refused_with_the_one_to_export_instead(tmp_path):
    path = tmp_path / "aging.csv"
    path.write_text(
        "Customer,Current,1 - 30,31 - 60,61 - 90,91 and over,Total\nHollow Rock,0,1,0,0,0,1\n"
    )
    sheet = read_sheets(path)[0]

    with pytest.raises(UnreadableError, match="A/R Aging Detail or the Invoice List"):
        useful(choose(sheet, loaders()), sheet)
