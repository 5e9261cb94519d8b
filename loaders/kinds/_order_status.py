"""What systems call the state of an order line, in our words."""

_STATUS = {
    "shipped": "shipped", "closed": "shipped", "complete": "shipped", "completed": "shipped",
    "delivered": "shipped", "invoiced": "shipped", "fulfilled": "shipped", "done": "shipped",
    "to bill": "shipped", "open": "open", "active": "open", "released": "open", "new": "open",
    "in process": "open", "in progress": "open", "in production": "open", "backorder": "open",
    "back order": "open", "hold": "open", "on hold": "open", "pending": "open", "partial": "open",
    "partially shipped": "open", "confirmed": "open", "to deliver": "open",
    "to deliver and bill": "open", "backordered": "open", "cancelled": "cancelled",
    "canceled": "cancelled", "void": "cancelled", "voided": "cancelled", "deleted": "cancelled",
    "credit": "cancelled", "credited": "cancelled", "returned": "cancelled", "sales order": "open",
    "sale": "open", "locked": "shipped", "quotation": "draft", "quotation sent": "draft",
    "sent": "draft", "quote": "draft", "draft": "draft", "cancel": "cancelled",
    "storniert": "cancelled", "abgebrochen": "cancelled", "cancelado": "cancelled",
    "offen": "open", "in arbeit": "open", "in bearbeitung": "open", "freigegeben": "open",
    "teilgeliefert": "open", "geliefert": "shipped", "ausgeliefert": "shipped",
    "versendet": "shipped", "abgeschlossen": "shipped", "erledigt": "shipped",
    "berechnet": "shipped", "fakturiert": "shipped", "entwurf": "draft",
    "annulé": "cancelled", "angebot": "draft", "presupuesto": "draft", "devis": "draft",
}  # fmt: skip


def order_status(written: str) -> str:
    """Open, shipped or cancelled, where the word is known; else as written."""
    folded = " ".join(written.casefold().split())
    return _STATUS.get(folded, folded)
