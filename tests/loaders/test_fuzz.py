"""Whole files, spoiled at random: only a GraphkitError may come out, and every row is counted."""

import csv
import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit import registry
from graphkit.batch import Source
from graphkit.errors import GraphkitError
from graphkit.pipeline.choose import choose
from graphkit.pipeline.sources import example_tables
from graphkit.sheets.files import read_sheets

LOADERS = [one for one in registry.loaders() if not one.useless]
JUNK = st.one_of(
    st.sampled_from(
        ["", "n/a", "=SUM(A1:A9)", "13/45/2024", "-1", "1e9", "NaN", "(5", "\x00", '"', "'; DROP"]
    ),
    st.text(max_size=12),
)


@st.composite
def spoiled(draw):
    """The example of a loader with some cells replaced, rows repeated, dropped or cut short."""
    loader = draw(st.sampled_from(LOADERS))
    header, *rows = csv.reader(io.StringIO(loader.example.lstrip("\n")))
    rows = [draw(st.sampled_from(rows)) for _ in range(draw(st.integers(0, 5)))]
    rows = [[draw(JUNK) if draw(st.integers(0, 7)) == 0 else cell for cell in row] for row in rows]
    rows = [
        row[: draw(st.integers(1, len(row)))] if draw(st.integers(0, 9)) == 0 else row
        for row in rows
    ]
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode("utf-8", "replace")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoiled())
def test_rows_are_loaded_repeated_or_rejected_whatever_stands_in_them(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "spoiled.csv"
    path.write_bytes(content)
    try:
        sheet = read_sheets(path)[0]
        loader = choose(sheet, LOADERS).loader
    except GraphkitError:
        return
    source = Source.of(system=loader.system, kind=loader.kind, path=path.name, content=content)

    reading = loader.read(sheet, source, example_tables(loader))

    assert reading.rows == len(sheet.rows)
    loaded = reading.rows - reading.repeated - len(reading.rejects)
    facts = {
        row
        for batch in reading.batches
        if batch.entity.sourced
        for row in batch.frame["row"].dropna()
    }
    assert len(facts) <= loaded
    assert set(reading.rejects["row"]) <= set(sheet.rows.tolist())
    assert not facts & set(reading.rejects["row"])
    for content_of_row, reason in zip(
        reading.rejects["content"], reading.rejects["reason"], strict=True
    ):
        assert set(json.loads(content_of_row)) == set(sheet.header)
        assert reason
