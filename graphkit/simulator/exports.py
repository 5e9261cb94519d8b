"""The files that eight systems write about the shop, with the dirt that real files have."""

import datetime as dt
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.simulator import sentences, trade
from graphkit.simulator.chance import Floats, Ints
from graphkit.simulator.mail import Activity, Campaigns, Contacts, Visits
from graphkit.simulator.money import Invoices, Payments
from graphkit.simulator.orders import VARIANTS, Lines, Orders, Quotes
from graphkit.simulator.population import Population
from graphkit.simulator.tables import Rows, iso_dates, money, texts, us_dates

_NO_DOMAIN: Final = 0.04  # share of companies without domain in the CRM
_NO_COMPANY: Final = 0.06  # share of contacts without company in the CRM


def customer_ids(customer: Ints) -> list[str]:
    """The ERP's number of each customer."""
    return [f"C{20001 + index}" for index in customer.tolist()]


def order_lines(
    rng: np.random.Generator, who: Population, placed: Orders, ordered: Lines, last: np.datetime64
) -> pd.DataFrame:
    """ERP order lines up to the last day, in no order, without bad or repeated rows."""
    kept = np.flatnonzero(placed.day[ordered.order] <= last)
    kept = rng.permutation(kept)
    order, customer = ordered.order[kept], placed.customer[ordered.order[kept]]
    status = np.where(placed.shipped[order] <= last, "Shipped", "Open")
    status = np.where(ordered.cancelled[kept], "Cancelled", status)
    return pd.DataFrame(
        {
            "SO Number": [f"SO-{number}" for number in placed.number[order].tolist()],
            "Line": ordered.line[kept].astype(str).astype(object),
            "Order Date": us_dates(placed.day[order]),
            "Customer ID": customer_ids(customer),
            "Customer Name": texts(who.identity.erp, customer),
            "Part Number": _part_numbers(who, customer, ordered, kept),
            "Process": texts(tuple(trade.PROCESSES), ordered.process[kept]),
            "Material": texts(trade.MATERIALS, ordered.material[kept]),
            "Finish": texts(trade.FINISHES, ordered.finish[kept]),
            "Tolerance": _tolerances(rng, ordered.tolerance[kept]),
            "Qty Ordered": [f"{pieces:,}" for pieces in ordered.quantity[kept].tolist()],
            "Unit Price": money(ordered.price[kept], "$"),
            "Est Minutes": [f"{minutes:.2f}" for minutes in ordered.minutes[kept].tolist()],
            "Promise Date": us_dates(ordered.promised[kept]),
            "Status": status.astype(object),
        },
        dtype=object,
    )


def _part_numbers(who: Population, customer: Ints, ordered: Lines, kept: Ints) -> list[str]:
    """First letters of the customer, a number for process and variant, a dash letter for finish."""
    stems = texts([name[:3].upper() for name in who.identity.name], customer).tolist()
    per_customer = len(trade.PROCESSES) * VARIANTS
    serial = 1000 + customer * per_customer + ordered.process[kept] * VARIANTS
    serial = serial + ordered.variant[kept]
    dash = texts(tuple("ABCDEFGHIJKL"), ordered.finish[kept])
    parts = zip(stems, serial.tolist(), dash.tolist(), strict=True)
    return [f"{stem}-{number}-{letter}" for stem, number, letter in parts]


def _tolerances(rng: np.random.Generator, index: Ints) -> npt.NDArray[np.object_]:
    """The same tolerance in the four ways in which people type it."""
    forms: list[str] = []
    for inches in trade.TOLERANCES:
        bare = f"{inches:.4f}"
        forms += [f"+/- {bare}", f"+/- {bare[1:]}", f"±{bare} in", f"+/-{bare}"]
    return texts(forms, index * 4 + rng.choice(4, len(index), p=[0.5, 0.15, 0.25, 0.1]))


