"""Two reports of one system tell of the same invoice: what one leaves empty the other says."""

import pytest

from graphkit.pipeline.load import load
from graphkit.schema import Invoice
from graphkit.store import open_store

LIST = (
    "Date,Transaction Type,Num,Name,Due Date,Amount,Open Balance\n"
    "01/22/2024,Invoice,4410,Hollow Rock,02/21/2024,200.00,50.00\n"
)
LINES = (
    "Group,Date,Transaction Type,Num,Product/Service,Qty,Sales Price,Amount,Balance\n"
    "Hollow Rock,01/22/2024,Invoice,4410,Ring gear,2,50.00,100.00,100.00\n"
    "Hollow Rock,01/22/2024,Invoice,4410,Ring gear,2,50.00,100.00,200.00\n"
)


@pytest.mark.parametrize("first", ["list", "lines"])
def test_an_invoice_list_and_its_lines_are_one_invoice_in_either_order(first, tmp_path):
    files = {"list": tmp_path / "list.csv", "lines": tmp_path / "lines.csv"}
    files["list"].write_text(LIST)
    files["lines"].write_text(LINES)
    order = sorted(files, key=lambda name: name != first)
    with open_store(tmp_path / "graph.duckdb") as store:
        for name in order:
            load(store, [files[name]])
        (invoice,) = store.read(Invoice).to_dict("records")

    assert (str(invoice["due_on"]), invoice["open_amount"]) == ("2024-02-21", 500_000)
    assert invoice["amount"] == 2_000_000
