"""Every row is accounted for: what was rejected comes back as files, and totals are compared."""

import csv
import json

from graphkit.pipeline.corrections import correction_path
from tests.command_line import Run, frames

INVOICES = "Date,Transaction Type,Num,Name,Due Date,Amount,Open Balance\n"
WRONG = (
    INVOICES
    + "01/22/2024,Invoice,1,Hollow Rock,02/21/2024,100.00,0\n"
    + "01/66/2024,Invoice,2,=CMD(),02/21/2024,-20.00,0\n"
    + "01/24/2024,Invoice,3,Hollow Rock,02/21/2024,lots,0\n"
)


def data(done):
    return json.loads(done.out)["data"]


def test_rejected_rows_are_written_corrected_and_loaded_and_are_rejected_no_more(
    graphkit: Run, tmp_path
):
    exports, shop, mend = tmp_path / "in", tmp_path / "shop", tmp_path / "mend"
    (exports / "books").mkdir(parents=True)
    (exports / "books" / "ar.csv").write_text(WRONG, "utf-8")
    assert graphkit("-w", shop, "load", exports).code == 5

    graphkit("-w", shop, "rejects", "--export", mend)
    path = mend / "books" / "ar.rejected.csv"
    with path.open(encoding="utf-8-sig") as stream:
        header, first, _ = csv.reader(stream)
    assert header[:7] == INVOICES.strip().split(",")
    assert first[:6] == ["01/66/2024", "Invoice", "2", "'=CMD()", "02/21/2024", "'-20.00"]
    assert "not a date" in first[-1]

    path.write_text(path.read_text("utf-8-sig").replace("01/66/2024", "01/26/2024"), "utf-8")
    assert graphkit("-w", shop, "load", mend).code == 5

    left = data(graphkit("-w", shop, "rejects", "--json"))
    assert [(one["file"], one["column"]) for one in left] == [("books/ar.rejected.csv", "Amount")]
    status = {one["file"]: one for one in data(graphkit("-w", shop, "status", "--json"))}
    assert status["books/ar.rejected.csv"]["amount"] == -20
    assert [status["books/ar.csv"][name] for name in ("rejected", "corrected")] == [2, 1]
    assert {one["name"] for one in data(graphkit("-w", shop, "companies", "list", "--json"))} == {
        "Hollow Rock",
        "=CMD()",
    }
    for one in status.values():
        assert one["read"] == one["loaded"] + one["repeated"] + one["rejected"]

    graphkit("-w", shop, "rejects", "--export", tmp_path / "again")
    path = tmp_path / "again" / "books" / "ar.rejected.rejected.csv"
    path.write_text(path.read_text("utf-8-sig").replace("lots", "30.00"), "utf-8")
    assert graphkit("-w", shop, "load", path).code == 0
    assert data(graphkit("-w", shop, "rejects", "--json")) == []


ORDERS = "Order Number,Line,Order Date,Customer,Part,Quantity,Unit Price\n"


def lines_of(shop):
    return sorted(frames(shop)["OrderLine"]["id"])


def test_a_corrected_line_is_added_to_the_other_lines_of_its_order(graphkit: Run, tmp_path):
    shop, mend = tmp_path / "shop", tmp_path / "mend"
    (tmp_path / "orders.csv").write_text(
        ORDERS + "S1,1,2025-01-02,Acme,P,5,10\nS1,2,2025-01-02,Acme,P,many,10\n"
        "S1,3,2025-01-02,Acme,P,lots,10\n",
        "utf-8",
    )
    graphkit("-w", shop, "load", tmp_path / "orders.csv")

    for number, word in enumerate(("many", "lots"), start=2):
        graphkit("-w", shop, "rejects", "--export", mend)
        (path,) = mend.glob("orders*.rejected.csv")
        path.write_text(path.read_text("utf-8-sig").replace(word, "7"), "utf-8")
        graphkit("-w", shop, "load", path)
        path.unlink()
        assert lines_of(shop) == [f"erp:S1/{one}" for one in range(1, number + 1)]


