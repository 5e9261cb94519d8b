"""Who leans to which process, finish or material, wants it tighter, or orders smaller lots."""

from graphkit.cli.findings_of import findings_command

command = findings_command(
    "leanings",
    ["leanings", "smaller-lots"],
    """Show what customers move to: processes, finishes, materials, tolerances, smaller lots.

    \b
    Examples:
      graphkit leanings
      graphkit leanings --as-of 2026-03-31 --json
    """,
)
