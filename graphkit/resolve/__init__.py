"""One company from many spellings, one document from many systems, and what settled an invoice."""

from graphkit.resolve.bounds import paid_between, seen_open
from graphkit.resolve.evidence import Signal
from graphkit.resolve.explanation import Explanation, explain
from graphkit.resolve.payments import settle
from graphkit.resolve.repeats import DOCUMENTS, counted, repeated
from graphkit.resolve.resolution import REVIEW_COLUMNS, Resolution, resolve

__all__ = [
    "DOCUMENTS",
    "REVIEW_COLUMNS",
    "Explanation",
    "Resolution",
    "Signal",
    "counted",
    "explain",
    "paid_between",
    "repeated",
    "resolve",
    "seen_open",
    "settle",
]
