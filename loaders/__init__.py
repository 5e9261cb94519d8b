"""Exports: kinds/ says what one holds, mappings/ how a system writes it, derived/ what joins it."""

OWNED_BY = "graphkit-crm"
