from pathlib import Path

from graphkit.manual import schema_page
from loaders.manual import fields_page

DOCS = Path(__file__).parents[1] / "docs"


def test_the_schema_page_says_what_the_schema_says():
    assert (DOCS / "schema.md").read_text("utf-8") == schema_page(), "run: make docs"


def test_the_page_of_fields_says_what_the_kinds_say():
    assert (DOCS / "fields.md").read_text("utf-8") == fields_page(), "run: make docs"
