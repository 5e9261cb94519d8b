"""Derived tables say what they read: what they do not name may be missing, and changes nothing."""

import io
from importlib import resources

import pandas as pd
import pytest

from graphkit import registry
from graphkit.plugins import Tables
from loaders.kinds import KINDS
from loaders.mapping import Mapping, mapping_of
from loaders.tables import DERIVED
from tests import jobboss_shop, test_jobboss2

registry.loaders()  # which registers the derived tables

MAPPINGS = [
    mapping_of(file.read_text("utf-8"), KINDS, file.name)
    for file in sorted(resources.files("loaders.mappings").iterdir(), key=lambda one: one.name)
    if file.name.endswith(".toml")
]


def cells(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text.lstrip()), dtype=str, keep_default_na=False)


def tables_of(system: str) -> Tables:
    """The tables of a small shop; those that it has not, as the examples of their mappings."""
    shop = {"jobboss": jobboss_shop.TABLES, "jobboss2": test_jobboss2.TABLES}[system]
    examples = {one.table: one.example for one in MAPPINGS if one.system == system and one.table}
    return {name: cells(text) for name, text in {**examples, **shop}.items() if text.strip()}


def as_said(system: str, table: str) -> Tables:
    """The files that a derived table is made of, with no other column than it says it reads."""
    whole, needs = tables_of(system), DERIVED[system, table].needs
    return {
        name: whole[name][[one for one in whole[name] if one in headings]]
        for name, headings in needs.items()
        if name in whole
    }


@pytest.mark.parametrize(("system", "table"), list(DERIVED))
def test_a_derived_table_reads_no_heading_but_those_that_it_names(system: str, table: str) -> None:
    derived = DERIVED[system, table]

    made, whole = derived.make(as_said(system, table)), derived.make(tables_of(system))

    assert made is not None
    assert whole is not None
    pd.testing.assert_frame_equal(made, whole[list(made)])


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda one: one.name)
def test_what_a_mapping_looks_up_in_a_derived_table_is_there(mapping: Mapping) -> None:
    for name, link in mapping.lookups.items():
        if (mapping.system, link.table) in DERIVED:
            made = DERIVED[mapping.system, link.table].make(as_said(mapping.system, link.table))
            wanted = {one for one in mapping.read if one.startswith(f"{name}.")} - {*mapping.keys}
            assert made is not None
            assert {one.removeprefix(f"{name}.") for one in wanted} <= {*made}
