// question: From which file and row does an order, invoice or quote come?
// folder: Findings
// look: The file and the row; look there when a figure seems wrong.
// returns: what, number, customer, on, amount, file, row
// param: number: part of the number

CALL () {
  MATCH (x:Order)
  WHERE x.number CONTAINS '' /*number*/
  WITH x, x.ordered_on AS on ORDER BY on DESC, x.number LIMIT 25
  OPTIONAL MATCH (c:Company)-[:PLACED]->(x)
  RETURN c, x, on
  UNION ALL
  MATCH (x:Invoice)
  WHERE x.number CONTAINS '' /*number*/
  WITH x, x.invoiced_on AS on ORDER BY on DESC, x.number LIMIT 25
  OPTIONAL MATCH (c:Company)-[:BILLED]->(x)
  RETURN c, x, on
  UNION ALL
  MATCH (x:Quote)
  WHERE x.number CONTAINS '' /*number*/
  WITH x, x.quoted_on AS on ORDER BY on DESC, x.number LIMIT 25
  OPTIONAL MATCH (c:Company)-[:QUOTED]->(x)
  RETURN c, x, on
}
MATCH (f:File {id: x.file_id})
RETURN head(labels(x)) AS what,
       x.number AS number,
       c.name AS customer,
       on,
       x.amount / 10000.0 AS amount,
       f.path AS file,
       x.row AS row
ORDER BY what, on DESC, number;
