"""Exports that no loader knows: drafted, completed by a person, loaded; and the examples."""

import json
import re
from pathlib import Path

import pytest

from tests.command_line import Run

EXAMPLES = Path(__file__).parents[1] / "examples"
BELEGE = (
    "Zettel;Ausgestellt;Wer;Macht;Kürzel\n"
    "7;03/04/2024;Hollow Rock Gear;1.234,50;a\n"
    "8;25/04/2024;Salt Fork Marine;90,00;b\n"
)


@pytest.fixture
def belege(tmp_path):
    path = tmp_path / "belege.csv"
    path.write_text(BELEGE, encoding="utf-8")
    return path


def files(done):
    return {row["file"]: row for row in json.loads(done.out)["data"]}


def test_an_unknown_export_is_refused_drafted_completed_and_then_loads(
    graphkit: Run, tmp_path, belege
):
    shop = tmp_path / "shop"
    refused = graphkit("-w", shop, "load", belege)
    assert (refused.code, "init --mapping" in refused.err) == (1, True)
    assert not shop.exists()

    asked = graphkit("-w", shop, "init", "--mapping", belege)
    assert asked.code == 2
    assert "invoices (one invoice or credit memo)" in asked.err

    assert graphkit("-w", shop, "init", "--mapping", belege, "--kind", "invoices").code == 0
    drafted = shop / "mappings" / "belege.toml"
    text = drafted.read_text("utf-8")
    assert '# amount = []  # an amount, needed; perhaps "Zettel" or "Macht"' in text
    headings = {"number": "Zettel", "invoiced_on": "Ausgestellt", "customer": "Wer"}
    for field, name in headings.items():
        text = text.replace(f"# {field} = []", f'{field} = ["{name}"]')
    drafted.write_text(text, "utf-8")
    unfinished = graphkit("-w", shop, "load", belege)
    assert (
        "belege.toml has no heading yet for amount or line_amount or unit_price. Its columns"
        in unfinished.err
    )
    assert "init --mapping" not in unfinished.err
    drafted.write_text(text.replace("# amount = []", 'amount = "Macht"'), "utf-8")

    loaded = graphkit("-w", shop, "load", belege, "--json")

    assert loaded.code == 0
    assert files(loaded)["belege.csv"]["read_as"] == "belege.invoices"
    status = files(graphkit("-w", shop, "status", "--json"))["belege.csv"]
    assert (status["amount"], status["from"], status["to"]) == (1324.5, "2024-04-03", "2024-04-25")


def test_a_draft_never_overwrites_a_mapping(graphkit: Run, tmp_path, belege):
    for code in (0, 2):
        done = graphkit("-w", tmp_path, "init", "--mapping", belege, "--kind", "invoices")
        assert done.code == code
    assert "there is such a mapping already" in done.err


def test_the_draft_of_a_known_export_has_its_columns_and_loads_as_it_is(graphkit: Run, tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_text(
        "Order Number,Order Date,Customer,Qty,Planner\n7,2024-03-04,Hollow Rock,40,Ines\n", "utf-8"
    )
    graphkit("-w", tmp_path, "init", "--mapping", path)
    mapping = tmp_path / "mappings" / "jobs.toml"

    done = graphkit("-w", tmp_path, "load", "--mapping", mapping, path, "--json")

    assert files(done)["jobs.csv"]["read_as"] == "jobs.orders"
    assert '#   "Planner": "Ines"' in mapping.read_text("utf-8")


def test_a_mapping_with_a_field_that_there_is_not_is_refused_with_the_nearest(
    graphkit: Run, tmp_path, belege
):
    mapping = tmp_path / "own.toml"
    mapping.write_text('system = "own"\nkind = "invoices"\n[columns]\namuont = "Betrag"\n', "utf-8")

    done = graphkit("-w", tmp_path, "load", "--mapping", mapping, belege)

    assert done.code == 2
    assert "own.toml: No field 'amuont'. Did you mean 'amount'" in done.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("signs = 3", "signs must be a heading, or a list of headings, and not 3"),
        ('also = ["A", 3]', "also must be a heading"),
        ('lines = "no"', "lines must be true or false, and not 'no'"),
        ('lookup = "x"', "[lookup] must be a section"),
        ("[dates]\ndayfirst = true", "No key in [dates] 'dayfirst'. Did you mean 'day_first'"),
        ('[lookup.X]\ntabel = "Y"', "No key in [lookup.X] 'tabel'. Did you mean 'table'"),
        ("[lookup.X]\non = 3", "lookup.X.on must be a heading"),
        ('[lookup.X]\ntable = "Y"', "[lookup.X] must say on which headings"),
        ("[columns]\namount = 3", "columns.amount must be a heading"),
        ('[file_name]\nnumber = "("', "this is no regular expression"),
        ('[file_name]\nnumber = "(?:a+)+(b)$"', "file_name.number: the pattern repeats a group"),
        ("[values]\ncurrency = []", "values.currency must be a text"),
        ('[leave_out.x]\ncolumn = "A"', "[leave_out.x] says column, is and because"),
    ],
)
def test_a_setting_of_the_wrong_sort_is_refused_with_what_it_must_be(
    graphkit: Run, tmp_path, belege, line, said
):
    mapping = tmp_path / "own.toml"
    mapping.write_text(f'system = "own"\nkind = "invoices"\n{line}\n', "utf-8")

    done = graphkit("-w", tmp_path, "load", "--mapping", mapping, belege)

    assert done.code == 2
    assert said in done.err
    assert "own.toml" in done.err


