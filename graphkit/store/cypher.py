"""Cypher of the Neo4j store, made from the declarations.

Labels, types and property names come from the schema only, and are quoted; values are parameters.

A row of a node type is a node; a row of a relationship type is a relationship that carries its
columns, ids of its ends included. A link column is a property and, besides, a relationship. What
belongs to an Account is drawn at the Company that the account IS, as soon as that is known.

A node that something refers to before, or after, it is there itself is a placeholder: it has its
id and nothing else. No read or count sees placeholders.
"""

from collections.abc import Mapping, Sequence

from graphkit.schema import (
    TYPES,
    Account,
    Company,
    Entity,
    Invoice,
    Is,
    Kind,
    Meta,
    Node,
    Order,
    Quote,
    Relationship,
    Told,
)

_AS_TEXT = (Kind.DATE, Kind.TIME)
"""Kinds that travel as ISO text."""
STORED = "stored"
"""Marks a row of a type that has no column which is never empty."""
MARK = "\x1e"
"""Stands first in a list that an import would have taken for no value (see `import_files`)."""
IMPORTED = "imported"
"""The row of Meta of a graph that was imported, until its lists are without marks."""

_SEARCHED: Mapping[str, Sequence[tuple[type[Entity], str]]] = {
    "RANGE": (
        (Order, "ordered_on"),
        (Invoice, "invoiced_on"),
        (Quote, "quoted_on"),
        (Told, "telling"),
    ),
    "TEXT": ((Order, "number"), (Invoice, "number"), (Quote, "number")),
}
"""What recipes search by: from, to and the last day; the telling; part of a number."""

_ACCOUNT, _COMPANY, _IS = Account.label, Company.label, Is.label


def quoted(name: str) -> str:
    """A name as a Cypher identifier.

    >>> quoted("Order")
    '`Order`'
    """
    return "`" + name.replace("`", "``") + "`"


def is_node(entity: type[Entity]) -> bool:
    """Whether rows of a type are nodes."""
    return issubclass(entity, Node)


def pattern(entity: type[Entity], *, seek: str = "") -> str:
    """The pattern that matches a row of a type as `x`.

    Args:
        entity: A declared type.
        seek: An expression that the id must equal.
    """
    label = quoted(entity.label)
    wanted = f" {{id: {seek}}}" if seek else ""
    found = f"(x:{label}{wanted})" if is_node(entity) else f"()-[x:{label}{wanted}]->()"
    return f"{found} {seeking('x', entity, 'id')}" if seek else found


def seeking(name: str, entity: type[Entity], column: str) -> str:
    """The hint that rows are looked up in the index of a column.

    Without it a plan that Neo4j makes while an index counts as empty walks through the whole index
    for every row of a statement, and is kept for minutes in which the graph grows.
    """
    return f"USING INDEX SEEK {name}:{quoted(entity.label)}({quoted(column)})"


def required(entity: type[Entity]) -> str:
    """A property that every row of a type has, and no placeholder and no other type's row.

    Two relationship types may have one label (a page is ABOUT a topic, a finding is ABOUT a
    company): then it is one that only this type has. A type all of whose columns may be empty
    gets a property for it.
    """
    rivals = [one for one in TYPES.values() if one.label == entity.label and one is not entity]
    own = (
        name
        for name, item in entity.properties.items()
        if name != "id"
        and not item.nullable
        and not any(name in rival.properties for rival in rivals)
    )
    return next(own, STORED)


def present(entity: type[Entity]) -> str:
    """The condition that `x` is a row of a type."""
    return f"x.{quoted(required(entity))} IS NOT NULL"


def _listed(entity: type[Entity], columns: Sequence[str]) -> str:
    """The rows `found`, column by column.

    Lists of values instead of records: reading costs a fraction. A list comprehension keeps the
    empty values that collect(x.name) would drop. Days and times travel as ISO text.
    """
    listed = []
    for name in columns:
        value = f"one.{quoted(name)}"
        if entity.properties[name].kind in _AS_TEXT:
            value = f"toString({value})"
        listed.append(f"[one IN found | {value}] AS {quoted(name)}")
    return ", ".join(listed)


