"""One source system's exports per module, and mappings for exports described without code."""

OWNED_BY = "graphkit-crm"
