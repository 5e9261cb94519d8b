"""Visits of companies to our pages, as visitor identification tells them."""

import pandas as pd

from graphkit.batch import Batch, shortened
from graphkit.schema import Kind, Page, Visited
from loaders.amounts import SECONDS
from loaders.cells import DOMAIN
from loaders.days import DAY
from loaders.nodes import account_ids, accounts, per_spelling, text_or
from loaders.shape import Field, Rows, SheetKind


def page_path(address: str) -> str:
    """The path of a page without host, query and a slash at its end.

    >>> page_path("https://www.example.com/5-axis/?utm=x"), page_path("/")
    ('/5-axis', '/')
    """
    bare = address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    if "://" in bare:
        bare = "/" + bare.split("://", 1)[1].partition("/")[2]
    return shortened("/" + bare.strip("/"))


def _complete(rows: Rows) -> Rows:
    return rows.having(path=per_spelling(rows.get("path"), page_path, Kind.TEXT))


def _build(rows: Rows) -> list[Batch]:
    by_domain = account_ids(rows, name="domain")
    account = text_or(by_domain, account_ids(rows, name="company"))
    pages = pd.DataFrame({"id": rows.get("path"), "title": rows.get("title")})
    pages = pages.sort_values("title", na_position="last", kind="stable").drop_duplicates("id")
    visits = {
        "from_id": account,
        "to_id": rows.get("path"),
        "on": rows.get("on", Kind.DATE),
        "seconds": rows.get("seconds", Kind.NUMBER),
        "row": rows.at,
    }
    return [
        accounts(rows, account, {"domain": rows.get("domain"), "name": rows.get("company")}),
        Batch.of(Page, pages.sort_values("id").reset_index(drop=True)),
        Batch.of(Visited, visits, source=rows.source),
    ]


KIND = SheetKind(
    name="web_visits",
    doc="one visit of a company to one page",
    fields=(
        Field(
            "on",
            "the day",
            "Date, Visit Date, Visited, Day, Timestamp, Visit Time, Session Date",
            DAY,
            required=True,
        ),
        Field(
            "domain",
            "a company's domain",
            "Company domain, Domain, Visitor Domain, Company Website, Website, Organization Domain",
            DOMAIN,
        ),
        Field(
            "company",
            "a company",
            "Company, Company Name, Organization, Visitor Company",
        ),
        Field(
            "path",
            "a page",
            "Page path, Page, Page URL, URL, Path, Landing Page, Page path and screen class",
            required=True,
        ),
        Field(
            "title",
            "a page title",
            "Page title, Title, Page Name",
        ),
        Field(
            "seconds",
            "seconds on the page",
            "Seconds on page, Time on page, Duration, Seconds, Session Duration, Visit Duration",
            SECONDS,
        ),
    ),
    any_of=(("domain", "company"),),
    against="Email, Email Address, Campaign ID, Amount, Post ID, Handle, Note",
    key=("domain", "company", "path", "on", "seconds"),
    complete=_complete,
    build=_build,
    event="on",
)
