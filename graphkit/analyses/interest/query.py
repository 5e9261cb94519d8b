"""The query that lists a company's signs of interest in Neo4j, each with its file and row."""

from collections.abc import Sequence
from typing import Final

from graphkit.analyses.wording import quoted

SIGNS: Final = """\
  MATCH (c)<-[:WORKS_AT]-(p:Person)-[x:OPENED|CLICKED]->(m:Campaign)-[:ABOUT]->(t)
  RETURN x, toLower(type(x)) AS what, date(x.at) AS day, coalesce(p.name, p.id) AS who,
         m.subject AS of_what
  UNION ALL
  MATCH (c)-[x:VISITED]->(page:Page)-[:ABOUT]->(t)
  RETURN x, "visited" AS what, x.on AS day, c.name AS who, coalesce(page.title, page.id) AS of_what
  UNION ALL
  CALL (c, t) {
    MATCH (c)-[:NOTED|POSTED|WORKS_ON]->(x)-[:ABOUT]->(t)
    RETURN x
    UNION
    MATCH (c)<-[:MENTIONS]-(x)-[:ABOUT]->(t)
    RETURN x
    UNION
    MATCH (c)<-[:WORKS_AT]-(:Person)<-[:MENTIONS]-(x)-[:ABOUT]->(t)
    RETURN x
  }
  RETURN x, toLower(head(labels(x))) AS what,
         coalesce(x.written_on, x.posted_on, x.started_on) AS day, c.name AS who,
         coalesce(x.text, x.description, x.name) AS of_what"""
"""All that a company `c` read, looked at or said of a topic `t`, or that was written of it."""

LISTED: Final = """\
OPTIONAL MATCH (f:File {id: x.file_id})
RETURN day, what, who, of_what, coalesce(f.path, x.file_id) AS file, x.row AS row
ORDER BY day, what, who"""

# A quote is of the topic when all words of its process are among those of the topic, or the other
# way round.
_CYPHER: Final = f"""\
MATCH (c:Company {{id: $company}})
MATCH (t:Topic {{id: $topic}})
CALL (c, t) {{
{SIGNS}
  UNION ALL
  MATCH (c)-[:QUOTED]->(x:Quote)-[:FOR_PROCESS]->(p:Process)
  WITH x, p, split(toLower(p.name), " ") AS made, split(toLower(t.name), " ") AS said
  WHERE all(word IN made WHERE word IN said) OR all(word IN said WHERE word IN made)
  RETURN x, "quoted" AS what, x.quoted_on AS day, p.name AS who, x.number AS of_what
}}
{LISTED}"""


def cypher(company: str, topic: str) -> str:
    """Everything that a company read, said and asked for of a topic.

    Args:
        company: Its id.
        topic: Its id.
    """
    return _CYPHER.replace("$company", quoted(company)).replace("$topic", quoted(topic))


_EVERYBODY: Final = f"""\
MATCH (c:Company)
WHERE $these
MATCH (t:Topic)
CALL (c, t) {{
{SIGNS}
}}
OPTIONAL MATCH (f:File {{id: x.file_id}})
RETURN t.name AS topic, day, what, who, of_what, coalesce(f.path, x.file_id) AS file, x.row AS row
ORDER BY topic, day, what, who"""


def every_sign(companies: Sequence[str] = ()) -> str:
    """Everything that companies read and said of any topic.

    Args:
        companies: Their ids; all companies when empty.
    """
    these = f"c.id IN [{', '.join(map(quoted, companies))}]" if companies else "true"
    return _EVERYBODY.replace("$these", these)
