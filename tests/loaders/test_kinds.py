"""What each kind of sheet makes of its rows."""

import pytest

from graphkit.errors import UnreadableError
from graphkit.schema import (
    Account,
    Clicked,
    Finish,
    Invoice,
    Note,
    Opened,
    Order,
    OrderLine,
    Page,
    Payment,
    Person,
    Post,
    Process,
    Project,
    Quote,
    Supplies,
    Visited,
)
from loaders.kinds.orders import order_status

ORDERS = (
    "SO Number,Line,Order Date,Customer ID,Customer Name,Process,Finish,Tolerance,Qty Ordered,"
    "Unit Price,Status\n"
)


def order(number, line, day, quantity, *, finish="", process="Turning", status="Shipped"):
    return f'{number},{line},{day},K1,HOLLOW ROCK,{process},{finish},,"{quantity}",$2.50,{status}\n'


def dear(number, quantity, price):
    return f'{number},1,01/13/2024,K1,HOLLOW ROCK,,,,"{quantity}","{price}",Open\n'


def test_amounts_are_added_to_the_last_digit_or_refused_when_they_are_too_many(read):
    def orders(count):
        return ORDERS + "".join(dear(number, 1, "$99,000,000,000.01") for number in range(count))

    assert read(orders(9_000)).amount == 9_000 * 990_000_000_000_100
    with pytest.raises(UnreadableError, match="more than can be kept"):
        read(orders(10_000))


def test_a_quantity_and_a_price_that_no_amount_can_hold_are_set_aside(read):
    lines = dear(1, "90,000,000,000", "$90,000,000,000.00") + dear(2, 5, "$2.50")
    reading = read(ORDERS + lines)

    assert reading.rejects[["row", "column"]].to_numpy().tolist() == [[2, "Unit Price"]]
    assert reading.amount == 5 * 25_000


def test_five_broken_lines_are_set_aside_and_all_else_loads(read, frame):
    good = [order(700 + at, 1, f"01/{at:02d}/2024", "1,200") for at in range(13, 29)]
    broken = [
        order(801, 1, "13/45/2024", 5),
        order(802, 1, "01/05/2024", "a dozen"),
        order(803, 1, "01/05/2024", -3),
        order(804, 1, "01/05/2024", 0),
        "805,1,01/05/2024,,,Turning,,,5,$2.50,Shipped\n",
        "806,1,01/05/2024,K1,HOLLOW ROCK,Turning,,tight,5,$2.50,Shipped\n",
        "807,1,01/05/2024,K1,HOLLOW ROCK,Turning,,,5,$2.5O,Shipped\n",
    ]
    reading = read(ORDERS + "".join([*good, *broken, good[0], good[1]]))

    assert (reading.rows, reading.repeated, len(reading.rejects)) == (25, 2, 7)
    assert reading.rejects["row"].tolist() == list(range(18, 25))
    assert reading.rejects["column"].tolist() == [
        "Order Date",
        "Qty Ordered",
        "Qty Ordered",
        "Qty Ordered",
        "Customer Name",
        "Tolerance",
        "Unit Price",
    ]
    assert reading.amount == 16 * 1200 * 25000
    assert (reading.first_on, reading.last_on) == ("2024-01-13", "2024-01-28")
    assert len(frame(reading, OrderLine)) == 16


def test_a_cancelled_line_may_have_any_quantity(read, frame):
    reading = read(ORDERS + order(1, 1, "01/15/2024", -3, status="Cancelled"))

    assert frame(reading, OrderLine)["status"].tolist() == ["cancelled"]


