"""Campaigns: one mail to many."""

from graphkit.batch import Batch
from graphkit.schema import Campaign, Kind
from loaders.days import TIME
from loaders.nodes import folded, per_spelling, text_or
from loaders.shape import Complaint, Field, Rows, SheetKind

_MAIL = frozenset({"email", "e-mail", "mail"})


def _complete(rows: Rows) -> Rows:
    by_title = per_spelling(rows.get("title"), folded, Kind.TEXT)
    return rows.having(
        id=text_or(rows.get("native_id"), by_title),
        subject=text_or(rows.get("subject"), rows.get("title")),
    )


def _check(rows: Rows) -> tuple[Complaint, ...]:
    channel = per_spelling(rows.get("channel"), folded, Kind.TEXT)
    other = channel.notna().to_numpy(bool) & ~channel.isin(_MAIL).to_numpy(bool)
    return (Complaint(other, "channel", "no mail, so left out: only e-mail campaigns are read"),)


def _build(rows: Rows) -> list[Batch]:
    campaigns = {
        "id": rows.source.key(rows.get("id")),
        "title": rows.get("title"),
        "subject": rows.get("subject"),
        "sent_at": rows.get("sent_at", Kind.TIME),
        "row": rows.at,
    }
    return [Batch.of(Campaign, campaigns, source=rows.source)]


KIND = SheetKind(
    name="campaigns",
    doc="one campaign",
    fields=(
        Field(
            "native_id",
            "a campaign id",
            "Campaign ID, Unique Id, Campaign Unique ID, ID",
        ),
        Field(
            "title",
            "a title",
            "Title, Campaign Name, Campaign Title, Campaign, Email Name, Name",
        ),
        Field(
            "subject",
            "a subject line",
            "Subject, Subject Line, Email Subject",
            required=True,
        ),
        Field(
            "sent_at",
            "when it was sent",
            "Send Date, Send Time, Sent, Date Sent, Sent At, Send Date/Time, Sent Date",
            TIME,
            required=True,
        ),
        Field("channel", "mail or another way", "Campaign Channel, Channel"),
    ),
    any_of=(("native_id", "title"),),
    against="Email Address, Action, Order Date, Invoice Date, Customer",
    key=("id",),
    complete=_complete,
    check=_check,
    build=_build,
    event="sent_at",
)
