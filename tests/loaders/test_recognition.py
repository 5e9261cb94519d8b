"""Sheets are recognised by what is in them, whatever they are called, or refused by name."""

import csv
import io
import json
from pathlib import Path

import pytest

from graphkit import registry
from graphkit.batch import Source
from graphkit.errors import UnreadableError
from graphkit.schema import Account, Campaign, Invoice, OrderLine, Person
from graphkit.sheets.files import read_sheets
from loaders.kinds import KINDS
from loaders.mapping import mapping_of
from loaders.mappings import loader_of

pytestmark = pytest.mark.slow

INVOICE_LISTS = {
    "Invoice List": (
        "Date,Num,Customer,Memo/Description,Due Date,Amount,Open Balance,Currency,Exchange rate",
        '01/22/2024,4410,"Hollow Rock Gear, Inc.",,02/21/2024,"1,204.75",0.00,USD,1',
    ),
    "Open Invoices": (
        "Date,Num,Customer,Due Date,Amount,Open Balance",
        '01/22/2024,4410,"Hollow Rock Gear, Inc.",02/21/2024,"1,204.75",0.00',
    ),
    "A/R Aging Detail": (
        "Num,Customer,Date,Due Date,Amount,Open Balance,P.O. #",
        '4410,"Hollow Rock Gear, Inc.",01/22/2024,02/21/2024,"1,204.75",0.00,77',
    ),
    "A/R Aging Detail, new": (
        "Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance",
        '01/22/2024,Invoice,4410,"Hollow Rock Gear, Inc.",02/21/2024,"1,204.75",0.00',
    ),
    "with terms": (
        "Date,Transaction Type,Num,Name,Terms,Due Date,Amount,Open Balance",
        '01/22/2024,Invoice,4410,"Hollow Rock Gear, Inc.",Net 30,02/21/2024,"1,204.75",0.00',
    ),
}


@pytest.mark.parametrize("report", INVOICE_LISTS)
def test_each_invoice_report_of_quickbooks_is_recognised(report, chosen, read, frame):
    text = "\n".join(INVOICE_LISTS[report])

    assert chosen(text).loader.name == "quickbooks.invoices"
    invoice = frame(read(text), Invoice).iloc[0]
    assert (invoice["number"], invoice["amount"], str(invoice["due_on"])) == (
        "4410",
        12047500,
        "2024-02-21",
    )


def test_a_report_with_titles_above_and_a_total_below_is_read_without_them(read, frame):
    text = (
        "Open Invoices\nBrass Lantern Machine\nAs of March 31, 2024\n\n"
        "Date,Num,Customer,Due Date,Amount,Open Balance\n"
        "01/22/2024,4410,Hollow Rock Gear,02/21/2024,100.00,0.00\n"
        "02/09/2024,4411,Salt Fork Marine,03/25/2024,50.00,50.00\n"
        'TOTAL,,,,"$150.00","$50.00"\n\n"Sunday, Mar 31, 2024 09:12:44 PM GMT-5 - Accrual Basis"\n'
    )
    reading = read(text)

    assert (reading.rows, reading.amount, len(reading.rejects)) == (2, 1500000, 0)
    assert frame(reading, Invoice)["row"].tolist() == [6, 7]


def test_a_list_export_with_every_header_twice_is_read_as_contacts(chosen, read, frame):
    text = (
        "Record ID - Contact,First Name,Last Name,Email,Phone Number,Contact owner,"
        "Last Activity Date,Lead Status,Marketing contact status,Create Date,Record ID - Company,"
        "Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,"
        "Country/Region,Industry,Added To List On\n"
        "41001,Bela,Strand,BStrand@hollowrockgear.com,555-0142,Ines Calder,2024-03-01,,Marketing,"
        "2023-05-02,31001,Hollow Rock Gear Inc,Rafe Tully,2023-05-01,555-0100,2024-03-01,Dayton,"
        "United States,Power Transmission,2024-01-05\n"
    )
    assert chosen(text).loader.name == "hubspot.contacts"

    person = frame(read(text), Person).iloc[0]
    account = frame(read(text), Account).iloc[0]
    assert (person["id"], person["account"]) == ("bstrand@hollowrockgear.com", "hubspot:31001")
    assert (account["owner"], account["domain"]) == ("Rafe Tully", "hollowrockgear.com")


def test_both_campaign_lists_of_mailchimp_give_the_same_campaign(chosen, read, frame):
    short = "Campaign ID,Title,Subject,Send Date\n80bc,Summer,Shop tour,2024-06-09 21:30\n"
    long = (
        "Title,Subject,List,Send Date,Send Weekday,Total Recipients,Open Rate,Folder Id,Unique Id\n"
        'Summer,Shop tour,Customers,"Jun 09, 2024 09:30 pm",Sunday,310,n/a,,80bc\n'
    )
    columns = ["id", "title", "subject", "sent_at"]

    assert chosen(short).loader.name == chosen(long).loader.name == "mailchimp.campaigns"
    one, other = (frame(read(text), Campaign)[columns] for text in (short, long))
    assert one.equals(other)


def test_a_near_miss_names_the_missing_column_and_the_nearest_heading(chosen):
    text = (
        "SO Number,Line,Odrer Dte,Customer Name,Part Number,Qty Ordered,Unit Price\n"
        "70011,1,01/17/2024,Hollow Rock Gear,HR-88,10,$14.25\n"
    )
    with pytest.raises(
        UnreadableError, match=r"erp\.orders.*'Order Date' \(nearest: 'Odrer Dte'\)"
    ):
        chosen(text)


