"""Companies as a CRM lists them."""

import pandas as pd

from graphkit.batch import Batch
from graphkit.encoded import decoded
from graphkit.schema import Kind
from loaders.cells import DOMAIN, EMAIL
from loaders.kinds._deleted import DELETED, deleted
from loaders.nodes import (
    account_ids,
    accounts,
    company_domains,
    employees,
    folded,
    per_spelling,
    text_or,
)
from loaders.shape import Field, Rows, SheetKind


def _complete(rows: Rows) -> Rows:
    ids = decoded(account_ids(rows, "native_id", "name"))
    return rows.having(id=ids.where(rows.get("native_id").notna(), _by_whereabouts(rows, ids)))


def _by_whereabouts(rows: Rows, ids: pd.Series) -> pd.Series:
    """Ids by name, told apart where one name stands at several streets or telephones.

    A list without ids may have two companies, or two sites, of one name: overwriting one with the
    other would lose a row. The first in the alphabet keeps the bare name, which is what other
    exports of the system know; that it is one company all the same is for resolution to find.
    """
    where = pd.Series("", index=ids.index, dtype=Kind.TEXT.dtype)
    for name in ("address", "phone", "postcode"):
        said = per_spelling(rows.get(name), folded, Kind.TEXT).fillna("")
        where = where.str.cat(said.to_numpy(dtype=object), sep=" ")
    where = where.str.strip()
    first = where.mask(where == "").groupby(ids.to_numpy(dtype=object)).transform("min")
    told = (where != "") & (where != first)
    return ids.mask(told.to_numpy(dtype=bool), ids.str.cat(where, sep=" @ "))


def _build(rows: Rows) -> list[Batch]:
    owner, owners = employees(rows.get("owner"))
    by_mail = company_domains(rows.get("email"))
    columns = {name: rows.get(name) for name in _PLAIN} | {
        "domain": text_or(rows.get("domain"), by_mail),
        "owner": owner,
    }
    return [owners, accounts(rows, rows.get("id", Kind.TEXT), columns)]


_PLAIN = (
    "native_id",
    "name",
    "email",
    "phone",
    "address",
    "city",
    "region",
    "postcode",
    "industry",
    "parent_name",
    "parent_id",
)

KIND = SheetKind(
    name="companies",
    doc="one company",
    fields=(
        Field(
            "native_id",
            "an id",
            "Record ID, Company ID, Account ID, Record ID - Company, Customer ID, Customer "
            "Number, Customer Code, ID, Kundennummer, Datensatz-ID, ID de registro",
        ),
        Field(
            "name",
            "a company name",
            "Company name, Company, Account Name, Customer Name, Customer, Organization, "
            "Organization Name, Business Name, Account, Firma, Firmenname, Unternehmen, "
            "Unternehmensname, "
            "Kunde, Empresa, Nombre de la empresa, Société, Entreprise, Nom de l'entreprise",
            required=True,
        ),
        Field(
            "domain",
            "a web domain",
            "Company Domain Name, Domain, Website, Website URL, Web Site, URL, Company "
            "Website, Home Page, Webseite, Domain-Name des Unternehmens, Sitio web, "
            "Nombre de dominio de la empresa, Site web, Nom de domaine de l'entreprise",
            DOMAIN,
        ),
        Field(
            "email",
            "an e-mail address",
            "Email, Email Address, Company Email",
            EMAIL,
        ),
        Field(
            "phone",
            "a telephone number",
            "Phone Number, Phone, Telephone, Main Phone, Telefonnummer, Telefon, Teléfono, "
            "Número de teléfono, Téléphone, Numéro de téléphone",
        ),
        Field(
            "address",
            "a street address",
            "Street Address, Address, Billing Street, Billing Address, Address Line 1, Straße, "
            "Adresse, Dirección",
        ),
        Field(
            "city",
            "a city",
            "City, Town, Billing City, Stadt, Ort, Ciudad, Ville",
        ),
        Field(
            "region",
            "a state",
            "State/Region, State, Region, State/Province, Billing State, Province, "
            "Billing State/Province, Bundesland",
        ),
        Field(
            "postcode",
            "a postal code",
            "Postal Code, Zip, Zip Code, Postcode, Billing Zip, Billing Postal Code, "
            "Billing Zip/Postal Code, PLZ, Postleitzahl, Código postal, Code postal",
        ),
        Field(
            "industry",
            "an industry",
            "Industry, Sector, Market, Vertical, Market Segment, Branche, Industria, "
            "Secteur d'activité",
        ),
        Field(
            "owner",
            "who of ours looks after it",
            "Company owner, Account Owner, Owner, Sales Rep, Sales Representative, Account "
            "Manager, Assigned To",
        ),
        Field(
            "parent_name",
            "the group",
            "Parent Company, Parent Account, Parent, Subsidiary Of",
        ),
        Field(
            "parent_id",
            "the group's id",
            "Parent ID, Parent Account ID, Parent Company ID, Parent Record ID",
        ),
        DELETED,
    ),
    against=(
        "Name, Full Name, First Name, Last Name, Job Title, Order Date, Invoice Date, Due Date, "
        "Start Date, SO Number, Quote No, Project Name, Num, Amount, Open Balance, Quantity, "
        "Part Number, Note, Post ID, Handle, Deal Name, Opportunity Name, Connected On, "
        "Lead Status, Lead ID, Lead Email, GCLID"
    ),
    key=("id",),
    complete=_complete,
    leave_out=deleted,
    build=_build,
)