def test_other_lines_of_an_order_in_another_export_are_added(graphkit: Run, tmp_path):
    for number in (1, 2):
        path = tmp_path / f"part {number}.csv"
        path.write_text(ORDERS + f"S1,{number},2025-01-02,Acme,P,5,10\n", "utf-8")
        assert graphkit("-w", tmp_path / "shop", "load", path).code == 0

    assert lines_of(tmp_path / "shop") == ["erp:S1/1", "erp:S1/2"]


def test_a_file_called_like_a_way_out_of_the_folder_stays_in_it(tmp_path):
    for name in ("../../etc/ar.csv", "/etc/ar.csv", "..\\..\\ar.csv", "C:\\ar.csv", ".."):
        assert (tmp_path / "x") in correction_path(tmp_path / "x", name).resolve().parents


def test_with_strict_a_rejected_row_loads_nothing_at_all(graphkit: Run, tmp_path):
    path, shop = tmp_path / "ar.csv", tmp_path / "shop"
    path.write_text(WRONG, "utf-8")

    done = graphkit("-w", shop, "load", path, "--strict")

    assert done.code == 1
    assert "nothing was loaded" in done.err
    assert not shop.exists()
    path.write_text(WRONG.replace("01/66", "01/26").replace("lots", "30"), "utf-8")
    assert graphkit("-w", shop, "load", path, "--strict").code == 0


def test_with_strict_a_file_fails_as_long_as_its_rejected_rows_stand(graphkit: Run, tmp_path):
    path, shop = tmp_path / "ar.csv", tmp_path / "shop"
    path.write_text(WRONG, "utf-8")
    assert graphkit("-w", shop, "load", path).code == 5

    again = graphkit("-w", shop, "load", path, "--json")

    [told] = json.loads(again.out)["data"]
    assert (again.code, told["unchanged"], told["rejected"]) == (0, True, 2)
    assert graphkit("-w", shop, "load", path, "--strict").code == 1


def test_a_list_saved_under_another_name_is_said_to_be_a_newer_state(graphkit: Run, tmp_path):
    shop, good = tmp_path / "shop", WRONG.replace("01/66", "01/26").replace("lots", "30")
    for name, text in (("jan.csv", good), ("feb.csv", good + "\n"), ("mar.csv", good + "\n\n")):
        (tmp_path / name).write_text(text, "utf-8")
        assert graphkit("-w", shop, "load", tmp_path / name).code == 0

    told = " ".join(graphkit("-w", shop, "status").out.split())

    assert "mar.csv is a newer state of jan.csv: what both list is in the graph once." in told
    files = json.loads(graphkit("-w", shop, "status", "--json").out)["data"]
    assert [one["replaces"] for one in files if one["file"] == "mar.csv"] == [["jan.csv"]]


def test_a_report_is_compared_with_its_own_total_and_the_gap_is_said(graphkit: Run, tmp_path):
    shop = tmp_path / "shop"
    for name, rows in {"whole.csv": ("1", "2"), "torn.csv": ("3", "?")}.items():
        lines = [f"01/2{at}/2024,{at},Hollow Rock,02/21/2024,{one}00.00,0" for at, one in
                 enumerate(rows)]  # fmt: skip
        total = "300.00" if name == "whole.csv" else "700.00"
        text = "Date,Num,Customer,Due Date,Amount,Open Balance\n" + "\n".join(lines)
        (tmp_path / name).write_text(f"{text}\nTOTAL,,,,{total},\n", "utf-8")
        graphkit("-w", shop, "load", tmp_path / name)

    done = graphkit("-w", shop, "status")
    rows = {one["file"]: one for one in data(graphkit("-w", shop, "status", "--json"))}

    assert (rows["whole.csv"]["amount"], rows["whole.csv"]["stated"]) == (300, 300)
    assert (rows["torn.csv"]["amount"], rows["torn.csv"]["stated"]) == (300, 700)
    assert "torn.csv says that its amounts add up to 700.00; loaded are 300.00" in done.err
    assert "whole.csv says" not in done.err
