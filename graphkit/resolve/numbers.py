"""Numbers of invoices, orders and quotes as people quote them."""

import re
from typing import Final

_PREFIXES: Final = {
    "Invoice": "invoice|inv|no",
    "Order": "salesorder|order|so|no",
    "Quote": "quotation|quote|qt|q|no",
}


def bare_number(text: str, document: str = "Invoice") -> str:
    """A number without "INV", "#", spaces and leading zeros.

    Args:
        text: As written.
        document: Invoice, Order or Quote: each has words of its own before its numbers.

    >>> bare_number("INV #0901"), bare_number("SO-00017", "Order"), bare_number("12/a")
    ('901', '17', '12a')
    """
    bare = re.sub(r"[^0-9a-z]", "", text.casefold())
    return re.sub(rf"^(?:{_PREFIXES[document]})?0*(?=.*\d)", "", bare) or bare


def numbers_in(reference: str) -> list[str]:
    """The invoice numbers that a reference names, as `bare_number` writes them."""
    found = re.findall(r"[0-9a-z][0-9a-z\-/.]*", reference.casefold())
    numbers = [bare_number(one) for one in found if any(letter.isdigit() for letter in one)]
    return list(dict.fromkeys([*numbers, bare_number(reference)]))
