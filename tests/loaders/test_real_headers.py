"""The header rows that systems write, each taken for its own system and read without rejects."""

import csv
import dataclasses
import io

import pytest

from graphkit import registry
from graphkit.pipeline.choose import choose
from graphkit.sheet_files import read_sheets

SHAPES = {
    "hubspot.companies": (
        (
            "Record ID,Company name,Company Domain Name,Company owner,Phone Number,City,State/Region,"
            "Country/Region,Industry,Website URL"
        ),
        (
            "Record ID,Company name,Company domain name,Company owner,Create Date,Phone Number,"
            "Last Activity Date,City,Country/Region,Industry"
        ),
        "Record ID,Company name,Lead Status,Lifecycle Stage,Company owner,Parent Company",
        "Datensatz-ID,Unternehmensname,Domain-Name des Unternehmens,Telefonnummer,Stadt,Branche",
        "ID de registro,Nombre de la empresa,Nombre de dominio de la empresa,Ciudad,Sector",
    ),
    "hubspot.contacts": (
        (
            "Record ID - Contact,First Name,Last Name,Email,Phone Number,Contact owner,"
            "Last Activity Date,Lead Status,Marketing contact status,Create Date,Record ID - Company,"
            "Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,"
            "Country/Region,Industry,Added To List On"
        ),
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,"
            "Associated Company,Associated Company IDs"
        ),
        "Datensatz-ID,Vorname,Nachname,E-Mail,Telefonnummer,Lead-Status",
        "ID de registro,Nombre,Apellidos,Correo,Número de teléfono",
    ),
    "hubspot.deals": (
        (
            "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Last Activity Date,"
            "Deal owner,Associated Company (Primary),Associated Company IDs (Primary)"
        ),
        "Record ID,Deal Name,Deal Stage,Amount,Close Date",
    ),
    "salesforce.companies": (
        "Account Name,Account Owner,Billing City,Billing State/Province,Industry,Type",
        (
            "Account Owner,Account Name,Type,Rating,Last Activity,Last Modified Date,"
            "Billing State/Province"
        ),
        (
            "Id,IsDeleted,MasterRecordId,Name,Type,ParentId,BillingStreet,BillingCity,BillingState,"
            "BillingPostalCode,BillingCountry,Phone,Fax,AccountNumber,Website,Sic,Industry,"
            "AnnualRevenue,NumberOfEmployees,Ownership,Description,Rating,Site,OwnerId,CreatedDate"
        ),
    ),
    "salesforce.contacts": (
        (
            "First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,"
            "Mailing State/Province,Mailing Zip/Postal Code,Phone,Email"
        ),
        "Account Owner,Account Name,First Name,Last Name,Title,Email",
        "Contact: First Name,Contact: Last Name,Contact: Email,Account Name",
        (
            "Id,IsDeleted,MasterRecordId,AccountId,LastName,FirstName,Salutation,Name,MailingStreet,"
            "MailingCity,MailingState,MailingPostalCode,MailingCountry,Phone,MobilePhone,Email,Title,"
            "Department,LeadSource,Description,OwnerId,HasOptedOutOfEmail,CreatedDate"
        ),
    ),
    "salesforce.opportunities": (
        "Opportunity Name,Account Name,Stage,Amount,Close Date,Created Date",
        (
            "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,"
            "Expected Revenue,Probability (%),Age,Close Date,Created Date,Next Step,Lead Source,Type"
        ),
        (
            "Id,IsDeleted,AccountId,Name,Description,StageName,Amount,Probability,CloseDate,Type,"
            "NextStep,LeadSource,IsClosed,IsWon,ForecastCategory,CampaignId,OwnerId,CreatedDate"
        ),
    ),
    "mailchimp.campaigns": (
        (
            "Title,Subject,List,Send Date,Send Weekday,Total Recipients,Successful Deliveries,"
            "Soft Bounces,Hard Bounces,Total Bounces,Times Forwarded,Forwarded Opens,Unique Opens,"
            "Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,"
            "Abuse Complaints,Times Liked on Facebook,Folder Id,Unique Id,Total Orders,"
            "Total Gross Sales,Total Revenue"
        ),
        "Campaign ID,Title,Subject,Send Date",
    ),
    "mailchimp.contacts": (
        (
            "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,"
            "CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,"
            "NOTES"
        ),
        (
            "Email Address,First Name,Last Name,Address,Phone Number,Company,MEMBER_RATING,"
            "OPTIN_TIME,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,LEID,EUID,NOTES,TAGS"
        ),
    ),
    "constantcontact.contacts": (
        (
            "First name,Last name,Company,Job title,Email address - home,Email status - home,"
            "Email permission status - home,Email address - other,Email status - other,"
            "Email permission status - other,Email address - work,Email status - work,"
            "Email permission status - work,Phone - fax,Phone - home,Phone - mobile,Phone - work,"
            "City - Home,Website,Custom field 1,Date of update,Tags,Email Lists,Source Name,"
            "Created At,Updated At"
        ),
    ),
    "klaviyo.campaigns": (
        (
            "Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,"
            "Unique Placed Order,Placed Order Rate,Revenue,Unique Opens,Open Rate,Total Opens,"
            "Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Spam Complaints,"
            "Successful Deliveries,Bounces,Bounce Rate,Campaign ID,Campaign Channel"
        ),
    ),
    "quickbooks.invoices": (
        "Date,Num,Customer,Memo/Description,Due Date,Amount,Open Balance,Currency,Exchange rate",
        "Date,Num,Customer,Due Date,Amount,Open Balance",
        "Num,Customer,Date,Due Date,Amount,Open Balance,P.O. #",
        "Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance",
        "Group,Date,Transaction Type,Num,Due Date,Amount,Open Balance,Balance",
        "Group,Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance",
    ),
    "quickbooks.sales_by_customer_detail": (
        (
            "Group,Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,"
            "Balance"
        ),
        (
            "Group,Transaction date,Transaction type,Num,Memo/Description,Quantity,Sales price,Amount,"
            "Balance,Transaction type,Account full name,Customer full name,Customer/Vendor message,"
            "Subject,Product/Service"
        ),
    ),
    "quickbooks.payments": (
        "Date,Transaction type,Num,Posting (Y/N),Name,Memo,Account name,Split,Amount",
    ),
    "quickbooks.aging_summary": (
        "Group,Current,1 - 30,31 - 60,61 - 90,91 and over,Total",
        "Customer,Current,1 - 30,31 - 60,61 - 90,91 and over,Total",
    ),
    "xero.invoices": (
        (
            "ContactName,EmailAddress,POAddressLine1,POAddressLine2,POAddressLine3,POAddressLine4,"
            "POCity,PORegion,POPostalCode,POCountry,SAAddressLine1,SACity,InvoiceNumber,Reference,"
            "InvoiceDate,DueDate,PlannedDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,"
            "InventoryItemCode,Description,Quantity,UnitAmount,Discount,LineAmount,AccountCode,"
            "TaxType,TaxAmount,TrackingName1,TrackingOption1,Currency,Type,Sent,Status"
        ),
        (
            "*ContactName,EmailAddress,POAddressLine1,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,"
            "InventoryItemCode,*Description,*Quantity,*UnitAmount,Discount,*AccountCode,*TaxType,"
            "TrackingName1,TrackingOption1,Currency,BrandingTheme"
        ),
    ),
    "odoo.orders": (
        (
            "Order Reference,Customer,Order Date,Status,Invoice Status,Delivery Date,"
            "Order Lines/Product/Internal Reference,Order Lines/Quantity,Order Lines/Unit Price,"
            "Order Lines/Subtotal"
        ),
        (
            "name,partner_id,client_order_ref,date_order,order_line/product_id,"
            "order_line/product_uom_qty,order_line/price_unit"
        ),
        (
            "Auftragsreferenz,Kunde,Auftragsdatum,Status,Auftragszeilen/Produkt,Auftragszeilen/Menge,"
            "Auftragszeilen/Einzelpreis"
        ),
    ),
    "erpnext.sales_order_analysis": (
        (
            "Date,Sales Order,Status,Customer,Item Code,Description,Qty,Delivered Qty,Qty to Deliver,"
            "Billed Qty,Qty to Bill,Amount,Billed Amount,Pending Amount,Amount Delivered,"
            "Delivery Date,Delay (in Days),Time Taken to Deliver,Warehouse,Company"
        ),
    ),
    "erpnext.accounts_receivable": (
        (
            "Posting Date,Party Type,Party,Receivable Account,Customer Contact,Cost Center,"
            "Voucher Type,Voucher No,Due Date,Invoiced Amount,Paid Amount,Credit Note,"
            "Outstanding Amount,Age (Days),0-30,31-60,61-90,91-120,121-Above,Currency,Territory,"
            "Customer Group"
        ),
    ),
    "linkedin.connections": (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "First Name,Last Name,Email Address,Company,Position,Connected On",
    ),
    "ga4.pages": (
        (
            "Page path and screen class,Views,Active users,Views per active user,"
            "Average engagement time per active user,Event count,Key events,Total revenue"
        ),
    ),
    "web.web_visits": ("Date,Company domain,Page path,Page title,Seconds on page",),
    "erp.orders": (
        "Auftragsnummer,Auftragsdatum,Kunde,Artikelnummer,Menge,Einzelpreis",
        "Número de pedido,Fecha de pedido,Cliente,Cantidad,Precio unitario,Importe",
        "Numéro de commande,Date de commande,Client,Référence,Quantité,Prix unitaire",
    ),
    "finance.invoices": (
        "Rechnungsnummer,Rechnungsdatum,Kunde,Fälligkeitsdatum,Betrag,Offener Betrag",
        "Número de factura,Fecha de factura,Cliente,Fecha de vencimiento,Importe total,Saldo",
        "Numéro de facture,Date de facture,Client,Date d'échéance,Montant TTC,Solde dû",
    ),
    "crm.companies": (
        "Firma,Straße,PLZ,Ort,Telefon,Branche",
        "Customer Number,Customer Name,Address,City,State,Zip,Phone",
    ),
    "crm.contacts": (
        "Vorname,Nachname,E-Mail,Telefon,Firma,Funktion",
        "Nombre,Apellidos,Correo,Teléfono,Empresa",
        "Prénom,Nom,Adresse e-mail,Téléphone,Société",
        "GCLID,Lead Email,Lead Phone,Conversion Name,Conversion Time,Keyword,Device",
        "Created Time,Full Name,Email Address,Phone,Ad Name,campaign_id,is_organic",
    ),
}
HEADERS = [(name, header) for name, headers in SHAPES.items() for header in headers]