def test_lines_of_one_number_are_one_order_that_is_open_while_a_line_is(read, frame):
    reading = read(
        ORDERS
        + order(1, 1, "01/15/2024", 3)
        + order(1, 2, "01/14/2024", 3, status="Open")
        + order(2, 1, "01/16/2024", 3)
        + order(3, 1, "01/16/2024", 3, status="Canceled")
    )
    orders = frame(reading, Order).set_index("id")

    assert orders["status"].to_dict() == {"erp:1": "open", "erp:2": "shipped", "erp:3": "cancelled"}
    assert str(orders.loc["erp:1", "ordered_on"]) == "2024-01-14"
    assert frame(reading, OrderLine)["id"].tolist() == ["erp:1/1", "erp:1/2", "erp:2/1", "erp:3/1"]


def test_spellings_of_a_process_that_differ_in_case_are_one_and_no_finish_is_empty(read, frame):
    reading = read(
        ORDERS
        + order(1, 1, "01/15/2024", 3, process="Gear  Hobbing", finish="None")
        + order(2, 1, "01/15/2024", 3, process="GEAR HOBBING", finish="Black Oxide")
        + order(3, 1, "01/15/2024", 3, process="gear hobbing", finish="N/A")
    )
    assert frame(reading, Process)["id"].tolist() == ["Gear Hobbing"]
    assert frame(reading, OrderLine)["process"].tolist() == ["Gear Hobbing"] * 3
    assert frame(reading, Finish)["id"].tolist() == ["Black Oxide"]
    assert frame(reading, OrderLine)["finish"].isna().tolist() == [True, False, True]


def test_a_line_loaded_again_with_another_quantity_replaces_the_first(read, frame):
    reading = read(ORDERS + order(1, 1, "01/15/2024", 3) + order(1, 1, "01/15/2024", 4))

    assert reading.repeated == 1
    assert frame(reading, OrderLine)["quantity"].tolist() == [4]


def test_lines_without_numbers_are_counted_and_equal_ones_repeat(read, frame):
    header = "Order Number,Order Date,Customer,Part,Qty,Price\n"
    reading = read(
        header
        + "1,01/15/2024,Hollow Rock,A,5,2\n1,01/15/2024,Hollow Rock,B,5,2\n"
        + "1,01/15/2024,Hollow Rock,A,5,2\n2,01/15/2024,Salt Fork,A,5,2\n"
    )
    assert sorted(frame(reading, OrderLine)["id"]) == ["erp:1/1", "erp:1/2", "erp:2/1"]
    assert reading.repeated == 1


def test_a_discount_lowers_the_amount_of_a_line(read, frame):
    reading = read(
        "Order Number,Line,Order Date,Customer,Qty,Unit Price,Discount\n"
        "1,1,01/15/2024,Hollow Rock,10,$2.00,0.15\n1,2,01/15/2024,Hollow Rock,10,$2.00,5%\n"
    )
    assert frame(reading, OrderLine)["amount"].tolist() == [170000, 190000]


@pytest.mark.parametrize(("written", "status"), [("SHIPPED", "shipped"), ("Void", "cancelled")])
def test_statuses_are_told_in_our_words(written, status):
    assert order_status(written) == status


def test_quotes_are_open_won_lost_or_cancelled_with_their_amount(read, frame):
    head = "Quote No,Quote Date,Customer Name,Process,Qty,Unit Price,Status,Lost Reason\n"
    words = ("Closed Won", "DECLINED", "Sent", "Withdrawn")
    rows = "".join(
        f"{at},01/15/2024,Hollow Rock,Broaching,10,$4.25,{word},\n" for at, word in enumerate(words)
    )
    quotes = frame(read(head + rows), Quote)

    assert quotes["status"].tolist() == ["won", "lost", "open", "cancelled"]
    assert quotes["amount"].tolist() == [425000] * 4


INVOICES = "Date,Transaction Type,Num,Name,Terms,Due Date,Amount,Open Balance\n"


