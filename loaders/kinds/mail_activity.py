"""Who was sent, opened and clicked which campaign."""

import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Clicked, Kind, Opened, Person, SentTo
from loaders.cells import EMAIL
from loaders.days import TIME
from loaders.nodes import account_ids, accounts, company_domains, folded, per_spelling
from loaders.shape import Complaint, Field, Rows, SheetKind, mask_of

_ACTIONS = {
    "sent": "sent", "send": "sent", "delivered": "sent", "received": "sent", "open": "open",
    "opened": "open", "opens": "open", "click": "click", "clicked": "click", "clicks": "click",
    "unsub": "unsubscribe", "unsubscribe": "unsubscribe", "unsubscribed": "unsubscribe",
    "bounce": "bounce", "bounced": "bounce", "hard bounce": "bounce", "soft bounce": "bounce",
    "granular_activity/opens": "open", "granular_activity/clicks": "click",
    "aggregate_activity/opened": "sent", "aggregate_activity/not_opened": "sent",
    "aggregate_activity/click_activity": "sent", "aggregate_activity/sent_to": "sent",
    "aggregate_activity/unsubscribes": "unsubscribe",
    "aggregate_activity/unsubscribed": "unsubscribe", "aggregate_activity/bounces": "bounce",
}  # fmt: skip
"""What is done, by the word or folder for it. A list of who opened does not say when: it tells to
whom the campaign went; the opens themselves, with their times, are in the granular folder."""


def _complete(rows: Rows) -> Rows:
    action = per_spelling(
        rows.get("action"), lambda word: _ACTIONS.get(folded(word), "other"), Kind.TEXT
    )
    return rows.having(did=action, domain=company_domains(rows.get("email")))


def _check(rows: Rows) -> tuple[Complaint, ...]:
    did = rows.get("did")
    when = rows.get("at", Kind.TIME).isna().to_numpy(bool)
    timed = mask_of(did.isin(["open", "click"]))
    unknown = "not something that we know of mail: sent, open, click or unsubscribe; leave it out"
    return (
        Complaint(mask_of(did == "other"), "action", unknown),
        Complaint(mask_of(did == "bounce"), "action", "it bounced, so nobody got it; left out"),
        Complaint(timed & when, "at", "empty, but when it was opened or clicked is needed"),
    )


def _pick(rows: Rows, did: str, columns: dict[str, pd.Series]) -> dict[str, object]:
    """The columns of the rows in which somebody did something."""
    mask = mask_of(rows.get("did") == did)
    return {name: column[mask].reset_index(drop=True) for name, column in columns.items()}


def _build(rows: Rows) -> list[Batch]:
    account = account_ids(rows, name="domain")
    campaign = rows.source.key(rows.get("campaign"))
    person = rows.get("email")
    people = pd.DataFrame({"id": person, "account": account, "email": person})
    left = rows.get("did") == "unsubscribe"
    people["opted_out"] = left.astype(Kind.FLAG.dtype).where(mask_of(left))
    people["row"] = rows.at
    people = people.drop_duplicates(["id", "opted_out"]).reset_index(drop=True)
    sent = {"from_id": campaign, "to_id": person, "row": rows.at}
    seen = {
        "from_id": person,
        "to_id": campaign,
        "at": rows.get("at", Kind.TIME),
        "client": rows.get("client"),
        "row": rows.at,
    }
    return [
        accounts(rows, account, {"domain": rows.get("domain")}),
        Batch.of(Person, people, source=rows.source),
        Batch.of(SentTo, _pick(rows, "sent", sent), source=rows.source),
        Batch.of(Opened, _pick(rows, "open", seen), source=rows.source),
        Batch.of(
            Clicked, _pick(rows, "click", seen | {"url": rows.get("url")}), source=rows.source
        ),
    ]


KIND = SheetKind(
    name="mail_activity",
    doc="one thing that somebody did with a campaign",
    fields=(
        Field(
            "campaign",
            "a campaign id",
            "Campaign ID, Campaign Unique ID, Campaign, Campaign Name, Unique Id, Campaign Title",
            required=True,
        ),
        Field(
            "email",
            "an e-mail address",
            "Email Address, Email, Recipient, Subscriber, Contact Email",
            EMAIL,
            required=True,
        ),
        Field(
            "action",
            "what was done",
            "Action, Activity, Event, Event Type, Activity Type",
            required=True,
        ),
        Field(
            "at",
            "when",
            "Timestamp, Date, Time, Occurred At, Event Time, Action Time, Date/Time, Datetime",
            TIME,
        ),
        Field(
            "client",
            "a mail program",
            "Client, Email Client, User Agent, Device, Mail Client",
        ),
        Field(
            "url",
            "an address clicked",
            "URL, Link, Link URL, Clicked URL",
        ),
    ),
    against="Subject, Order Date, Invoice Date, Customer",
    key=("campaign", "email", "did", "at", "url"),
    complete=_complete,
    check=_check,
    build=_build,
    event="at",
)
