"""Connections: whom one of us knows, as LinkedIn has it."""

import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Kind, Knows, Person
from loaders.cells import EMAIL
from loaders.days import DAY
from loaders.nodes import account_ids, accounts, employees, folded, per_spelling, text_or
from loaders.shape import Field, Rows, SheetKind


def _complete(rows: Rows) -> Rows:
    """Full names, and ids: the e-mail address, else the name at the company; mostly the latter."""
    full = (rows.get("first_name").fillna("") + " " + rows.get("last_name").fillna("")).str.strip()
    name = text_or(rows.get("name"), full.where(full != ""))
    at = name + " / " + rows.get("company").fillna("")
    native = rows.source.key(per_spelling(at, folded, Kind.TEXT))
    ours = rows.get("employee").str.replace("_", " ")
    rows = rows.having(name=name, employee=ours)
    return rows.having(id=text_or(rows.get("email"), native))


def _build(rows: Rows) -> list[Batch]:
    company = account_ids(rows, name="company")
    employee, known = employees(rows.get("employee"))
    people = {
        "id": rows.get("id"),
        "account": company,
        "name": rows.get("name"),
        "title": rows.get("title"),
        "email": rows.get("email"),
        "row": rows.at,
    }
    knows = pd.DataFrame(
        {
            "from_id": employee,
            "to_id": rows.get("id"),
            "on": rows.get("connected_on", Kind.DATE),
            "row": rows.at,
        }
    )
    known_by = knows[knows["from_id"].notna().to_numpy(bool)].reset_index(drop=True)
    return [
        accounts(rows, company, {"name": rows.get("company")}),
        known,
        Batch.of(Person, people, source=rows.source),
        Batch.of(Knows, known_by, source=rows.source),
    ]


def _remarks(rows: Rows) -> dict[str, int]:
    """Without whose connections they are, nobody of ours is known to know them."""
    nobody = int(rows.get("employee").isna().sum())
    why = "do not say whose connection it is (name the file after the person, and load it again)"
    return {why: nobody} if nobody else {}


KIND = SheetKind(
    name="connections",
    doc="one person whom one of us knows",
    fields=(
        Field(
            "employee",
            "whose connection it is",
            "Connection of, Employee, Our employee, Known by",
        ),
        Field("first_name", "a first name", "First Name, Vorname, Prénom, Nombre"),
        Field("last_name", "a last name", "Last Name, Nachname, Nom, Apellidos"),
        Field("name", "a name", "Full Name, Name"),
        Field("email", "an e-mail address", "Email Address, Email, E-Mail-Adresse", EMAIL),
        Field("company", "a company", "Company, Organization, Unternehmen, Entreprise, Empresa"),
        Field("title", "a job title", "Position, Job Title, Title, Poste, Cargo"),
        Field(
            "connected_on",
            "the day of the connection",
            "Connected On, Connection Date, Verbunden am",
            DAY,
            required=True,
        ),
    ),
    any_of=(("name", "first_name", "last_name"),),
    against="Amount, Order Date, Invoice Date, Campaign ID, Note",
    key=("employee", "id"),
    complete=_complete,
    build=_build,
    remarks=_remarks,
    event="connected_on",
)
