"""The header rows that systems write, each taken for its own system and read without rejects."""

import csv
import dataclasses
import io
from pathlib import Path

import pytest

from graphkit import registry
from graphkit.batch import Source
from graphkit.pipeline.choose import choose
from graphkit.sheets.files import read_sheets

HEADERS = [
    tuple(line.split(": ", 1))
    for line in (Path(__file__).parent / "headers.txt").read_text("utf-8").splitlines()
]
each_header = pytest.mark.parametrize(
    ("name", "header"), HEADERS, ids=[f"{name} {header[:60]}" for name, header in HEADERS]
)

_WORDS = (
    ("mail address", "bstrand@hollowrockgear.com"),
    ("e-mail", "bstrand@hollowrockgear.com"),
    ("domain", "hollowrockgear.com"),
    ("dominio", "hollowrockgear.com"),
    ("website", "hollowrockgear.com"),
    ("isdeleted", "0"),
    ("iswon", "0"),
    ("isclosed", "0"),
    ("hasoptedout", "0"),
    ("voucher type", "Sales Invoice"),
    ("type", ""),
    ("campaign channel", "Email"),
    ("status", ""),
    ("company", "Hollow Rock Gear"),
    ("customer", "Hollow Rock Gear"),
)
_DAYS = ("date", "datum", "fecha", "time", "connected on")
_SUMS = (
    "amount", "total", "balance", "price", "qty", "quant", "menge", "preis", "betrag", "cantidad",
    "precio", "importe", "saldo", "prix", "montant", "solde", "views", "discount", "subtotal",
    "views", "users", "credit note", "seconds",
)  # fmt: skip


def cell(loader, name, row):
    """A cell of our own that fits a heading of an export."""
    folded = name.casefold()
    if folded == "transaction type":
        return "Payment" if loader.endswith("payments") else "Invoice"
    if folded.strip("*") in {"email", "e-mail", "correo", "contact: email", "lead email"}:
        return f"bstrand{row}@hollowrockgear.com"
    for word, value in _WORDS:
        if word in folded:
            return value
    if any(word in folded for word in _DAYS):
        return f"2024-03-1{row}"
    if any(word in folded for word in _SUMS) and "status" not in folded:
        return f"{row + 4}.00"
    return f"{name} {row}"


def sheet_of(name, header, path):
    """A header with two rows of ours, as a sheet."""
    names = next(csv.reader(io.StringIO(header)))
    out = io.StringIO()
    rows = [[cell(name, heading, row) for heading in names] for row in (1, 2)]
    csv.writer(out).writerows([names, *rows])
    path.write_text(out.getvalue(), "utf-8-sig")
    return read_sheets(path)[0]


@each_header
def test_a_header_is_taken_for_its_own_system(name, header, tmp_path):
    place = (tmp_path / "Connections Ines Calder.csv").as_posix()
    sheet = sheet_of(name, header, tmp_path / "export.csv")
    if name == "linkedin.connections":
        sheet = dataclasses.replace(sheet, place=place)

    assert choose(sheet, registry.loaders()).loader.name == name


@each_header
def test_no_row_under_such_a_header_is_rejected(name, header, tmp_path):
    sheet = sheet_of(name, header, tmp_path / "export.csv")
    place = (tmp_path / "Connections Ines Calder.csv").as_posix()
    sheet = dataclasses.replace(sheet, place=place)
    loader = next(one for one in registry.loaders() if one.name == name)
    if loader.useless:
        return
    source = Source.of(system=loader.system, kind=loader.kind, path="x", content=b"x")

    reading = loader.read(sheet, source)

    assert reading.rejects.empty, reading.rejects.iloc[0].to_dict()
    assert reading.rows == 2
