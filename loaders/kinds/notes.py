"""Notes: what one of us wrote about a customer."""

from graphkit.batch import Batch
from graphkit.schema import Kind, Note
from loaders.days import DAY
from loaders.nodes import account_ids, accounts, employees, hashed, text_or
from loaders.shape import Field, Rows, SheetKind


def _complete(rows: Rows) -> Rows:
    made = hashed(rows, ("written_on", "author", "account", "text"))
    return rows.having(id=text_or(rows.get("native_id"), made))


def _build(rows: Rows) -> list[Batch]:
    account = account_ids(rows, "account_id", "account")
    author, authors = employees(rows.get("author"))
    notes = {
        "id": rows.source.key(rows.get("id")),
        "written_on": rows.get("written_on", Kind.DATE),
        "account": account,
        "author": author,
        "text": rows.get("text"),
        "row": rows.at,
    }
    names = {"native_id": rows.get("account_id"), "name": rows.get("account")}
    return [
        accounts(rows, account, names),
        authors,
        Batch.of(Note, notes, source=rows.source),
    ]


KIND = SheetKind(
    name="notes",
    doc="one note",
    fields=(
        Field(
            "native_id",
            "a note id",
            "Note ID, Activity ID, Record ID, ID",
        ),
        Field(
            "written_on",
            "the day",
            "Date, Note Date, Created, Created Date, Activity Date, Created At, Written",
            DAY,
            required=True,
        ),
        Field(
            "author",
            "who wrote it",
            "Author, Written By, Created By, Owner, Sales Rep, Employee, User, Entered By",
        ),
        Field(
            "account_id",
            "an account id",
            "Account ID, Company ID, Customer ID",
        ),
        Field(
            "account",
            "an account",
            "Account, Account Name, Company, Company Name, Customer, Customer Name, "
            "Regarding, Related To",
        ),
        Field(
            "text",
            "a text",
            "Note, Notes, Note Text, Text, Note Body, Body, Comments, Comment, Details, "
            "Anecdote, Activity Notes",
            required=True,
        ),
    ),
    any_of=(("author", "account", "account_id"),),
    against=(
        "Email, Amount, Order Date, Invoice Date, Post ID, Handle, Likes, Campaign ID, "
        "Start Date, First Name"
    ),
    key=("id",),
    complete=_complete,
    build=_build,
    event="written_on",
)
