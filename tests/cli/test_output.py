"""Results as CSV."""

import csv
import io
import json

from graphkit.cli.output import as_csv


def test_nested_values_are_json_in_their_cell_and_plain_lists_are_joined() -> None:
    evidence = [{"figure": "orders", "rows": {"a.csv": [2, 3]}}]
    text = as_csv([{"names": ["A, Co", "B"], "evidence": evidence, "p": None, "none": []}])
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["names"] == "A, Co; B"
    assert json.loads(row["evidence"]) == evidence
    assert (row["p"], row["none"]) == ("", "")
