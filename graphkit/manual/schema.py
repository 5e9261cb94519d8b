"""The page on the graph: every type, from the schema."""

from graphkit.schema import BOOKS, TYPES, Entity, Property, Relationship


def schema_page() -> str:
    """The schema as Markdown: every type with its properties, units and links."""
    lines = [
        "# The graph",
        "",
        "Made from `graphkit/schema.py` by `make docs`; do not edit it here.",
        "",
        "Types marked *from files* also carry `file_id`, `row`, `hash` and `run`: where a row was",
        "read, and which run last changed it. A link to Account is drawn at the Company that the",
        "account belongs to.",
        "",
    ]
    for entity in TYPES.values():
        lines += _section(entity)
    return "\n".join(lines).rstrip() + "\n"


def _section(entity: type[Entity]) -> list[str]:
    lines = [f"## {entity.__name__}", ""]
    lines.append((entity.__doc__ or "").strip().partition("\n")[0])
    if issubclass(entity, Relationship):
        start, end = (" or ".join(ends) for ends in entity.ends)
        lines += ["", f"`({start})-[:{entity.label}]->({end})`"]
    notes = ["from files"] if entity.sourced else []
    notes += [f"happens on `{entity.event}`"] if entity.event else []
    if notes:
        lines += ["", f"*{'; '.join(notes)}*"]
    lines += ["", "| property | holds | meaning |", "|---|---|---|"]
    lines += [_row(item) for item in entity.properties.values() if item.name not in BOOKS]
    return [*lines, ""]


def _row(item: Property) -> str:
    holds = item.kind.value + (f", {item.unit}" if item.unit else "")
    holds += "" if not item.nullable else ", may be empty"
    meaning = item.doc
    if item.relation:
        arrow = f"<-[:{item.relation}]-" if item.inward else f"-[:{item.relation}]->"
        meaning += f" `{arrow}({item.target})`"
    return f"| {item.name} | {holds} | {meaning} |"