def spoiled(
    rng: np.random.Generator, frame: pd.DataFrame, file: str
) -> tuple[pd.DataFrame, list[dict[str, str]], int]:
    """Add five order lines that cannot be read, and some exact copies.

    Args:
        rng: Source of chance.
        frame: Order lines.
        file: Name of the file, for the truth.

    Returns:
        The lines with the others among them, what is wrong with the bad ones, and how many
        are copies.
    """
    faults = (
        ("Order Date", "02/30/2025", "no such day"),
        ("Qty Ordered", "a dozen", "not a number"),
        ("Customer ID", "", "no customer"),
        ("Unit Price", "call", "not an amount"),
        ("SO Number", "", "no order number"),
    )
    bad = frame.iloc[rng.integers(len(frame), size=len(faults))].copy().reset_index(drop=True)
    bad["SO Number"] = [f"SO-{99001 + i}" for i in range(len(faults))]
    wrong = []
    for row, (column, value, reason) in enumerate(faults):
        wrong.append(
            {"file": file, "order": str(bad.loc[row, "SO Number"]), "column": column}
            | {"value": value, "reason": reason}
        )
        bad.loc[row, column] = value
        if column == "Customer ID":
            bad.loc[row, "Customer Name"] = ""
    copies = frame.iloc[rng.permutation(len(frame))[: min(10, len(frame) // 20)]]
    place = np.concatenate(
        [np.arange(len(frame)), rng.integers(len(frame), size=len(bad) + len(copies)) + 0.5]
    )
    joined = pd.concat([frame, bad, copies], ignore_index=True)
    return joined.iloc[np.argsort(place, kind="stable")], wrong, len(copies)


def quote_rows(
    rng: np.random.Generator, who: Population, asked: Quotes, last: np.datetime64
) -> Rows:
    """ERP quotes."""
    reasons = ("Price", "Price", "Lead time", "No decision")
    why = texts(reasons, rng.integers(len(reasons), size=len(asked.day)))
    known = asked.decided <= last
    status = np.where(known, np.where(asked.won, "Won", "Lost"), "Open")
    return {
        "Quote No": [f"Q{3001 + i}" for i in range(len(asked.day))],
        "Quote Date": us_dates(asked.day).tolist(),
        "Customer ID": customer_ids(asked.customer),
        "Customer Name": texts(who.identity.erp, asked.customer).tolist(),
        "Process": texts(tuple(trade.PROCESSES), asked.process).tolist(),
        "Qty": [f"{pieces:,}" for pieces in asked.quantity.tolist()],
        "Unit Price": money(asked.price, "$"),
        "Status": status.tolist(),
        "Lost Reason": np.where(status == "Lost", why, "").tolist(),
    }


def invoice_rows(who: Population, bills: Invoices) -> Rows:
    """QuickBooks invoices."""
    terms = who.terms[bills.customer].tolist()
    return {
        "Date": us_dates(bills.day).tolist(),
        "Transaction Type": ["Invoice"] * len(terms),
        "Num": bills.number.astype(str).tolist(),
        "Name": texts(who.identity.finance, bills.customer).tolist(),
        "Terms": [f"Net {days}" for days in terms],
        "Due Date": us_dates(bills.due).tolist(),
        "Amount": money(bills.cents),
        "Open Balance": money(bills.open_cents),
    }


def payment_rows(
    rng: np.random.Generator, who: Population, bills: Invoices, paid: Payments
) -> Rows:
    """QuickBooks payments; the memo of two in three names the invoice, each in its own way."""
    count = len(paid.day)
    number = bills.number[paid.invoice].tolist()
    forms = ("INV {}", "INV {}", "Inv# {}", "Invoice {}")
    form = texts(forms, rng.integers(len(forms), size=count)).tolist()
    memo = [f.format(n) if t else "" for f, n, t in zip(form, number, paid.told, strict=True)]
    kinds = texts(("ACH", "CHK", "WIRE"), rng.choice(3, count, p=[0.6, 0.3, 0.1])).tolist()
    references = rng.integers(10000, 99999, count).tolist()
    return {
        "Date": us_dates(paid.day).tolist(),
        "Transaction type": ["Payment"] * count,
        "Num": [f"{kind}{number}" for kind, number in zip(kinds, references, strict=True)],
        "Posting (Y/N)": ["Yes"] * count,
        "Name": texts(who.identity.finance, bills.customer[paid.invoice]).tolist(),
        "Memo": memo,
        "Account name": ["Checking"] * count,
        "Split": ["Accounts Receivable (A/R)"] * count,
        "Amount": money(paid.cents),
    }


def company_rows(rng: np.random.Generator, who: Population, created: str) -> Rows:
    """HubSpot companies: a tenth without industry, some without domain, a few twice."""
    known = [trade.INDUSTRIES[index] for index in who.industry.tolist()]
    industry = np.where(_tenth(rng, who.count), "", known)
    domain = np.where(rng.random(who.count) < _NO_DOMAIN, "", who.identity.domain)
    twice = np.flatnonzero(np.array(who.identity.twin, dtype=object) != "")
    name = [*who.identity.crm, *(who.identity.twin[i] for i in twice)]
    at = np.concatenate([np.arange(who.count), twice])
    return {
        "Record ID": [str(8400000 + 37 * i) for i in range(len(at))],
        "Company name": name,
        "Company Domain Name": [*domain.tolist(), *texts(who.identity.domain, twice).tolist()],
        "Industry": texts(industry.tolist(), at).tolist(),
        "City": texts(who.city, at).tolist(),
        "Company owner": texts(who.owner, at).tolist(),
        "Create Date": [created] * len(at),
        "Lifecycle Stage": ["Customer"] * len(at),
    }


def _tenth(rng: np.random.Generator, count: int) -> npt.NDArray[np.bool_]:
    """A tenth of the positions, at random."""
    chosen = np.zeros(count, dtype=bool)
    chosen[rng.permutation(count)[: round(count / 10)]] = True
    return chosen


def contact_rows(rng: np.random.Generator, who: Population, whom: Contacts) -> Rows:
    """HubSpot contacts; some have no company written, only an address."""
    company = texts(who.identity.crm, whom.customer)
    bare = rng.random(len(company)) < _NO_COMPANY
    return {
        "Record ID": [str(9100000 + 11 * i) for i in range(len(company))],
        "First Name": whom.given,
        "Last Name": whom.family,
        "Email": whom.email,
        "Company name": np.where(bare, "", company).tolist(),
        "Job Title": whom.title,
    }


def campaign_ids(count: int) -> list[str]:
    """The mail system's number of each campaign."""
    return [f"mc{1001 + i}" for i in range(count)]


def campaign_rows(rng: np.random.Generator, who: Population, mails: Campaigns) -> Rows:
    """Mailchimp campaigns; the topic is only in the subject."""
    forms = texts(sentences.SUBJECTS, rng.integers(len(sentences.SUBJECTS), size=len(mails.topic)))
    topics = texts(who.topics, mails.topic)
    filled = [form.format(topic=topic) for form, topic in zip(forms, topics, strict=True)]
    days: list[dt.datetime] = mails.sent.astype("datetime64[s]").tolist()
    return {
        "Campaign ID": campaign_ids(len(days)),
        "Title": [f"{day:%b %Y} mailing, week {(day.day - 1) // 7 + 1}" for day in days],
        "Subject": [subject[0].upper() + subject[1:] for subject in filled],
        "Send Date": [f"{day:%Y-%m-%d %H:%M}" for day in days],
    }


def activity_rows(
    rng: np.random.Generator, whom: Contacts, mails: Campaigns, done: Activity
) -> Rows:
    """Mailchimp activity."""
    clients = ("Outlook", "Outlook", "Apple Mail", "Gmail", "Mozilla/5.0")
    client = texts(clients, rng.integers(len(clients), size=len(done.at)))
    return {
        "Campaign ID": texts(campaign_ids(len(mails.topic)), done.campaign).tolist(),
        "Email Address": texts(whom.email, done.contact).tolist(),
        "Action": np.where(done.clicked, "click", "open").tolist(),
        "Timestamp": [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in done.at.tolist()],
        "Client": np.where(done.machine, "Mozilla/5.0", client).tolist(),
    }


def visit_rows(who: Population, seen: Visits) -> Rows:
    """Web visits by company."""
    return {
        "Date": iso_dates(seen.day).tolist(),
        "Company domain": texts(who.identity.domain, seen.customer).tolist(),
        "Page path": [path for path, _ in seen.page],
        "Page title": [title for _, title in seen.page],
        "Seconds on page": seen.seconds.astype(str).tolist(),
    }


def revenue(who: Population, bills: Invoices) -> dict[str, float]:
    """Dollars shipped to each customer."""
    total: Floats = np.bincount(bills.customer, weights=bills.cents, minlength=who.count) / 100
    return {name: round(float(x), 2) for name, x in zip(who.identity.name, total, strict=True)}
