from pathlib import Path

from graphkit.manual import schema_page


def test_the_schema_page_says_what_the_schema_says():
    page = Path(__file__).parents[1] / "docs" / "schema.md"
    assert page.read_text("utf-8") == schema_page(), "run: make docs"
