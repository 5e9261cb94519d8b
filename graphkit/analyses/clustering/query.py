"""The query that lists what members of a cluster share in Neo4j, each with its file and row."""

from typing import Final

from graphkit.analyses.evidence_cypher import counts, stands
from graphkit.analyses.wording import quoted

_CYPHER: Final = """\
MATCH (c:Company)-[:IN_CLUSTER]->(k:Cluster {id: $id})
CALL (c) {
  MATCH (c)-[:PLACED]->(o:Order)-[:HAS_LINE]->(x:OrderLine)
  MATCH (x)-[r:USES_PROCESS|IN_MATERIAL|HAS_FINISH]->(to)
  WHERE $order_counts
    AND $line_stands
  RETURN x, type(r) AS what, to.name AS of_what, x.ordered_on AS day
  UNION ALL
  MATCH (c)<-[:IS]-(x:Account), (c)-[r:IN_INDUSTRY]->(to:Industry)
  WHERE x.industry IS NOT NULL
  RETURN x, type(r) AS what, to.name AS of_what, null AS day
  UNION ALL
  MATCH (c)<-[:WORKS_AT*0..1]-(who)-[x:ATTENDED]->(to:TradeShow)
  WHERE x.polarity = "asserted"
  RETURN x, type(x) AS what, to.series AS of_what, x.on AS day
  UNION ALL
  MATCH (c)-[x:SUPPLIES]->(to:Company)
  WHERE x.polarity = "asserted"
  RETURN x, "SUPPLIES" AS what, to.name AS of_what, x.on AS day
  UNION ALL
  MATCH (c)-[:WORKS_ON]->(x:Project)-[:FOR_END_CUSTOMER]->(to:Company)
  RETURN x, "SUPPLIES" AS what, to.name AS of_what, x.started_on AS day
  UNION ALL
  MATCH (c)-[:WORKS_ON*0..1]->(by)-[x:USES_METHOD]->(to:Method)
  WHERE x.polarity = "asserted"
  RETURN x, type(x) AS what, to.name AS of_what, x.on AS day
  UNION ALL
  MATCH (c)<-[:WORKS_AT]-(:Person)-[x:OPENED|CLICKED]->(:Campaign)-[:ABOUT]->(to:Topic)
  RETURN x, type(x) AS what, to.name AS of_what, x.at AS day
  UNION ALL
  MATCH (c)-[x:VISITED]->(:Page)-[:ABOUT]->(to:Topic)
  RETURN x, type(x) AS what, to.name AS of_what, x.on AS day
}
WITH c, what, of_what, collect({x: x, day: day}) AS found, max(day) AS last
WITH what, of_what, count(c) AS members,
     collect({c: c, day: last, rows: [one IN found WHERE last IS NULL OR one.day = last | one.x]})
       AS having
WHERE members > 1
UNWIND having AS one
UNWIND one.rows AS x
OPTIONAL MATCH (f:File {id: x.file_id})
RETURN what, of_what, members, one.c.name AS customer, date(one.day) AS day,
       coalesce(f.path, x.file_id) AS file, x.row AS row
ORDER BY members DESC, what, of_what, customer, day""".replace(
    "$order_counts", counts("o")
).replace("$line_stands", stands("x"))


def shared_by_members(cluster: str) -> str:
    """What two members of a cluster have at least, with the last row that says it of each.

    Args:
        cluster: Its id.
    """
    return _CYPHER.replace("$id", quoted(cluster))