READ, LAST = "read:", "last:"
"""What a page answers besides columns: how many rows it looked at, and the last of them."""


def read_page(entity: type[Entity], columns: Sequence[str], *, where: str = "") -> str:
    """The statement that reads up to $size rows after the place $after, as Neo4j keeps them.

    In any other order it would go back and forth in its files, which costs twice the time as soon
    as they are larger than its memory.

    Args:
        entity: A declared type.
        columns: Columns to read.
        where: A column that must have one of $values.
    """
    wanted = f" AND x.{quoted(where)} IN $values" if where else ""
    return (
        f"MATCH {pattern(entity)} WHERE id(x) > $after{wanted} "
        "WITH x ORDER BY x LIMIT $size WITH collect(x) AS page "
        f"WITH page, [x IN page WHERE {present(entity)}] AS found "
        f"RETURN size(page) AS {quoted(READ)}, id(page[-1]) AS {quoted(LAST)}, "
        f"{_listed(entity, columns)}"
    )


def read_listed(entity: type[Entity], columns: Sequence[str]) -> str:
    """The statement that reads the rows whose ids are $ids."""
    return (
        f"UNWIND $ids AS id MATCH {pattern(entity, seek='id')} WHERE {present(entity)} "
        f"WITH collect(x) AS found RETURN {_listed(entity, columns)}"
    )


def ids_in_scope(entity: type[Entity]) -> str:
    """The statement that lists ids of rows of the files $files from day $first to day $last."""
    conditions = [present(entity), "x.file_id IN $files"]
    if entity.event:
        day = f"date(x.{quoted(entity.event)})"
        conditions += [f"($first IS NULL OR {day} >= $first)", f"($last IS NULL OR {day} <= $last)"]
    return f"MATCH {pattern(entity)} WHERE {' AND '.join(conditions)} RETURN collect(x.id) AS ids"


def values(entity: type[Entity], column: str) -> str:
    """The statement that reads each value of a column once."""
    value = f"x.{quoted(column)}"
    told = f"toString({value})" if entity.properties[column].kind in _AS_TEXT else value
    return (
        f"MATCH {pattern(entity)} WHERE {present(entity)} AND {value} IS NOT NULL "
        f"RETURN collect(DISTINCT {told}) AS {quoted(column)}"
    )


def count(entity: type[Entity]) -> str:
    """The statement that counts the rows of a type."""
    return f"MATCH {pattern(entity)} WHERE {present(entity)} RETURN count(x) AS n"


def count_drawn(entity: type[Entity]) -> str:
    """The statement that counts the rows of a type, placeholders and all: Neo4j knows that."""
    return f"MATCH {pattern(entity)} RETURN count(x) AS n"


def renew(entity: type[Entity]) -> str:
    """The statement that notes the books $rows of rows that say what they said in another place."""
    return f"UNWIND $rows AS row MATCH {pattern(entity, seek='row.id')} SET x += row"


def write_nodes(entity: type[Entity]) -> str:
    """The statement that adds or changes the nodes $rows; a null takes the property away."""
    statement = f"UNWIND $rows AS row MERGE (x:{quoted(entity.label)} {{id: row.id}}) SET x += row"
    if required(entity) == STORED:
        statement += f", x.{STORED} = true"
    if entity is Company:
        statement += (
            " FOREACH (_ IN CASE WHEN row.is_customer THEN [1] ELSE [] END | SET x:Customer)"
            " FOREACH (_ IN CASE WHEN row.is_customer THEN [] ELSE [1] END | REMOVE x:Customer)"
        )
    return statement


