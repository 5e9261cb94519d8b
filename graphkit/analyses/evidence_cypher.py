"""Cypher that findings carry: in Neo4j it lists the rows that they rest on, with file and row.

Ids are its only literals, written as Cypher strings; no name or other text of a file is.
"""

from typing import Final

from graphkit.analyses.wording import quoted
from graphkit.findings import Ref


def stands(row: str) -> str:
    """The condition that a row is not cancelled.

    Args:
        row: Its name in the query.
    """
    return f'coalesce({row}.status, "") <> "cancelled"'


def counts(row: str) -> str:
    """The condition that an order or quote is neither cancelled nor one that another one repeats.

    Args:
        row: Its name in the query.
    """
    return f"{stands(row)} AND NOT EXISTS {{ ({row})-[:REPEATS]->() }}"


_FILE: Final = """\
OPTIONAL MATCH (f:File {{id: {0}.file_id}})
"""
_FROM: Final = "coalesce(f.path, {0}.file_id) AS file, {0}.row AS row"

_WHOSE: Final = {
    "Company": "MATCH (c:Company {id: $id})",
    "Industry": "MATCH (:Industry {id: $id})<-[:IN_INDUSTRY]-(c:Company)",
}
_ORDERS: Final = f"""\
-[:PLACED]->(o:Order)
WHERE {counts("o")}
{_FILE.format("o")}\
RETURN c.name AS customer, o.ordered_on AS day, o.number AS order, {_FROM.format("o")}
ORDER BY day, customer, order"""

_LINES: Final = f"""\
-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)
WHERE {counts("o")}
  AND {stands("l")}
"""
_LINE: Final = f"""\
CALL (l) {{
  OPTIONAL MATCH (l)-[said:MENTIONS {{entity: "TOLERANCE", polarity: "asserted"}}]->(:Value)
  RETURN min(said.value) AS said
}}
{_FILE.format("l")}\
RETURN c.name AS customer, l.ordered_on AS day, o.number AS order, l.line AS line,
       head([(l)-[:USES_PROCESS]->(is:Process) | is.name]) AS process,
       head([(l)-[:IN_MATERIAL]->(is:Material) | is.name]) AS material,
       head([(l)-[:HAS_FINISH]->(is:Finish) | is.name]) AS finish,
       coalesce(l.tolerance, said) AS tolerance_mm, l.quantity AS pieces,
       round(l.quantity * l.minutes / 60, 2) AS hours,$more
       {_FROM.format("l")}
ORDER BY day, customer, order, line"""

_INVOICES: Final = f"""\
-[:BILLED]->(i:Invoice)
WHERE i.amount > 0 AND i.due_on IS NOT NULL AND NOT EXISTS {{ (i)-[:REPEATS]->() }}
CALL (i) {{
  OPTIONAL MATCH (i)-[s:SETTLED_BY]->(:Payment)
  RETURN max(s.on) AS settled
}}
OPTIONAL MATCH (i)-[between:PAID_BETWEEN]->(:Balance)
{_FILE.format("i")}\
RETURN c.name AS customer, i.due_on AS due, i.number AS invoice,
       coalesce(i.paid_on, settled) AS paid, between.after AS paid_after, between.by AS paid_by,
       i.open_amount / 10000.0 AS open, i.currency AS currency, {_FROM.format("i")}
ORDER BY due, customer, invoice"""

_QUOTES: Final = {
    "Company": "MATCH (c:Company {id: $id})-[:QUOTED]->(q:Quote)",
    "Process": "MATCH (:Process {id: $id})<-[:FOR_PROCESS]-(q:Quote)<-[:QUOTED]-(c:Company)",
}
_QUOTE: Final = f"""
WHERE {counts("q")}
{_FILE.format("q")}\
RETURN c.name AS customer, q.quoted_on AS day, q.number AS quote,
       head([(q)-[:FOR_PROCESS]->(is:Process) | is.name]) AS process, q.status AS status,
       q.reason AS reason, {_FROM.format("q")}
ORDER BY day, customer, quote"""

_BOTH: Final = f"""\
CALL (c) {{
  MATCH (c)-[:PLACED]->(x:Order)
  WHERE {counts("x")}
  RETURN "order" AS what, x, x.ordered_on AS day, null AS paid
  UNION ALL
  MATCH (c)-[:BILLED]->(x:Invoice)
  WHERE x.amount > 0 AND x.due_on IS NOT NULL AND NOT EXISTS {{ (x)-[:REPEATS]->() }}
  CALL (x) {{
    OPTIONAL MATCH (x)-[s:SETTLED_BY]->(:Payment)
    RETURN max(s.on) AS settled
  }}
  OPTIONAL MATCH (x)-[between:PAID_BETWEEN]->(:Balance)
  RETURN "invoice due" AS what, x, x.due_on AS day,
         coalesce(x.paid_on, settled, between.after) AS paid
}}
{_FILE.format("x")}\
RETURN what, day, x.number AS number, paid, {_FROM.format("x")}
ORDER BY what DESC, day, number"""


def _with_id(cypher: str, subject: Ref) -> str:
    return cypher.replace("$id", quoted(subject.id))


def orders_of(subject: Ref) -> str:
    """The orders of a company or of all of an industry.

    Args:
        subject: Company or industry.
    """
    return _with_id(_WHOSE[subject.type] + _ORDERS, subject)


def every_order() -> str:
    """The orders of all customers."""
    return f"MATCH (c:Company){_ORDERS}"


def every_invoice() -> str:
    """The invoices of all customers, with when each was due and paid."""
    return f"MATCH (c:Company){_INVOICES}"


def every_quote() -> str:
    """The quotes that all customers asked for."""
    return f"MATCH (c:Company)-[:QUOTED]->(q:Quote){_QUOTE}"


def every_line() -> str:
    """The order lines of all customers."""
    return f"MATCH (c:Company){_LINES}{_LINE.replace('$more', '')}"


def lines_of(subject: Ref, *, more: str = "") -> str:
    """The order lines of a company, or of all customers that need a process.

    Args:
        subject: Company or process.
        more: A further column of a line `l`, with its name.
    """
    if subject.type == "Process":
        of = "MATCH (p:Process {id: $id})<-[:USES_PROCESS]-(l:OrderLine)\nMATCH (c:Company)"
    else:
        of = _WHOSE[subject.type]
    column = f"\n       {more}," if more else ""
    return _with_id(of + _LINES + _LINE.replace("$more", column), subject)


def invoices_of(subject: Ref) -> str:
    """The invoices of a company, or of all of an industry, with when each was due and paid.

    Args:
        subject: Company or industry.
    """
    return _with_id(_WHOSE[subject.type] + _INVOICES, subject)


def orders_and_invoices_of(subject: Ref) -> str:
    """The orders of a company, and below them its invoices with when each was due and paid.

    Args:
        subject: A company.
    """
    return _with_id(f"{_WHOSE[subject.type]}\n{_BOTH}", subject)


def quotes_of(subject: Ref) -> str:
    """The quotes that a company asked for, or that were asked for a process.

    Args:
        subject: Company or process.
    """
    return _with_id(_QUOTES[subject.type] + _QUOTE, subject)
