"""Cypher that draws link columns as relationships, and keeps them at the right company."""

from dataclasses import dataclass

from graphkit.schema import TYPES, Account, Company, Entity, Is, Property
from graphkit.store.cypher import is_node, pattern, quoted, seeking, sides_at_company

_ACCOUNT, _COMPANY, _IS = Account.label, Company.label, Is.label


@dataclass(frozen=True, slots=True)
class Link:
    """A link column of a node type that is drawn as a relationship."""

    entity: type[Entity]
    item: Property

    @property
    def to_account(self) -> bool:
        """Whether it is drawn at the company of the account that it names."""
        return self.item.target == Account.__name__

    @property
    def edge(self) -> str:
        """The relationship between the row `x` and its target `y`, named `r`."""
        kind = f"[r:{quoted(self.item.relation)}]"
        return f"(x)<-{kind}-(y)" if self.item.inward else f"(x)-{kind}->(y)"

    def draw(self) -> str:
        """The statement that draws the pairs $rows of id and target; the rows may come later.

        Links stand before their row: what interrupts a load leaves no row that is not drawn.
        """
        if self.to_account:
            target = (
                f"MATCH (account:{_ACCOUNT} {{id: row.target}})-[:{_IS}]->(y:{_COMPANY}) "
                f"{seeking('account', Account, 'id')}"
            )
        else:
            target = f"MERGE (y:{quoted(TYPES[self.item.target].label)} {{id: row.target}})"
        return (
            f"UNWIND $rows AS row {target} "
            f"MERGE (x:{quoted(self.entity.label)} {{id: row.id}}) MERGE {self.edge}"
        )

    def erase(self) -> str:
        """The statement that takes it away from the rows $ids."""
        return (
            f"UNWIND $ids AS id MATCH {pattern(self.entity, seek='id')} MATCH {self.edge} DELETE r"
        )

    def redraw(self) -> tuple[str, str]:
        """The statements that draw it anew for every row that names one of the $accounts."""
        name = self.item.name
        rows = (
            f"MATCH {pattern(self.entity)} {seeking('x', self.entity, name)} "
            f"WHERE x.{quoted(name)} = account"
        )
        return (
            f"UNWIND $accounts AS account {rows} MATCH {self.edge} DELETE r",
            (
                "UNWIND $accounts AS account "
                f"MATCH (is:{_ACCOUNT} {{id: account}})-[:{_IS}]->(y:{_COMPANY}) "
                f"{seeking('is', Account, 'id')} "
                f"WITH account, y {rows} MERGE {self.edge}"
            ),
        )


def links_of(entity: type[Entity]) -> list[Link]:
    """The link columns of a type that are drawn."""
    if not is_node(entity):
        return []
    return [Link(entity, item) for item in entity.properties.values() if item.relation]


def move(entity: type[Entity], side: str) -> str:
    """The statement that moves relationships of the $accounts to the company each of them now IS.

    Args:
        entity: A relationship type.
        side: Which end is at an account: "from" or "to".
    """
    label = quoted(entity.label)
    several = f"{side}_type" in entity.properties
    typed = f" AND x.{side}_type = '{Account.__name__}'" if several else ""
    if side == "from":
        matched, made = "(here)-[x:{}]->(other)", "(place)-[moved:{}]->(other)"
    else:
        matched, made = "(other)-[x:{}]->(here)", "(other)-[moved:{}]->(place)"
    return (
        f"UNWIND $accounts AS account MATCH (y:{_ACCOUNT} {{id: account}}) "
        f"{seeking('y', Account, 'id')} "
        f"OPTIONAL MATCH (y)-[:{_IS}]->(c:{_COMPANY}) "
        "WITH account, coalesce(c, y) AS place "
        f"MATCH {matched.format(label)} {seeking('x', entity, f'{side}_id')} "
        f"WHERE x.{side}_id = account{typed} AND here <> place "
        "WITH x, properties(x) AS columns, place, other DELETE x WITH columns, place, other "
        f"CREATE {made.format(label)} SET moved = columns"
    )


def followers() -> dict[str, tuple[str, ...]]:
    """Statements that draw what belongs to $accounts at the companies they now are, by label."""
    found: dict[str, tuple[str, ...]] = {}
    for entity in TYPES.values():
        links = [link for link in links_of(entity) if link.to_account]
        redrawn = [statement for link in links for statement in link.redraw()]
        moved = [move(entity, side) for side in sides_at_company(entity)]
        if redrawn or moved:
            found[entity.label] = (*redrawn, *moved)
    return found


def present_labels() -> str:
    """The statement that says which labels and types of `followers` have anything, as `found`."""
    patterns = {
        one.label: f"(:{quoted(one.label)})" if is_node(one) else f"()-[:{quoted(one.label)}]->()"
        for one in TYPES.values()
    }
    counted = ", ".join(f"['{name}', COUNT {{ {patterns[name]} }}]" for name in followers())
    return f"UNWIND [{counted}] AS one WITH one WHERE one[1] > 0 RETURN collect(one[0]) AS found"