def write_relationships(entity: type[Relationship], start: str, end: str) -> str:
    """The statement that adds the relationships $rows, none of which is there.

    Args:
        entity: A declared type.
        start: Name of the type from which they lead.
        end: Name of the type to which they lead.
    """
    at: list[str] = []
    for side, name in (("from", start), ("to", end)):
        at.append(f"MERGE ({side}_:{quoted(TYPES[name].label)} {{id: row.{side}_id}})")
    places = {"from": "from_", "to": "to_"}
    known = [
        side
        for side in sides_at_company(entity)
        if TYPES[{"from": start, "to": end}[side]] is Account
    ]
    if known:
        at.append("WITH row, from_, to_")
    for side in known:
        at.append(f"OPTIONAL MATCH ({side}_)-[:{_IS}]->({side}_company:{_COMPANY})")
        places[side] = f"coalesce({side}_company, {side}_)"
    return (
        f"UNWIND $rows AS row {' '.join(at)} "
        f"WITH row, {places['from']} AS a, {places['to']} AS b "
        f"CREATE (a)-[x:{quoted(entity.label)}]->(b) SET x = row"
    )


def delete_relationships(entity: type[Entity]) -> str:
    """The statement that removes the relationships $ids."""
    return f"UNWIND $ids AS id MATCH {pattern(entity, seek='id')} DELETE x"


def delete_nodes(entity: type[Entity]) -> tuple[str, str]:
    """The statements that remove the nodes $ids: those with relationships become placeholders."""
    found = f"UNWIND $ids AS id MATCH {pattern(entity, seek='id')}"
    customer = " REMOVE x:Customer" if entity is Company else ""
    return (
        f"{found} WHERE NOT EXISTS {{ (x)--() }} DELETE x",
        f"{found} SET x = {{id: id}}{customer}",
    )


def delete_lone_placeholders(entity: type[Entity]) -> str:
    """The statement that removes placeholders of a type which nothing refers to any more."""
    return (
        f"MATCH {pattern(entity)} WHERE x.{quoted(required(entity))} IS NULL "
        "AND NOT EXISTS { (x)--() } DELETE x"
    )


def forget_import() -> str:
    """The statement that removes the row $imported; how many there were.

    It waits for who else writes to the graph's books: of two who open it, one finds the row.
    """
    meta = quoted(Meta.label)
    return (
        f"MATCH (book:{meta} {{id: 'schema_version'}}) SET book.id = book.id "
        f"WITH book MATCH (x:{meta} {{id: $imported}}) DELETE x RETURN count(*) AS n"
    )


def unmark() -> list[str]:
    """The statements that take the $mark of an import away from lists."""
    return [
        f"MATCH {pattern(entity)} WHERE x.{quoted(name)}[0] = $mark "
        f"SET x.{quoted(name)} = x.{quoted(name)}[1..]"
        for entity in TYPES.values()
        for name, item in entity.properties.items()
        if item.kind is Kind.TEXTS
    ]


def sides_at_company(entity: type[Entity]) -> list[str]:
    """Which ends of a relationship type, "from" and "to", are drawn at an account's company."""
    if not issubclass(entity, Relationship) or entity is Is:
        return []
    sides = zip(("from", "to"), entity.ends, strict=True)
    return [side for side, ends in sides if Account.__name__ in ends]


def schema_names() -> dict[str, str]:
    """Every constraint and index that there is: its name, and the statement that makes it.

    Ids are unique. Columns by which the store follows an account, or recipes search, are indexed.
    """
    made: dict[str, str] = {}
    for entity in TYPES.values():
        label = quoted(entity.label)
        subject = f"(x:{label})" if is_node(entity) else f"()-[x:{label}]-()"
        made[f"{entity.label}_id"] = f"CONSTRAINT {{}} FOR {subject} REQUIRE x.id IS UNIQUE"
        columns = [
            item.name
            for item in entity.properties.values()
            if is_node(entity) and item.relation and item.target == Account.__name__
        ]
        columns += [f"{side}_id" for side in sides_at_company(entity)]
        for column in columns:
            made[f"{entity.label}_{column}"] = f"INDEX {{}} FOR {subject} ON (x.{quoted(column)})"
    for sort, columns_of in _SEARCHED.items():
        for entity, column in columns_of:
            subject = f"(x:{quoted(entity.label)})"
            made[f"{entity.label}_{column}"] = (
                f"{sort} INDEX {{}} FOR {subject} ON (x.{quoted(column)})"
            )
    return {
        f"graphkit_{name}": f"CREATE {text.format(quoted(f'graphkit_{name}') + ' IF NOT EXISTS')}"
        for name, text in made.items()
    }