def test_one_heading_in_a_lookup_needs_no_list(graphkit: Run, tmp_path):
    for name, text in {"l.csv": "Ord,Qty\n7,40\n", "h.csv": "Ord,On,Who\n7,2024-03-04,K\n"}.items():
        (tmp_path / name).write_text(text, "utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "l.toml").write_text(
        'system = "a"\nkind = "orders"\nsigns = "Qty"\n[lookup.H]\non = "Ord"\n[columns]\n'
        'number = "Ord"\nquantity = "Qty"\nordered_on = "H.On"\ncustomer = "H.Who"\n',
        "utf-8",
    )
    (own / "h.toml").write_text(
        'system = "a"\nkind = "lookup"\ntable = "H"\nsigns = ["On", "Who"]\n', "utf-8"
    )

    done = graphkit(
        "-w",
        tmp_path / "s",
        "load",
        "--mapping",
        own,
        tmp_path / "l.csv",
        tmp_path / "h.csv",
        "--json",
    )

    assert (done.code, files(done)["l.csv"]["loaded"]) == (0, 1)


def test_explain_says_what_a_file_was_taken_for_and_stores_nothing(graphkit: Run, tmp_path):
    path = tmp_path / "ar.csv"
    path.write_text(
        "Date,Num,Name,Due Date,Amount,Open Balance,Class\n"
        "01/22/2024,4410,Hollow Rock,02/21/2024,100.00,0.00,x\n"
        "01/02/2024,4411,Hollow Rock,02/21/2024,nothing,0.00,x\n",
        "utf-8",
    )
    shop = tmp_path / "shop"

    told = graphkit("-w", shop, "load", "--explain", path)
    row = files(graphkit("-w", shop, "load", "--explain", path, "--json"))["ar.csv"]

    assert told.code == 0
    assert "ar.csv: quickbooks.invoices, surely" in told.out
    assert "1 would load, 0 repeat others, 1 would be rejected" in told.out
    assert "Not read: Class" in told.out
    assert {"heading": "Num", "field": "number", "meaning": "an invoice number"} in row["columns"]
    assert row["ignored"] == ["Class"]
    assert row["notes"] == [
        "dates in Date are read as month/day/year: of its different dates 2 can only be read so"
    ]
    assert not shop.exists()


def test_sources_says_which_export_unlocks_which_question(graphkit: Run):
    rows = json.loads(graphkit("sources", "quickbooks", "--json").out)["data"]

    invoices = next(row for row in rows if row["export"] == "quickbooks.invoices")
    assert "Who pays late, and since when?" in invoices["unlocks"]
    assert graphkit("sources", "quickboks").code == 2


def test_sources_tells_systems_from_plain_sheets(graphkit: Run):
    systems, _, sheets = graphkit("sources").out.partition("Plain sheets")

    named = re.compile(r"(?m)^  (\w+)  ")
    assert {"jobboss", "quickbooks", "linkedin"} <= {*named.findall(systems)}
    assert {*named.findall(sheets)} == {
        "crm", "erp", "finance", "notes", "projects", "social", "web",
    }  # fmt: skip


@pytest.mark.parametrize("system", ["jobboss", "jobboss2"])
def test_sources_says_once_how_and_names_first_what_tells_most(graphkit: Run, system: str):
    told = graphkit("sources", system).out
    rows = json.loads(graphkit("sources", system, "--json").out)["data"]

    assert told.count("Whoever") == 1
    useful = [len(row["unlocks"]) for row in rows if not row["useless"]]
    assert useful == sorted(useful, reverse=True)
    assert max(useful) > 2
    assert [bool(row["useless"]) for row in rows] == sorted(bool(row["useless"]) for row in rows)