_WORDS = (
    ("mail address", "bstrand@hollowrockgear.com"),
    ("domain", "hollowrockgear.com"),
    ("website", "hollowrockgear.com"),
    ("isdeleted", "0"),
    ("hasoptedout", "0"),
    ("transaction type", "Invoice"),
    ("voucher type", "Sales Invoice"),
    ("type", ""),
    ("campaign channel", "Email"),
    ("status", ""),
    ("company", "Hollow Rock Gear"),
    ("customer", "Hollow Rock Gear"),
)
_DAYS = ("date", "datum", "fecha", "time", "connected on")
_SUMS = (
    "amount", "total", "balance", "price", "qty", "quant", "menge", "preis", "betrag", "cantidad",
    "precio", "importe", "saldo", "prix", "montant", "solde", "views", "discount", "subtotal",
    "views", "users", "credit note", "seconds",
)  # fmt: skip


def cell(name, row):
    """A cell of our own that fits a heading."""
    folded = name.casefold()
    if folded.strip("*") in {"email", "e-mail", "correo", "contact: email", "lead email"}:
        return f"bstrand{row}@hollowrockgear.com"
    for word, value in _WORDS:
        if word in folded:
            return value
    if any(word in folded for word in _DAYS):
        return f"2024-03-1{row}"
    if any(word in folded for word in _SUMS) and "status" not in folded:
        return f"{row + 4}.00"
    return f"{name} {row}"


def sheet_of(header, path):
    """A header with two rows of ours, as a sheet."""
    names = next(csv.reader(io.StringIO(header)))
    out = io.StringIO()
    csv.writer(out).writerows([names, *([cell(name, row) for name in names] for row in (1, 2))])
    path.write_text(out.getvalue(), "utf-8-sig")
    return read_sheets(path)[0]


@pytest.mark.parametrize(("name", "header"), HEADERS, ids=[f"{a}: {b[:60]}" for a, b in HEADERS])
def test_a_header_is_taken_for_its_own_system(name, header, tmp_path):
    place = (tmp_path / "Connections Ines Calder.csv").as_posix()
    sheet = sheet_of(header, tmp_path / "export.csv")
    if name == "linkedin.connections":
        sheet = dataclasses.replace(sheet, place=place)

    assert choose(sheet, registry.loaders()).loader.name == name
