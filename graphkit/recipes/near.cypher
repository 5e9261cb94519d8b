// question: Who is near a customer: what do they share that few others have?
// folder: Customers
// look: Pairs that share what few others have: what worked with one may work with the other.
// returns: customer, near, closeness, shared
// param: customer: part of the customer's name; empty for all
// param: most: how many customers are looked at, in the order of their names
// param: common: largest share of all customers that a shared thing may have, 0 to 1
// param: least: least closeness; a thing that one customer in ten has counts 1

MATCH (one:Customer)
WITH count(one) AS total
CALL () {
  MATCH (asked:Customer)
  WHERE toLower(asked.name) CONTAINS toLower('' /*customer*/)
  WITH asked ORDER BY asked.name LIMIT 50 /*most*/
  RETURN collect(asked) AS looked_at
}
MATCH (c:Customer)
CALL (c) {
  MATCH (c)-[r:ATTENDED|USES_METHOD|SUPPLIES]->(what)
  WHERE r.polarity = 'asserted'
  RETURN what
  UNION
  MATCH (c)-[:IN_INDUSTRY]->(what:Industry)
  RETURN what
  UNION
  MATCH (c)-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)-[:USES_PROCESS|HAS_FINISH]->(what)
  WHERE coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
    AND coalesce(l.status, '') <> 'cancelled'
  RETURN what
}
WITH total, looked_at, what, collect(c) AS customers
WHERE size(customers) > 1 AND size(customers) <= 0.3 /*common*/ * total
WITH customers, [c IN customers WHERE c IN looked_at] AS some,
     log10(toFloat(total) / size(customers)) AS weight,
     coalesce(what.name, what.series + ' ' + what.year) AS name
ORDER BY weight DESC, name
UNWIND some AS c
UNWIND customers AS d
WITH c, d, weight, name
WHERE c <> d
WITH c, d, sum(weight) AS closeness, collect(name) AS shared
WHERE closeness >= 1.5 /*least*/
RETURN c.name AS customer, d.name AS near, round(closeness, 2) AS closeness, shared
ORDER BY customer, closeness DESC, near;
