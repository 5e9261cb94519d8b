"""The manual names what the code has."""

from pathlib import Path

from loaders.mapping_check import PARTS, SECTIONS, SETTINGS

DOCS = Path(__file__).parents[1] / "docs"


def test_every_key_of_a_mapping_is_in_the_manual():
    manual = (DOCS / "mappings.md").read_text("utf-8")

    assert [key for key in (*SETTINGS, *SECTIONS, *PARTS) if key not in manual] == []