SAMPLES = {
    "adventureworks": {
        "FactResellerSales.csv": (
            "SalesOrderNumber,OrderDate,ProductKey,ResellerKey,EmployeeKey,SalesTerritoryKey,"
            "OrderQuantity,UnitPrice,TotalProductCost,SalesAmount,StandardCost\n"
            "SO1,2019-07-01,9,5,1,1,2,100.0050,NULL,200.01,80\n"
            "SO1,2019-07-01,8,5,1,1,1,50,NULL,50,40\n"
        ),
        "Resellers.csv": (
            "ResellerKey,BusinessType,ResellerName,City,StateProvinceName,Country_Region\n"
            "5,Warehouse,Hollow Rock Cycles,Dayton,Ohio,United States\n"
        ),
        "Product.csv": (
            "ProductKey,Product,StandardCost,Color,Subcategory,EnglishProductCategoryName\n"
            "9,Crank,80,Black,Cranks,Components\n"
        ),
    },
    "northwind": {
        "orders.csv": (
            "OrderID,CustomerID,EmployeeID,OrderDate,RequiredDate,ShippedDate,ShipVia,Freight,"
            "ShipName,ShipAddress,ShipCity,ShipRegion,ShipPostalCode,ShipCountry,OrderID,"
            "ProductID,UnitPrice,Quantity,Discount\n"
            "7,HOLLO,5,1997-07-04,1997-08-01,NULL,3,1,Hollow Rock,x,y,,1,US,7,11,125.005,2,0\n"
        ),
        "customers.csv": (
            "CustomerID,CompanyName,ContactName,ContactTitle,Address,City,Region,PostalCode,"
            "Country,Phone,Fax\nHOLLO,Hollow Rock Cycles,B,C,D,Dayton,OH,45402,US,1,2\n"
        ),
        "suppliers.csv": "SupplierID,CompanyName,City,Phone\n1,Salt Fork Steel,Mobile,5\n",
    },
    "ibm": {
        "half.csv": (
            "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,"
            "Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate\n"
            "1,K-1,1/2/2013,55,1/2/2013,2/1/2013,250.01,No,2/15/2013,Paper,44,14\n"
        ),
    },
}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_example_reads_its_files_together_and_to_the_cent(name, graphkit: Run, tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    for file, text in SAMPLES[name].items():
        (folder / file).write_text(text, "utf-8")
    shop = tmp_path / "shop"

    done = graphkit("-w", shop, "load", "--mapping", EXAMPLES / name, folder)

    refused = [line for line in done.err.splitlines() if line.startswith("not read")]
    assert all("suppliers.csv" in line for line in refused)
    status = files(graphkit("-w", shop, "status", "--json"))
    assert sum(row["amount"] or 0 for row in status.values()) == 250.01
    companies = json.loads(graphkit("-w", shop, "companies", "list", "--json").out)["data"]
    assert [one["name"] for one in companies] == [
        {"adventureworks": "Hollow Rock Cycles", "northwind": "Hollow Rock Cycles", "ibm": "K-1"}[
            name
        ]
    ]


ANYBODYS = "Invoice No,Invoice Date,Customer,Amount\n1,2024-03-04,Hollow Rock,5.00\n"


@pytest.mark.parametrize("kind", ["invoices", "finance.invoices"])
def test_a_kind_is_named_alike_for_load_and_for_init(graphkit: Run, tmp_path: Path, kind: str):
    path = tmp_path / "anybodys.csv"
    path.write_text(ANYBODYS, "utf-8")

    done = graphkit("-w", tmp_path / "s", "load", path, "--kind", kind, "--json")
    drafted = graphkit("-w", tmp_path / "s", "init", "--mapping", path, "--kind", kind)

    assert (done.code, files(done)["anybodys.csv"]["read_as"]) == (0, "finance.invoices")
    assert drafted.code == 0
    assert 'kind = "invoices"' in (tmp_path / "s/mappings/anybodys.toml").read_text("utf-8")


@pytest.mark.parametrize("words", [("load",), ("init", "--mapping")])
@pytest.mark.parametrize(
    ("kind", "meant"), [("invoice", "'invoices'"), ("finance.invoice", "'finance.invoices'")]
)
def test_a_kind_that_there_is_not_gets_the_nearest(
    graphkit: Run, tmp_path: Path, words: tuple[str, ...], kind: str, meant: str
):
    path = tmp_path / "anybodys.csv"
    path.write_text(ANYBODYS, "utf-8")

    done = graphkit("-w", tmp_path / "s", *words, path, "--kind", kind)

    assert done.code == 2
    assert f"No kind of export '{kind}'. Did you mean" in done.err
    assert meant in done.err


ORDERS = "Order No,Order Date,Customer,Part No,Qty\nSO-1,2026-01-05,Hollow Rock Gear,P-1,40\n"
TRAVELERS = "Traveler,Made For,Order Date,Pieces Out\nT-1,2026-01-05,Hollow Rock Gear,12\n"
DESCRIBED = """
system = "travelers"
kind = "orders"
also = ["Traveler", "Made For", "Pieces Out"]
[columns]
"""
COMPLETED = """number = ["Traveler"]
customer = ["Made For"]
quantity = ["Pieces Out"]
"""


@pytest.mark.parametrize("columns", ["", COMPLETED], ids=["a draft", "a mapping"])
def test_a_mapping_of_one_export_does_not_take_over_those_of_other_systems(
    graphkit: Run, tmp_path, columns
):
    shop = tmp_path / "shop"
    (shop / "mappings").mkdir(parents=True)
    (shop / "mappings" / "travelers.toml").write_text(DESCRIBED + columns, "utf-8")
    plain, own = tmp_path / "orders.csv", tmp_path / "travelers.csv"
    plain.write_text(ORDERS, "utf-8")
    own.write_text(TRAVELERS, "utf-8")

    told = {
        one["file"]: one
        for one in json.loads(graphkit("-w", shop, "load", "--explain", plain, own, "--json").out)[
            "data"
        ]
    }

    assert told["orders.csv"]["loader"] == "erp.orders"
    assert (told["travelers.csv"]["loader"] == "travelers.orders") == bool(columns)
