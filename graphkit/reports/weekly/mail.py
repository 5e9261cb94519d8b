"""The weekly report as a draft that a mail program opens, to be read over and sent."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from graphkit.reports.templating import render
from graphkit.reports.weekly.gather import Weekly


def mail_draft(week: Weekly, page: str, recipients: Sequence[str]) -> bytes:
    """A message with the five things as text and HTML, and the whole report attached.

    It is marked as unsent, so that a mail program opens it to be edited. Nothing in it is fetched
    from a network.

    Args:
        week: The report.
        page: The report as an HTML page.
        recipients: To whom; nobody when empty.
    """
    made = EmailMessage(policy=SMTP)
    made["Subject"] = f"What to do this week ({week.as_of})"
    made["X-Unsent"] = "1"
    if recipients:
        made["To"] = ", ".join(recipients)
    made.set_content(render("mail.txt", week=week), cte="quoted-printable")
    made.add_alternative(render("mail.html", week=week), subtype="html", cte="quoted-printable")
    made.add_attachment(page, subtype="html", filename=f"weekly-{week.as_of}.html", cte="base64")
    for number, part in enumerate(one for one in made.walk() if one.is_multipart()):
        part.set_boundary(f"==weekly-{week.as_of}-{number}==")  # the same report, the same bytes
    return made.as_bytes()