def test_terms_give_the_day_due_and_credit_memos_are_negative(read, frame):
    reading = read(
        INVOICES + "01/22/2024,Invoice,1,Hollow Rock,Net 30,,100.00,0\n"
        "01/22/2024,Invoice,2,Hollow Rock,Due on receipt,,100.00,0\n"
        "01/22/2024,Invoice,3,Hollow Rock,2% 10 Net 45,02/01/2024,100.00,0\n"
        "01/25/2024,Credit Memo,3,Hollow Rock,,,40.00,40.00\n"
        "01/26/2024,Payment,9,Hollow Rock,,,-100.00,0\n"
    )
    invoices = frame(reading, Invoice).set_index("id")

    assert invoices["due_on"].astype(str).tolist()[:3] == ["2024-02-21", "2024-01-22", "2024-02-01"]
    assert invoices.loc["quickbooks:credit/3", "amount"] == -400000
    assert invoices.loc["quickbooks:credit/3", "open_amount"] == -400000
    assert reading.amount == 2600000
    assert reading.nothing == {"payments or other transactions, no invoices": 1}
    assert reading.rejects.empty


def test_a_credit_memo_names_its_invoice_in_the_memo_and_an_invoice_names_none(read, frame):
    reading = read(
        "Date,Transaction Type,Num,Name,Memo/Description,Due Date,Amount,Open Balance\n"
        "01/22/2024,Invoice,4410,Hollow Rock,replaces INV 4400,02/21/2024,100.00,70.00\n"
        "01/25/2024,Credit Memo,88,Hollow Rock,short on invoice 4410,,-30.00,0.00\n"
    )

    assert frame(reading, Invoice)["reference"].fillna("").tolist() == ["", "4410"]


def test_a_payment_may_name_several_invoices(read, frame):
    reading = read(
        "Date,Transaction type,Num,Posting (Y/N),Name,Memo,Account name,Split,Amount\n"
        "02/20/2024,Payment,8831,Yes,Hollow Rock,invoices 4410 and 4412,Checking,A/R,100.00\n"
    )

    assert frame(reading, Payment)["reference"].tolist() == ["4410 and 4412"]


def test_a_payment_names_its_invoice_in_the_memo_and_its_cheque_number_may_come_again(read, frame):
    reading = read(
        "Date,Transaction type,Num,Posting (Y/N),Name,Memo,Account name,Split,Amount\n"
        "02/20/2024,Payment,8831,Yes,Hollow Rock,INV 4410,Checking,A/R,100.00\n"
        "02/20/2024,Payment,8831,Yes,Hollow Rock,Inv. #4411 thanks,Checking,A/R,50.00\n"
        "02/20/2024,Payment,8831,Yes,Salt Fork,,Checking,A/R,50.00\n"
        "02/21/2024,Bill,7,Yes,Steel Yard,,Checking,A/P,-75.00\n"
    )
    payments = frame(reading, Payment)

    assert payments["reference"].fillna("").tolist() == ["4410", "4411", ""]
    assert payments["id"].is_unique
    assert reading.rejects.empty


def test_a_transaction_list_is_read_for_its_payments_and_what_else_it_has_is_counted(read, frame):
    reading = read(
        "Date,Transaction type,Num,Posting (Y/N),Name,Memo,Account name,Split,Amount\n"
        "02/20/2024,Payment,8831,Yes,Hollow Rock,INV 4410,Checking,A/R,100.00\n"
        "02/20/2024,Invoice,4410,Yes,Hollow Rock,,A/R,Sales,100.00\n"
        "02/21/2024,Deposit,,Yes,,,Checking,-Split-,100.00\n"
        "02/22/2024,Bill Payment (Check),12,Yes,Steel Yard,,Checking,A/P,-20.00\n"
        "02/22/2024,Expense,,Yes,,,Checking,Fuel,-20.00\n"
        "02/23/2024,Payment,8832,Yes,,,Checking,A/R,100.00\n"
        "02/23/2024,Zahlung,8833,Yes,Hollow Rock,,Checking,A/R,100.00\n"
    )

    assert frame(reading, Payment)["number"].tolist() == ["8831"]
    assert reading.nothing == {
        "deposits, which only bring payments to the bank": 1,
        "other transactions, no payments of customers": 3,
    }
    assert reading.rejects["row"].tolist() == [7, 8]
    assert reading.amount == 1_000_000


