"""A Neo4j with up to a million relationships in the shape of a shop, made in the server itself.

What decides a plan is how many there are of what; names and days are as even as a counter.
"""

from typing import Any, Final

import neo4j

_SMALL: Final = """\
CALL () {
  UNWIND range(0, 19) AS n
  CREATE (:Industry {id: 'i' + n, name: 'Industry ' + n})
  CREATE (:Topic {id: 't' + n, name: 'Topic ' + n})
  CREATE (:Method {id: 'm' + n, name: 'Method ' + n})
  CREATE (:Employee {id: 'e' + n, name: 'Employee ' + n})
  CREATE (:Process {id: 'p' + n, name: 'Process ' + n})
  CREATE (:Finish {id: 'f' + n, name: 'Finish ' + n})
  CREATE (:Signal {id: 's' + n, name: 'Signal ' + n})
  CREATE (:File {id: 'file' + n, path: 'file ' + n + '.csv'})
  CREATE (:Value {id: 'v' + n, entity: 'TOLERANCE', name: toString(n)})
  CREATE (:TradeShow {id: 'w' + n, series: 'Show ' + (n % 5), year: 2020 + n / 5})
  CREATE (:Cluster {id: 'k' + n, name: 'Cluster ' + n, stability: 0.8})
}
CALL () {
  UNWIND range(0, 59) AS n
  CREATE (m:Material {id: 'a' + n, name: 'Material ' + n})
  WITH m, n WHERE n >= 10
  MATCH (of:Material {id: 'a' + (n % 10)})
  CREATE (m)-[:KIND_OF]->(of)
}
CALL () {
  UNWIND range(0, 199) AS n
  MATCH (t:Topic {id: 't' + (n % 20)})
  CREATE (:Campaign {id: 'mail' + n, number: n, subject: 'Mail ' + n,
    sent_at: localdatetime('2023-01-02T08:00') + duration({days: 5 * n})})-[:ABOUT]->(t)
  CREATE (:Page {id: 'page' + n, title: 'Page ' + n})-[:ABOUT]->(t)
}"""

_COMPANIES: Final = """\
UNWIND range(0, $companies - 1) AS n
CALL (n) {
  CREATE (c:Company {id: 'c' + n, name: 'Company ' + n, aliases: [],
                     is_customer: n < $companies * 3 / 4})
  CREATE (:Account {id: 'crm:' + n, system: 'crm', name: 'Company ' + n, industry: 'i',
                    file_id: 'file0', row: n})-[:IS]->(c)
  FOREACH (_ IN CASE WHEN n < $companies * 3 / 4 THEN [1] ELSE [] END | SET c:Customer)
  WITH c, n
  MATCH (i:Industry {id: 'i' + (n % 20)}), (e:Employee {id: 'e' + (n % 20)})
  MATCH (k:Cluster {id: 'k' + (n % 20)})
  CREATE (c)-[:IN_INDUSTRY]->(i), (c)-[:OWNED_BY]->(e)
  FOREACH (_ IN CASE WHEN n % 10 = 0 THEN [1] ELSE [] END |
    CREATE (c)-[:IN_CLUSTER {strength: 0.9}]->(k))
  FOREACH (p IN [2 * n, 2 * n + 1] |
    CREATE (c)<-[:WORKS_AT]-(:Person {id: 'person' + p, name: 'Person ' + p})<-[:KNOWS {
      on: date('2024-01-01')}]-(e))
} IN TRANSACTIONS OF 500 ROWS"""

_BETWEEN: Final = """\
UNWIND range(0, $companies - 1) AS n
CALL (n) {
  MATCH (c:Company {id: 'c' + n})
  MATCH (d:Company {id: 'c' + ((n * 7 + 1) % $companies)})
  MATCH (w:TradeShow {id: 'w' + (n % 20)}), (m:Method {id: 'm' + (n % 20)})
  MATCH (s:Signal {id: 's' + (n % 20)}), (t:Topic {id: 't' + (n % 20)})
  CREATE (c)-[:FOLLOWS {on: date('2024-01-01'), file_id: 'file1', row: n}]->(d)
  CREATE (c)-[:HAS_SIGNAL {on: date('2024-01-01'), polarity: 'asserted', sentence: 'So.'}]->(s)
  CREATE (c)-[:WORKS_ON]->(j:Project {id: 'j' + n, name: 'Project ' + n, file_id: 'file2', row: n,
    started_on: date('2024-01-01') + duration({days: n % 700})})-[:ABOUT]->(t)
  CREATE (j)-[:USES_METHOD {polarity: 'asserted', on: date('2024-01-01')}]->(m)
  FOREACH (_ IN CASE WHEN n % 4 = 0 THEN [1] ELSE [] END |
    CREATE (c)-[:SUPPLIES {polarity: 'asserted', confidence: 0.9, on: date('2024-01-01')}]->(d)
    CREATE (j)-[:FOR_END_CUSTOMER]->(d)
    CREATE (c)-[:ATTENDED {polarity: 'asserted', on: date('2024-01-01')}]->(w)
    CREATE (:Finding {id: 'x' + n, kind: 'slowing-customer', level: 'watch', statement: 'So.'})
           -[:ABOUT {role: 'subject'}]->(c)
    CREATE (c)-[:WAS_TOLD]->(:Told {id: 'y' + n, telling: n % 40, finding: 'x' + n, level: 'watch',
      kind: 'slowing-customer', about: 'Company ' + n, effect: 0.5, low: 0.4, high: 0.6}))
} IN TRANSACTIONS OF 500 ROWS"""

