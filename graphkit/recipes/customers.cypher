// question: Who are our customers, by what they ordered lately?
// folder: Customers
// look: Customers with a last order long ago, and those whose owner has left.
// returns: customer, industry, owner, orders, amount, last_order, currency
// param: months: how many months back

MATCH (last:Order)
WHERE last.ordered_on IS NOT NULL
WITH max(last.ordered_on) AS today
MATCH (c:Customer)
OPTIONAL MATCH (c)-[:IN_INDUSTRY]->(industry:Industry)
OPTIONAL MATCH (c)-[:OWNED_BY]->(owner:Employee)
CALL (c, today) {
  OPTIONAL MATCH (c)-[:PLACED]->(o:Order)
  WHERE o.ordered_on > today - duration({months: 12 /*months*/})
    AND coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  OPTIONAL MATCH (o)-[:HAS_LINE]->(l:OrderLine)
  WHERE coalesce(l.status, '') <> 'cancelled'
  RETURN l.currency AS currency, count(DISTINCT o) AS orders, sum(coalesce(l.amount, 0)) / 10000.0 AS amount
}
CALL (c) {
  OPTIONAL MATCH (c)-[:PLACED]->(o:Order)
  WHERE coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  RETURN max(o.ordered_on) AS last_order
}
RETURN c.name AS customer,
       industry.name AS industry,
       owner.name AS owner,
       orders,
       amount,
       last_order,
       currency
ORDER BY amount DESC, customer;