def test_a_currency_sign_is_the_currency_of_its_row(read, frame):
    reading = read(
        "Invoice Number,Invoice Date,Customer,Amount\n"
        "1,2024-01-22,Hollow Rock,€1.204,75\n2,2024-01-23,Hollow Rock,$90.00\n".replace(
            "€1.204,75", '"€1.204,75"'
        )
    )
    assert frame(reading, Invoice)["currency"].tolist() == ["EUR", "USD"]
    assert frame(reading, Invoice)["amount"].tolist() == [12047500, 900000]


def test_a_contact_belongs_to_the_company_named_and_free_mail_says_nothing_of_it(read, frame):
    reading = read(
        "Record ID,First Name,Last Name,Email,Company name,Job Title\n"
        "1,Bela,Strand,BStrand@HollowRock.com,Hollow  Rock,Buyer\n"
        "2,Ada,Voss,avoss@hollowrock.com,HOLLOW ROCK,Owner\n"
        "3,Kit,Lane,kit@consultants.example,Hollow Rock,Adviser\n"
        "4,Odile,Marsh,odile@gmail.com,Salt Fork,Owner\n"
        "5,Una,Reed,,Salt Fork,Planner\n"
        "6,Jo,Bell,jbell@millrace.example,,Buyer\n"
    )
    people = frame(reading, Person).set_index("id")
    accounts = frame(reading, Account).set_index("id")

    assert people["account"].to_dict() == {
        "bstrand@hollowrock.com": "hubspot:hollow rock",
        "avoss@hollowrock.com": "hubspot:hollow rock",
        "kit@consultants.example": "hubspot:hollow rock",
        "odile@gmail.com": "hubspot:salt fork",
        "hubspot:5": "hubspot:salt fork",
        "jbell@millrace.example": "hubspot:millrace.example",
    }
    assert accounts["domain"].fillna("").groupby(level=0).first().to_dict() == {
        "hubspot:hollow rock": "hollowrock.com",
        "hubspot:salt fork": "",
        "hubspot:millrace.example": "millrace.example",
    }


def test_mail_activity_makes_people_and_the_companies_of_their_domains(read, frame):
    reading = read(
        "Campaign ID,Email Address,Action,Timestamp,Client\n"
        "c1,Bela@HollowRock.com,open,2024-03-05 09:41:07,Outlook\n"
        "c1,bela@hollowrock.com,click,2024-03-05 09:41:55,Outlook\n"
        "c1,odile@gmail.com,opened,2024-03-06 18:20:00,\n"
        "c1,odile@gmail.com,unsub,2024-03-06 18:21:00,\n"
        "c1,odile@gmail.com,yawn,2024-03-06 18:21:00,\n"
        "c1,odile@gmail.com,open,,\n"
    )
    people = frame(reading, Person).set_index("id")

    assert people["account"].fillna("").to_dict() == {
        "bela@hollowrock.com": "mailchimp:hollowrock.com",
        "odile@gmail.com": "",
    }
    assert people["opted_out"].fillna(value=False).to_dict() == {
        "bela@hollowrock.com": False,
        "odile@gmail.com": True,
    }
    assert (len(frame(reading, Opened)), len(frame(reading, Clicked))) == (2, 1)
    assert frame(reading, Opened)["to_id"].unique().tolist() == ["mailchimp:c1"]
    assert reading.rejects["column"].tolist() == ["Action", "Timestamp"]


