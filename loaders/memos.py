"""Memos of payments and credit memos: the invoices that they name."""

import re

_NUMBER = r"(?:[a-z0-9][\w/-]*\d[\w-]*|\d+)"
_NAMED = re.compile(
    rf"\b(?:inv(?:oice)?s?)[\s.:#no-]*({_NUMBER}(?:\s*(?:,|&|\+|and)\s*#?{_NUMBER})*)",
    re.IGNORECASE,
)
_BARE = re.compile(r"#?\s*(\d{3,}|[A-Z]{1,4}-?\d{3,})", re.IGNORECASE)


def invoices_named(memo: str) -> str | None:
    """The invoice numbers that a memo names, as it lists them; None when it names none.

    >>> invoices_named("INV 9002"), invoices_named("for Invoice #A-77"), invoices_named("thanks")
    ('9002', 'A-77', None)
    >>> invoices_named("pays invoices 9001, 9002 and 9005 less freight")
    '9001, 9002 and 9005'
    """
    found = _NAMED.search(memo) or _BARE.fullmatch(memo.strip())
    return found[1] if found else None
