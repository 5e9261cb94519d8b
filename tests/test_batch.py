import datetime as dt

import pandas as pd
import pytest

from graphkit.batch import Batch, Source
from graphkit.schema import Account, Invoice, Kind, Opened

DAY = dt.date(2025, 3, 1)


def invoices(**columns):
    return Batch.of(Invoice, {"number": ["1"], "invoiced_on": [DAY], "amount": [10]} | columns)


def test_a_column_that_the_type_does_not_have_is_refused_instead_of_lost():
    with pytest.raises(KeyError, match="colour"):
        invoices(id=["a"], colour=["red"])


def test_an_empty_value_where_none_may_be_is_refused():
    with pytest.raises(ValueError, match=r"Invoice\.id"):
        invoices(id=[None])


def test_equal_rows_have_equal_hashes_wherever_they_were_read():
    source = Source.of(system="qb", kind="invoices", path="a.csv", content=b"1")
    other = Source.of(system="qb", kind="invoices", path="b.csv", content=b"2")
    columns = {"id": ["a"], "number": ["1"], "invoiced_on": [DAY], "amount": [10], "row": [2]}
    one = Batch.of(Invoice, columns, source=source).frame
    two = Batch.of(Invoice, columns | {"row": [9]}, source=other).frame
    assert one["hash"].tolist() == two["hash"].tolist()
    assert one["file_id"].tolist() != two["file_id"].tolist()


def test_a_changed_value_changes_the_hash():
    assert invoices(id=["a"]).frame["hash"][0] != invoices(id=["a"], amount=[11]).frame["hash"][0]


def test_an_empty_value_is_not_the_text_none():
    empty = invoices(id=["a"], terms=[None]).frame["hash"][0]
    assert empty != invoices(id=["a"], terms=["None"]).frame["hash"][0]


def test_of_rows_with_one_id_the_last_stays():
    columns = {"id": ["a", "a"], "number": ["1", "2"], "invoiced_on": [DAY] * 2, "amount": [1, 2]}
    assert Batch.of(Invoice, columns).frame["number"].tolist() == ["2"]


def test_of_two_states_of_an_invoice_the_later_wins_and_the_earlier_fills():
    columns = {
        "id": ["a", "a"],
        "number": ["1", "1"],
        "invoiced_on": [DAY] * 2,
        "amount": [5, 5],
        "open_amount": [5, 0],
        "terms": ["Net 30", None],
    }
    frame = Batch.of(Invoice, columns).frame
    assert frame[["open_amount", "terms"]].to_numpy().tolist() == [[0, "Net 30"]]


def test_what_one_row_of_an_account_leaves_empty_another_fills():
    columns = {
        "id": ["a", "a"],
        "system": ["erp", "erp"],
        "name": [None, "Acme"],
        "city": ["Erie", None],
    }
    frame = Batch.of(Account, columns).frame
    assert frame[["name", "city"]].to_numpy().tolist() == [["Acme", "Erie"]]


def test_a_relationship_is_the_same_one_when_its_key_is():
    at = dt.datetime.fromisoformat("2025-03-01T08:00:05")
    columns = {"from_id": ["p"], "to_id": ["c"], "at": [at]}
    one = Batch.of(Opened, columns | {"client": ["Outlook"]}).frame["id"][0]
    two = Batch.of(Opened, columns | {"client": ["Mail"]}).frame["id"][0]
    later = Batch.of(Opened, columns | {"at": [at + dt.timedelta(seconds=1)]}).frame["id"][0]
    assert one == two != later


def test_the_hash_of_a_row_stays_what_it_was_since_stores_hold_it():
    assert invoices(id=["a"]).frame["hash"][0] == -4388297324652883881


def test_an_empty_batch_has_every_column_with_its_dtype():
    frame = Batch.of(Invoice, {}).frame
    assert list(frame) == list(Invoice.properties)
    assert frame["amount"].dtype == Kind.MONEY.dtype
    assert isinstance(frame, pd.DataFrame)
