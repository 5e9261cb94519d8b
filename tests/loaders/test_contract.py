"""What every mapping promises beyond the contract of all loaders (tests/test_contracts.py)."""

import csv
import io
import json

import pytest

from graphkit import registry
from graphkit.batch import REJECTS
from loaders.kinds import KINDS

pytestmark = pytest.mark.slow

LOADERS = [one for one in registry.loaders() if not one.useless]
each_loader = pytest.mark.parametrize("loader", LOADERS, ids=lambda one: one.name)


def rows_of(text):
    return list(csv.reader(io.StringIO(text.lstrip("\n"))))


def text_of(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@each_loader
def test_its_example_is_recognised_as_its_own_and_read_whole(loader, chosen, read):
    assert chosen(loader.example).loader.name == loader.name

    reading = read(loader.example)

    assert reading.rows == len(rows_of(loader.example)) - 1 > 0
    assert reading.repeated == 0
    assert reading.rejects.empty
    assert list(reading.rejects.columns) == list(REJECTS)


@each_loader
def test_a_row_written_twice_counts_as_repeated_unless_it_is_a_line(loader, read):
    rows = rows_of(loader.example)

    once, twice = read(text_of(rows), by=loader), read(text_of([*rows, rows[1]]), by=loader)

    assert (twice.rows, twice.repeated) == (once.rows + 1, 0 if mapping_of(loader).lines else 1)
    for one, other in zip(once.batches, twice.batches, strict=True):
        assert sorted(one.frame["id"]) == sorted(other.frame["id"])


@each_loader
def test_a_row_without_what_it_needs_is_rejected_with_its_reason_and_the_rest_loads(loader, read):
    header, *rows = rows_of(loader.example)
    kind = KINDS[loader.kind]
    for field in kind.fields:
        known = {one.casefold() for one in _extra(loader, field.name) or field.headings}
        at = [index for index, name in enumerate(header) if name.casefold() in known]
        if not field.required or not at or header[at[0]] in mapping_of(loader).fill_down:
            continue
        spoiled = [*rows[:-1], [*rows[-1]]]
        spoiled[-1][at[0]] = ""
        reading = read(text_of([header, *spoiled]), by=loader)
        rejected = reading.rejects.iloc[0]
        assert (rejected["row"], rejected["column"]) == (len(rows) + 1, header[at[0]])
        assert "needed" in rejected["reason"]
        assert json.loads(rejected["content"])[header[-1]] == spoiled[-1][-1]
        assert reading.rows - reading.repeated - len(reading.rejects) == len(rows) - 1


def _extra(loader, field):
    return mapping_of(loader).columns.get(field, ())


def mapping_of(loader):
    return loader.read.args[0]


@each_loader
def test_columns_in_another_order_case_and_company_are_recognised(loader, chosen, read):
    rows = rows_of(loader.example)
    moved = [[f"x{at}", *reversed(row)] for at, row in enumerate(rows)]
    moved[0] = ["Plant remark", *(f"  {name.upper()} " for name in reversed(rows[0]))]

    assert chosen(text_of(moved)).loader.name == loader.name
    before = {
        batch.entity: set(batch.frame["id"]) for batch in read(text_of(rows), by=loader).batches
    }
    after = {
        batch.entity: set(batch.frame["id"]) for batch in read(text_of(moved), by=loader).batches
    }
    assert before == after


@each_loader
def test_it_says_how_to_export_it(loader):
    assert loader.kind == "lookup" or loader.report
