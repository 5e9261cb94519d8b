"""A JobBOSS2 shop of a few orders, loaded as a shop would."""

from pathlib import Path

import pandas as pd
import pytest

from graphkit.pipeline.load import load
from graphkit.schema import Order, OrderLine, Person, Quote
from graphkit.store import open_store

TABLES = {
    "Order": """
orderNumber,customerCode,customerDescription,dateEntered,mainDueDate,PONumber,orderTotal,JTPrinted
20117,HOLROC,Hollow Rock,2024-01-17T00:00:00,2024-03-01T00:00:00,P-9,658.00,true
20118,SALFOR,Salt Fork,2024-02-02T00:00:00,0001-01-01T00:00:00,881,310.00,false
""",
    "OrderLineItem": """
orderNumber,itemNumber,jobNumber,masterJobNumber,partNumber,partDescription,jobNotes,\
quantityOrdered,quantityToMake,quantityCanceled,unitPrice,dueDate,status,workCode,\
currentWorkCenter,totalEstimatedHours,quoteNumber,quoteItemNumber
20117,1,20117-01,,HR-88,Ring gear,bore +/-.0005,40,40,0,14.25,2024-02-20T00:00:00,Closed,MILL,\
SHIP,10,5501,1
20117,2,20117-02,20117-01,HR-88A,Blank,,40,40,0,0,2024-02-10T00:00:00,Closed,,SAW,2,,
20118,1,20118-01,,SF-3,Coupling,,10,10,0,31.00,2024-03-04T00:00:00,Open,,INSP,,,
20118,2,20118-02,,SF-4,Pin,,5,5,5,9.00,2024-03-04T00:00:00,Open,,LATHE 2,1,,
""",
    "Release": """
orderNumber,itemNumber,deliveryType,dueDate,dateComplete,quantity,deliveryTicketNumber,\
manufacturingJobNumber
20117,1,C,2024-02-20T00:00:00,2024-02-18T00:00:00,20,1,
20117,1,C,2024-02-25T00:00:00,2024-02-26T00:00:00,20,2,
20118,1,C,2024-03-04T00:00:00,,10,,
""",
    "Contact": """
uniqueID,object,contactCode,contact,title,email,mobileEmail,isOptedOut
11,CUST,HOLROC,Bela Strand,Buyer,bstrand@hollowrockgear.com,,true
12,VEND,ALRO,Sam Steel,Sales,sam@example.com,,false
""",
    "Quote": """
quoteNumber,customerCode,customerName,dateEntered,inquiryNumber,isFreeFormCustomer,followUpDate,\
expireDate
5501,HOLROC,Hollow Rock,2024-01-08T00:00:00,,false,,2024-02-08T00:00:00
""",
    "QuoteLineItem": """
quoteNumber,itemNumber,partNumber,description,quantity1,price1,quantity2,price2,status,quotePart
5501,1,HR-88,Ring gear,40,14.25,500,13.90,Ordered,
5501,2,HR-91,Spline hub,10,22.00,0,0,Open,
""",
}


@pytest.fixture
def loaded(tmp_path: Path):
    """Rows of a type, by id without its system."""
    (tmp_path / "in").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "in" / f"{name}.csv").write_text(text.lstrip(), "utf-8")
    with open_store(str(tmp_path / "graph.duckdb")) as store:
        for one in load(store, [tmp_path / "in"]).files:
            assert not one.incomplete, one.name
        yield lambda entity: store.read(entity).set_index("id").rename(lambda key: key[9:])


def test_lines_take_customer_days_process_and_hours_from_the_other_files(loaded) -> None:
    lines = loaded(OrderLine)

    assert lines.index.tolist() == [
        "20117/1",
        "20118/1",
        "20118/2",
    ]  # the blank is part of the gear
    gear = lines.loc["20117/1"]
    assert (gear["account"], str(gear["ordered_on"])) == ("jobboss2:HOLROC", "2024-01-17")
    assert (gear["process"], gear["minutes"]) == ("CNC Milling", 12 * 60 / 40)
    assert (str(gear["promised_on"]), str(gear["shipped_on"])) == ("2024-02-25", "2024-02-26")
    assert lines["status"].tolist() == ["shipped", "open", "cancelled"]
    assert pd.isna(lines.loc["20118/1", "process"])  # where it is inspected says nothing
    assert lines.loc["20118/2", "process"] == "CNC Turning"
    assert loaded(Order)["status"].to_dict() == {"20117": "shipped", "20118": "open"}


def test_each_item_of_a_quote_is_one_and_knows_its_order(loaded) -> None:
    quotes = loaded(Quote)

    assert quotes["amount"].tolist() == [5700000, 2200000]
    assert quotes["order"].fillna("").tolist() == ["jobboss2:20117", ""]
    assert quotes["status"].tolist() == ["won", "open"]


def test_contacts_are_those_of_customers_and_say_who_wants_no_mail(loaded) -> None:
    people = loaded(Person)

    assert people["name"].tolist() == ["Bela Strand"]
    assert people["opted_out"].tolist() == [True]
