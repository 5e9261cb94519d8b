"""One picture per module."""

OWNED_BY = "graphkit-crm"