def test_the_end_customer_of_a_project_is_supplied_by_the_customer(read, frame):
    reading = read(
        "Project No,Project Name,Customer,Start Date,End Customer,Description\n"
        "E1,Ring,HOLLOW ROCK,2024-01-30,Cascade  Wind,Skiving\n"
        "E2,Shaft,SALT FORK,2024-02-19,,Cycle\n"
    )
    supplies = frame(reading, Supplies).iloc[0]

    assert (supplies["from_id"], supplies["to_id"]) == (
        "projects:hollow rock",
        "projects:cascade wind",
    )
    assert (supplies["polarity"], supplies["text_id"], supplies["confidence"]) == (
        "asserted",
        "",
        1.0,
    )
    assert str(supplies["on"]) == "2024-01-30"
    assert frame(reading, Project)["end_customer"].isna().tolist() == [False, True]


def test_notes_keep_their_id_when_the_file_grows_above_them(read, frame):
    head, note = "Date,Author,Account,Note\n", "2024-03-11,Ines Calder,Hollow Rock,Called Bela\n"
    alone = frame(read(head + note), Note)
    below = frame(read(head + "2024-03-10,Rafe Tully,,Quiet day\n" + note), Note)

    assert alone["id"].iloc[0] == below["id"].iloc[1]
    assert below["account"].fillna("").tolist() == ["", "notes:hollow rock"]


def test_posts_and_their_companies_go_by_handle(read, frame):
    reading = read(
        "Post ID,Posted,Platform,Account,Handle,Text,Likes,Shares\n"
        'p1,2024-03-14,X,Hollow Rock,@HollowRock,"New hobber,\nmaking chips",12,1\n'
    )
    assert frame(reading, Post)["account"].tolist() == ["social:hollowrock"]
    account = frame(reading, Account).iloc[0]
    assert (account["handle"], account["name"]) == ("hollowrock", "Hollow Rock")


def test_visits_go_from_the_company_of_a_domain_to_the_path_of_a_page(read, frame):
    reading = read(
        "Date,Company domain,Page path,Page title,Seconds on page\n"
        "2024-03-05,www.HollowRock.com,https://example.com/skiving/?utm=1,Skiving,1:15\n"
        "2024-03-05,hollowrock.com,/skiving,,12\n"
    )
    assert frame(reading, Visited)["from_id"].tolist() == ["web:hollowrock.com"] * 2
    assert frame(reading, Page)["id"].tolist() == ["/skiving"]
    assert frame(reading, Page)["title"].tolist() == ["Skiving"]


def test_the_total_of_a_report_of_lines_is_compared_with_its_lines(read):
    reading = read(
        ",Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,"
        "Balance\n"
        "Hollow Rock\n"
        ",01/22/2024,Invoice,4410,Ring gear,,2,500.00,1000.00,1000.00\n"
        ",01/22/2024,Invoice,4410,Inspection,,1,204.75,204.75,1204.75\n"
        ",02/12/2024,Credit Memo,88,Ring gear,,-1,4.75,-4.75,1200.00\n"
        "Total for Hollow Rock,,,,,,2,,1200.00,\n"
        "TOTAL,,,,,,2,,1200.00,\n"
    )
    assert reading.amount == reading.stated == 1200_0000


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", 2),
        ("3,27/02/2024,Hollow Rock,5.00\n", 0),
        ("3,07/02/2024,Hollow Rock,five\n", 2),
    ],
)
def test_a_load_says_how_many_dates_it_had_to_guess(read, more, said):
    reading = read(
        "Invoice No,Invoice Date,Customer,Amount\n"
        "1,03/02/2024,Hollow Rock,5.00\n2,05/02/2024,Hollow Rock,5.00\n"
        "4,06/06/2024,Hollow Rock,5.00\n" + more
    )
    assert sum(reading.remarks.values()) == said
    assert bool(reading.notes) == (not said)
    for why in reading.remarks:
        assert "a date in Invoice Date that can be read in two ways, such as 03/02/2024" in why
        assert "taken to be March 2, 2024 (month/day/year)" in why
        assert "graphkit init --mapping FILE" in why
        assert "day_first = true under [dates]" in why
