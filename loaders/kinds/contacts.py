"""Contacts: people at companies."""

from graphkit.batch import Batch
from graphkit.schema import Kind, Person
from loaders.cells import EMAIL, FLAG
from loaders.nodes import (
    account_ids,
    accounts,
    company_domains,
    employees,
    per_spelling,
    text_or,
    usual_by,
)
from loaders.shape import Field, Rows, SheetKind


def _first_of(ids: str) -> str | None:
    """The first of several ids of companies."""
    return ids.partition(";")[0].strip() or None


def _complete(rows: Rows) -> Rows:
    """Full names, the first of several companies, ids: the e-mail address where there is one."""
    first, last = rows.get("first_name"), rows.get("last_name")
    full = (first.fillna("") + " " + last.fillna("")).str.strip()
    full = full.where(full != "")
    name = text_or(rows.get("name"), full)
    domains = company_domains(rows.get("email"))
    company = per_spelling(rows.get("company_id"), _first_of, Kind.TEXT)
    rows = rows.having(name=name, domain=domains, company_id=company)
    native = rows.source.key(text_or(rows.get("native_id"), name.str.lower()))
    return rows.having(id=text_or(rows.get("email"), native))


def _build(rows: Rows) -> list[Batch]:
    ids = account_ids(rows, "company_id", "company")
    owner, owners = employees(rows.get("company_owner"))
    at_company = accounts(
        rows,
        ids,
        {
            "native_id": rows.get("company_id"),
            "name": rows.get("company"),
            "domain": usual_by(ids, rows.get("domain")),
            "city": rows.get("city"),
            "industry": rows.get("industry"),
            "owner": owner,
        },
    )
    alone = rows.source.key(rows.get("domain")).where(ids.isna())
    by_mail = accounts(rows, alone, {"domain": rows.get("domain")})
    people = {
        "id": rows.get("id"),
        "account": text_or(ids, alone),
        "name": rows.get("name"),
        "title": rows.get("title"),
        "email": rows.get("email"),
        "phone": rows.get("phone"),
        "opted_out": rows.get("opted_out", Kind.FLAG),
        "row": rows.at,
    }
    return [owners, at_company, by_mail, Batch.of(Person, people, source=rows.source)]


KIND = SheetKind(
    name="contacts",
    doc="one person",
    fields=(
        Field(
            "native_id",
            "an id",
            "Record ID - Contact, Record ID, Contact ID, Lead ID, ID",
        ),
        Field(
            "first_name",
            "a first name",
            "First Name, Given Name, Firstname, Forename",
        ),
        Field(
            "last_name",
            "a last name",
            "Last Name, Surname, Family Name, Lastname",
        ),
        Field(
            "name",
            "a name",
            "Full Name, Contact Name, Name, Contact, Client Name",
        ),
        Field(
            "email",
            "an e-mail address",
            "Email, Email Address, E-mail, Work Email, Email Address - Work, Contact Email",
            EMAIL,
        ),
        Field(
            "company_id",
            "a company's id",
            "Record ID - Company, Company ID, Associated Company IDs (Primary), Associated "
            "Company IDs, Account ID",
        ),
        Field(
            "company",
            "a company",
            "Company name, Company, Account Name, Associated Company, Associated Company "
            "(Primary), Organization, Employer, Customer, Customer Name, Account",
        ),
        Field(
            "title",
            "a job title",
            "Job Title, Title, Position, Role",
        ),
        Field(
            "phone",
            "a telephone number",
            "Phone Number, Phone, Mobile, Work Phone, Mobile Phone, Direct Phone, Cell Phone",
        ),
        Field(
            "opted_out",
            "whether mail is unwanted",
            "Unsubscribed from all email, Opted Out, Email Opt Out, Unsubscribed, Do Not "
            "Email, Is Opted Out",
            FLAG,
        ),
        Field(
            "company_owner",
            "who of ours looks after the company",
            "Company owner, Account Owner",
        ),
        Field(
            "city",
            "a city",
            "City",
        ),
        Field(
            "industry",
            "an industry",
            "Industry",
        ),
    ),
    any_of=(("email", "name", "last_name", "first_name"),),
    against=(
        "Employee ID, Hire Date, Birth Date, Campaign ID, Order Date, Invoice Date, Due Date, "
        "Quote No, SO Number, Amount, Open Balance, Quantity, Action, Post ID, Timestamp, "
        "Company Domain Name"
    ),
    key=("id",),
    complete=_complete,
    build=_build,
)
