"""Engineering projects with a customer, and for whom the customer makes it."""

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Kind, Project, Supplies
from loaders.days import DAY
from loaders.nodes import account_ids, accounts, text_or
from loaders.shape import Field, Rows, SheetKind


def _complete(rows: Rows) -> Rows:
    return rows.having(id=text_or(rows.get("number"), rows.get("name")))


def _supplies(rows: Rows, customer: pd.Series, end: pd.Series) -> Batch:
    """The project's customer supplies its end customer: a column says so."""
    both = (customer.notna() & end.notna() & (customer != end).fillna(False)).to_numpy(bool)
    count = int(both.sum())
    columns = {
        "from_id": customer[both],
        "to_id": end[both],
        "on": rows.get("started_on", Kind.DATE)[both],
        "polarity": ["asserted"] * count,
        "text_id": [""] * count,
        "confidence": np.ones(count),
        "row": rows.at[both],
    }
    whole = {
        name: value.reset_index(drop=True) if isinstance(value, pd.Series) else value
        for name, value in columns.items()
    }
    return Batch.of(Supplies, dict(whole), source=rows.source)


def _build(rows: Rows) -> list[Batch]:
    customer = account_ids(rows, "customer_id", "customer")
    end = account_ids(rows, name="end_customer")
    projects = {
        "id": rows.source.key(rows.get("id")),
        "name": text_or(rows.get("name"), rows.get("id")),
        "account": customer,
        "started_on": rows.get("started_on", Kind.DATE),
        "end_customer": end,
        "description": rows.get("description"),
        "row": rows.at,
    }
    names = {"native_id": rows.get("customer_id"), "name": rows.get("customer")}
    return [
        accounts(rows, customer, names),
        accounts(rows, end, {"name": rows.get("end_customer")}),
        Batch.of(Project, projects, source=rows.source),
        _supplies(rows, customer, end),
    ]


KIND = SheetKind(
    name="projects",
    doc="one engineering project",
    fields=(
        Field(
            "number",
            "a project number",
            "Project No, Project Number, Project ID, Project Code, Project #",
        ),
        Field(
            "name",
            "a project name",
            "Project Name, Project, Project Title, Program, Program Name",
        ),
        Field(
            "customer_id",
            "a customer number",
            "Customer ID, Customer Number, Customer Code",
        ),
        Field(
            "customer",
            "a customer",
            "Customer, Customer Name, Client, Company, Company Name, Account",
        ),
        Field(
            "started_on",
            "the day it began",
            "Start Date, Started, Start, Kickoff, Kick-off Date, Begin Date, Opened, Date",
            DAY,
            required=True,
        ),
        Field(
            "end_customer",
            "the customer's customer",
            "End Customer, End User, End Client, Final Customer, OEM, Made For, Customer's "
            "Customer",
        ),
        Field(
            "description",
            "a description",
            "Description, Scope, Summary, Project Description, Notes, Details",
        ),
    ),
    any_of=(("number", "name"), ("customer", "customer_id")),
    against="Order Date, Invoice Date, Quote No, Amount, Email, Quantity, Qty Ordered",
    key=("id",),
    complete=_complete,
    build=_build,
    event="started_on",
)
