// question: How much of what we sell hangs on one end customer of our customers?
// folder: Money
// look: An end customer behind more than a fifth of what you sell: when it slows, several of your customers do.
// returns: end_customer, through, amount, share, currency
// param: months: how many months back
// param: confidence: least confidence of the link, 0 to 1

MATCH (last:Order)
WHERE last.ordered_on IS NOT NULL
WITH max(last.ordered_on) - duration({months: 12 /*months*/}) AS since
MATCH (c:Customer)-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)
WHERE o.ordered_on > since
  AND coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  AND coalesce(l.status, '') <> 'cancelled'
WITH c, l.currency AS currency, sum(coalesce(l.amount, 0)) / 10000.0 AS amount
WITH currency, collect({customer: c, amount: amount}) AS rows, sum(amount) AS total
WHERE total > 0
UNWIND rows AS row
WITH currency, row.customer AS c, row.amount AS amount, total
MATCH (c)-[s:SUPPLIES]->(e:Company)
WHERE s.polarity = 'asserted' AND s.confidence >= 0.5 /*confidence*/ AND e <> c
WITH DISTINCT e, c, amount, total, currency
ORDER BY amount DESC, c.name
RETURN e.name AS end_customer,
       collect(c.name) AS through,
       sum(amount) AS amount,
       round(sum(amount) / head(collect(total)), 3) AS share,
       currency
ORDER BY amount DESC, end_customer;
