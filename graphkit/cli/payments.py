"""Who pays late as a rule, who has begun to, and what is overdue."""

from graphkit.cli.findings_of import findings_command

command = findings_command(
    "payments",
    ["payments"],
    """Show who pays late, how late and since when, and who pays later than before.

    \b
    Examples:
      graphkit payments
      graphkit payments --as-of 2026-03-31 --json
    """,
)