_ORDERS: Final = """\
UNWIND range(0, $companies * 3 / 4 - 1) AS n
CALL (n) {
  CALL () { MATCH (p:Process) RETURN collect(p) AS processes }
  CALL () { MATCH (m:Material) RETURN collect(m) AS materials }
  CALL () { MATCH (f:Finish) RETURN collect(f) AS finishes }
  MATCH (c:Company {id: 'c' + n})
  MATCH (v:Value {id: 'v' + (n % 20)})
  UNWIND range(0, 7) AS at
  CREATE (c)-[:PLACED]->(o:Order {id: n + '-' + at, number: 'SO' + n + '-' + at,
    account: 'crm:' + n, file_id: 'file3', row: 8 * n + at,
    ordered_on: date('2023-01-01') + duration({days: 136 * at + n % 136})})
  WITH *
  UNWIND [0, 1] AS line
  CREATE (o)-[:HAS_LINE]->(l:OrderLine {id: o.id + '/' + line, line: toString(line),
    ordered_on: o.ordered_on, quantity: 5.0, minutes: 6.0, amount: 100000, tolerance: 0.05,
    file_id: 'file3', row: 2 * o.row + line})
  WITH *, processes[(n + at + line) % 20] AS p, materials[(n + line) % 60] AS m,
       finishes[n % 20] AS f
  CREATE (l)-[:USES_PROCESS]->(p)
  CREATE (l)-[:IN_MATERIAL]->(m)
  CREATE (l)-[:HAS_FINISH]->(f)
  FOREACH (_ IN CASE WHEN at = 0 THEN [1] ELSE [] END |
    CREATE (l)-[:MENTIONS {entity: 'TOLERANCE', polarity: 'asserted', value: 0.05}]->(v))
} IN TRANSACTIONS OF 250 ROWS"""

_MONEY: Final = """\
UNWIND range(0, $companies * 3 / 4 - 1) AS n
CALL (n) {
  MATCH (c:Company {id: 'c' + n}), (p:Process {id: 'p' + (n % 20)})
  UNWIND range(0, 3) AS at
  WITH *, n + '-' + at AS id, date('2023-01-01') + duration({days: 272 * at + n % 272}) AS day
  CREATE (c)-[:BILLED]->(i:Invoice {id: id, number: 'IN' + id, account: 'crm:' + n,
    amount: 1000000, invoiced_on: day, due_on: day + duration({days: 30}), file_id: 'file4',
    row: 4 * n + at})
  CREATE (i)-[:SETTLED_BY {amount: 1000000, on: day + duration({days: 30 + n % 30})}]->
    (:Payment {id: id, account: 'crm:' + n, amount: 1000000})<-[:PAID]-(c)
  CREATE (c)-[:QUOTED]->(:Quote {id: id, number: 'QU' + id, account: 'crm:' + n, quoted_on: day,
    status: CASE at % 3 WHEN 0 THEN 'lost' ELSE 'won' END, file_id: 'file5', row: 4 * n + at}
    )-[:FOR_PROCESS]->(p)
  FOREACH (_ IN CASE WHEN at = 0 THEN [1] ELSE [] END |
    CREATE (i)-[:HAD_OPEN]->(b:Balance {id: id, on: day, open_amount: 1000000})
    CREATE (i)-[:PAID_BETWEEN {after: day, by: day + duration({days: 9})}]->(b)
    CREATE (i)-[:CREDITED_BY {amount: 100, on: day}]->(m:Invoice {id: 'm' + id, amount: -100,
      number: 'CR' + id, invoiced_on: day})<-[:REPEATS]-(:Invoice {id: 'r' + id}))
} IN TRANSACTIONS OF 250 ROWS"""

_READING: Final = """\
UNWIND range(0, 2 * $companies - 1) AS n
CALL (n) {
  MATCH (p:Person {id: 'person' + n})-[:WORKS_AT]->(c:Company)
  MATCH (m:Campaign)
  WHERE (m.number + n) % 8 < 3
  CREATE (p)-[:OPENED {at: m.sent_at}]->(m)
  WITH *
  WHERE (m.number + n) % 40 = 0
  CREATE (p)-[:CLICKED {at: m.sent_at}]->(m)
  WITH *
  MATCH (page:Page {id: 'page' + m.number})
  CREATE (c)-[:VISITED {on: date(m.sent_at)}]->(page)
} IN TRANSACTIONS OF 500 ROWS"""


def fill(driver: neo4j.Driver, *, companies: int) -> Any:
    """Make the graph in an empty database that has graphkit's constraints; how many it has.

    Four thousand companies have a million relationships.
    """
    with driver.session() as session:
        for statement in (_SMALL, _COMPANIES, _BETWEEN, _ORDERS, _MONEY, _READING):
            session.run(statement, companies=companies).consume()
        session.run("CALL db.prepareForReplanning(120)").consume()
        return session.run("MATCH ()-[r]->() RETURN count(r) AS n").single(strict=True)["n"]
