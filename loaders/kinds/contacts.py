"""Contacts: people at companies."""

import re

from graphkit.batch import Batch
from graphkit.schema import Kind, Person
from loaders.cells import EMAIL, FLAG
from loaders.kinds._deleted import DELETED, deleted
from loaders.nodes import (
    account_ids,
    accounts,
    company_domains,
    employees,
    first_of,
    per_spelling,
    text_or,
    usual_by,
)
from loaders.shape import Field, Rows, SheetKind

_REFUSED = re.compile(r"unsub|opt(ed)?[ -]?out|cleaned|do not|removed|no mail", re.IGNORECASE)


def _refuses(status: str) -> bool | None:
    """That somebody refuses mail, where the status says so; other words say nothing about it."""
    return True if _REFUSED.search(status) else None


def _complete(rows: Rows) -> Rows:
    """Full names, the first of several companies, ids: the e-mail address where there is one."""
    first, last = rows.get("first_name"), rows.get("last_name")
    full = (first.fillna("") + " " + last.fillna("")).str.strip()
    full = full.where(full != "")
    name = text_or(rows.get("name"), full)
    if "first_name" in rows.columns and "last_name" not in rows.columns:
        name = (first.fillna("") + " " + rows.get("name").fillna("")).str.strip()
        name = name.where(name != "")
    email = text_or(text_or(rows.get("email"), rows.get("email_2")), rows.get("email_3"))
    domains = company_domains(email)
    refused = per_spelling(rows.get("mail_status"), _refuses, Kind.FLAG)
    company = per_spelling(rows.get("company_id"), first_of, Kind.TEXT)
    rows = rows.having(
        name=name,
        email=email,
        domain=domains,
        company_id=company,
        opted_out=text_or(rows.get("opted_out", Kind.FLAG), refused),
    )
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
            "Record ID - Contact, Record ID, Contact ID, Lead ID, ID, Datensatz-ID, ID de registro",
        ),
        Field(
            "first_name",
            "a first name",
            "First Name, Given Name, Firstname, Forename, Vorname, Nombre, Prénom",
        ),
        Field(
            "last_name",
            "a last name",
            "Last Name, Surname, Family Name, Lastname, Nachname, Apellidos, Apellido, Nom, "
            "Nom de famille",
        ),
        Field(
            "name",
            "a name",
            "Full Name, Contact Name, Name, Contact, Client Name, Lead Name, Ansprechpartner, "
            "Nombre completo, Nom complet",
        ),
        Field(
            "email",
            "an e-mail address",
            "Email, Email Address, E-mail, Work Email, Email Address - Work, Contact Email, "
            "Lead Email, E-Mail-Adresse, Correo, Correo electrónico, Courriel, Adresse e-mail",
            EMAIL,
        ),
        Field("email_2", "another e-mail address", "", EMAIL),
        Field("email_3", "a third e-mail address", "", EMAIL),
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
            "(Primary), Organization, Employer, Customer, Customer Name, Account, Firma, "
            "Firmenname, Unternehmen, Unternehmensname, Empresa, Nombre de la empresa, Société, "
            "Entreprise, Nom de l'entreprise",
        ),
        Field(
            "title",
            "a job title",
            "Job Title, Title, Position, Role, Funktion, Cargo, Puesto, Poste, Fonction",
        ),
        Field(
            "phone",
            "a telephone number",
            "Phone Number, Phone, Mobile, Work Phone, Mobile Phone, Direct Phone, Cell Phone, "
            "Lead Phone, Telefon, Telefonnummer, Teléfono, Número de teléfono, Téléphone, "
            "Numéro de téléphone",
        ),
        Field(
            "opted_out",
            "whether mail is unwanted",
            "Unsubscribed from all email, Opted Out, Email Opt Out, Unsubscribed, Do Not "
            "Email, Is Opted Out, Has Opted Out Of Email",
            FLAG,
        ),
        Field("mail_status", "whether mail is welcome", ""),
        Field(
            "company_owner",
            "who of ours looks after the company",
            "Company owner, Account Owner",
        ),
        Field(
            "city",
            "a city",
            "City, Mailing City, Stadt, Ciudad, Ville",
        ),
        Field(
            "industry",
            "an industry",
            "Industry, Branche",
        ),
        DELETED,
    ),
    any_of=(("email", "name", "last_name", "first_name"),),
    against=(
        "Employee ID, Hire Date, Birth Date, Connected On, Order Date, Invoice Date, Due Date, "
        "Quote No, SO Number, Amount, Open Balance, Quantity, Action, Post ID, Timestamp, "
        "Company Domain Name, Deal Name, Opportunity Name"
    ),
    key=("id",),
    complete=_complete,
    leave_out=deleted,
    build=_build,
)
