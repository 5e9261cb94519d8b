"""Pages of our web site, without who looked at them."""

from graphkit.batch import Batch
from graphkit.schema import Kind, Page
from loaders.amounts import COUNT
from loaders.kinds.web_visits import page_path
from loaders.nodes import per_spelling
from loaders.shape import Field, Rows, SheetKind


def _complete(rows: Rows) -> Rows:
    return rows.having(path=per_spelling(rows.get("path"), page_path, Kind.TEXT))


def _build(rows: Rows) -> list[Batch]:
    return [Batch.of(Page, {"id": rows.get("path"), "title": rows.get("title")})]


KIND = SheetKind(
    name="pages",
    doc="one page of our web site",
    fields=(
        Field(
            "path",
            "a page",
            "Page path and screen class, Page path, Page path + query string, Page, Page URL, "
            "Landing page, Page location",
            required=True,
        ),
        Field("title", "a page title", "Page title, Page title and screen class, Title"),
        Field("views", "how often it was seen", "Views, Pageviews, Sessions", COUNT, required=True),
    ),
    against="Company, Company domain, Domain, Organization, Email, Date, Seconds on page",
    key=("path",),
    complete=_complete,
    build=_build,
)
