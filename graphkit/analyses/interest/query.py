"""The query that shows a company's signs of interest in Neo4j Browser."""

from typing import Final

from graphkit.analyses.wording import quoted

_CYPHER: Final = """\
MATCH (c:Company {{id: {company}}}), (t:Topic {{id: {topic}}})
CALL (c, t) {{
  MATCH (c)<-[:WORKS_AT]-(p:Person)-[e:OPENED|CLICKED]->(m:Campaign)-[:ABOUT]->(t)
  RETURN toLower(type(e)) AS what, coalesce(p.name, p.id) AS who, m.subject AS of_what,
         date(e.at) AS day
  UNION ALL
  MATCH (c)-[v:VISITED]->(page:Page)-[:ABOUT]->(t)
  RETURN "visited" AS what, "" AS who, coalesce(page.title, page.id) AS of_what, v.on AS day
  UNION ALL
  MATCH (c)-[r:NOTED|POSTED|WORKS_ON]->(said)-[:ABOUT]->(t)
  RETURN toLower(type(r)) AS what, "" AS who,
         coalesce(said.text, said.description, said.name) AS of_what,
         coalesce(said.written_on, said.posted_on, said.started_on) AS day
}}
WITH * WHERE day >= date({since})
RETURN day, what, who, of_what
ORDER BY day, what, who"""


def cypher(company: str, topic: str, since: str) -> str:
    """Everything that a company read and said of a topic since a day.

    Args:
        company: Its id.
        topic: Its id.
        since: As YYYY-MM-DD.
    """
    return _CYPHER.format(company=quoted(company), topic=quoted(topic), since=quoted(since))
