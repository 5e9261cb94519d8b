"""What is known of people: forgotten for good, or masked in what leaves the workspace."""

from graphkit.privacy.forgotten import FORGET, Forgotten, keys_of
from graphkit.privacy.masking import Finder, Masked, sequence_of
from graphkit.privacy.redaction import RedactedStore, Redaction

__all__ = [
    "FORGET",
    "Finder",
    "Forgotten",
    "Masked",
    "RedactedStore",
    "Redaction",
    "keys_of",
    "sequence_of",
]