def test_a_report_that_lacks_a_column_is_told_which_one_to_add(chosen):
    with pytest.raises(UnreadableError) as refused:
        chosen("Date,Num,Customer,Due Date,Open Balance\n02/20/2024,4410,Hollow Rock,,80.00\n")

    assert "add 'Amount' to the report" in refused.value.next_step
    assert "graphkit sources quickbooks" in refused.value.next_step


def test_an_invoice_list_without_amounts_is_not_taken_for_a_list_of_companies(chosen):
    text = "Date,Num,Customer,Due Date,Open Balance\n01/22/2024,4410,Hollow Rock,02/21/2024,0.00\n"

    with pytest.raises(UnreadableError, match=r"quickbooks\.invoices.*'Amount'"):
        chosen(text)


def test_a_sheet_that_is_two_things_equally_is_refused_with_both_named(chosen):
    text = "Customer Name,Email,Phone,City\nHollow Rock Gear,info@hollowrockgear.com,555,Dayton\n"

    with pytest.raises(UnreadableError, match=r"crm\.contacts or crm\.companies equally well"):
        chosen(text)


def test_misspelt_headings_are_told_what_they_may_stand_for_and_not_read(chosen):
    text = "Nmae,Emial,Phne,Compny,Statu\nBela Strand,b@hollowrockgear.com,555,Hollow Rock,New\n"

    with pytest.raises(UnreadableError, match=r"nearest to crm\.contacts, if 'Nmae' is 'Name'"):
        chosen(text)


def test_a_sheet_of_something_else_is_refused_with_its_header(chosen):
    with pytest.raises(UnreadableError, match="'Tool', 'Offset'"):
        chosen("Tool,Offset\nT1,0.25\n")


def test_a_date_column_that_holds_no_dates_is_not_the_order_date(chosen):
    text = "SO Number,Order Date,Customer,Qty\n" + 5 * "70011,blue,Hollow Rock,5\n"

    with pytest.raises(UnreadableError, match="'Order Date'"):
        chosen(text)


def test_a_plain_sheet_of_orders_may_be_in_german(chosen, read, frame):
    text = (
        "Auftrag;Pos;Auftragsdatum;Kunde;Artikel;Bezeichnung;Verfahren;Werkstoff;Oberfläche;"
        "Toleranz;Menge;Stückpreis;Liefertermin;Geliefert am;Status;Bemerkung\n"
        "A-1;1;03.02.2025;Müller GmbH;W-7;Welle;Drehen;1.4301;verzinkt;±0,01 mm;1.200;3,50;"
        "20.02.2025;21.02.2025;geliefert;eilig\n"
    )
    recognition = chosen(text).recognition

    assert recognition.ignored == ()
    line = frame(read(text), OrderLine).iloc[0]
    assert (line["quantity"], line["unit_price"], line["status"]) == (1200, 35_000, "shipped")
    assert str(line["promised_on"]) == "2025-02-20"
    assert line["tolerance"] == 0.01


def test_a_new_system_is_one_file(frame, tmp_path: Path):
    mapping = mapping_of(
        'system = "trade"\nkind = "invoices"\n'
        '[columns]\nnumber = ["Beleg"]\ninvoiced_on = ["Belegdatum"]\ncustomer = ["Kunde"]\n'
        'amount = ["Betrag"]\n[values]\ncurrency = "EUR"\n[dates]\nday_first = true\n',
        KINDS,
        "trade.toml",
    )
    path = tmp_path / "belege.csv"
    path.write_bytes(
        "Beleg;Belegdatum;Kunde;Betrag\n7;03/04/2024;Müller & Söhne;1.234,50\n".encode("cp1252")
    )
    loader = loader_of(mapping)
    source = Source.of(system="trade", kind="invoices", path=path.name, content=b"x")

    invoice = frame(loader.read(read_sheets(path)[0], source), Invoice).iloc[0]

    assert (invoice["amount"], invoice["currency"]) == (12345000, "EUR")
    assert (str(invoice["invoiced_on"]), invoice["account"]) == (
        "2024-04-03",
        "trade:müller & söhne",
    )


def test_rejected_rows_carry_the_whole_row_to_be_mended(read):
    reading = read(
        "SO Number,Line,Order Date,Customer Name,Qty Ordered,Unit Price\n"
        "70011,1,01/17/2024,Hollow Rock Gear,many,$14.25\n"
        "70011,2,01/17/2024,Hollow Rock Gear,2,$14.25\n"
        "70011,3,01/17/2024,Hollow Rock Gear,3,$14.25\n"
    )
    rejected = reading.rejects.iloc[0]

    assert (rejected["row"], rejected["column"], rejected["value"]) == (2, "Qty Ordered", "many")
    assert json.loads(rejected["content"])["SO Number"] == "70011"


@pytest.mark.parametrize("loader", registry.loaders(), ids=lambda one: one.name)
def test_without_any_one_column_a_sheet_is_read_as_its_kind_or_refused_as_its_kind(loader, chosen):
    rows = list(csv.reader(io.StringIO(loader.example.lstrip("\n"))))
    for at in range(len(rows[0])):
        out = io.StringIO()
        csv.writer(out).writerows(
            [cell for index, cell in enumerate(row) if index != at] for row in rows
        )
        told = taken_for(chosen, out.getvalue())
        kinds = {loader.kind} | ({"contacts"} if loader.kind == "connections" else set())
        same = [one.name for one in registry.loaders() if one.kind in kinds]
        assert "no loader knows" in told or any(one in told for one in same), rows[0][at]


def taken_for(chosen, text):
    """The name of the loader chosen for a text, or why there is none."""
    try:
        return chosen(text).loader.name
    except UnreadableError as error:
        return str(error)
