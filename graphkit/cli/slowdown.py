"""Who orders less, who is in rough times, and whether an industry is slowing."""

from graphkit.cli.findings_of import findings_command

command = findings_command(
    "slowdown",
    ["slowdown"],
    """Show customers and industries that slow down, each tested against its own past.

    \b
    Examples:
      graphkit slowdown
      graphkit slowdown --as-of 2025-06-30
    """,
)
