"""Transactions of a finance system that are neither a bill to a customer nor a payment of one."""

TRANSACTIONS = frozenset({
    "bill", "bill credit", "bill payment", "bill payment (check)", "bill payment (cheque)",
    "bill payment (credit card)", "bill pmt -check", "bill pmt -ccard", "bill pmt -cheque",
    "charge", "check", "cheque", "credit card charge", "credit card credit",
    "credit card expense", "credit card payment", "credit card pmt", "deposit", "estimate",
    "expense", "general journal", "inventory adjust", "inventory qty adjust",
    "inventory starting value", "item receipt", "journal", "journal entry", "liability adjust",
    "paycheck", "payroll check", "payroll liability check", "purchase order", "sales order",
    "sales tax payment", "tax payment", "time activity", "time charge", "transfer",
    "vendor credit", "purchase invoice", "supplier credit", "statement",
})  # fmt: skip
"""What QuickBooks Online and Desktop and others call them, in lower case."""
