// question: What, when and how much did a customer order?
// folder: Orders
// look: Parts that were ordered every few months and have stopped.
// returns: customer, month, part, process, lots, pieces, amount, currency
// param: customer: part of the customer's name; empty for all
// param: months: how many months back

MATCH (last:Order)
WHERE last.ordered_on IS NOT NULL
WITH max(last.ordered_on) AS today
MATCH (c:Customer)
WHERE toLower(c.name) CONTAINS toLower('' /*customer*/)
CALL (c, today) {
  MATCH (c)-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)
  WHERE o.ordered_on > today - duration({months: 12 /*months*/})
    AND coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
    AND coalesce(l.status, '') <> 'cancelled'
  OPTIONAL MATCH (l)-[:OF_PART]->(part:Part)
  OPTIONAL MATCH (l)-[:USES_PROCESS]->(process:Process)
  RETURN date.truncate('month', o.ordered_on) AS month,
         part.number AS part,
         process.name AS process,
         count(l) AS lots,
         sum(l.quantity) AS pieces,
         sum(coalesce(l.amount, 0)) / 10000.0 AS amount,
         l.currency AS currency
}
RETURN c.name AS customer, month, part, process, lots, pieces, amount, currency
ORDER BY customer, month, amount DESC, part, process;
