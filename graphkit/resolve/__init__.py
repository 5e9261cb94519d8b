"""One company from many spellings, and which payment settled which invoice."""

from graphkit.resolve.evidence import Signal
from graphkit.resolve.explanation import Explanation, explain
from graphkit.resolve.payments import settle
from graphkit.resolve.resolution import REVIEW_COLUMNS, Resolution, resolve

__all__ = ["REVIEW_COLUMNS", "Explanation", "Resolution", "Signal", "explain", "resolve", "settle"]
