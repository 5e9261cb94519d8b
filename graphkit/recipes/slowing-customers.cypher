// question: Which customers order less than they used to?
// folder: Orders
// look: A ratio below a half, and a last order longer ago than they ever paused.
// returns: customer, orders_a_month_before, orders_a_month_recently, ratio, last_order, level
// param: months: how many whole months count as recent
// param: ratio: recent rate as a share of the earlier one, at most
// param: min_orders: least orders before

MATCH (any:Order)
WHERE any.ordered_on IS NOT NULL
WITH min(any.ordered_on) AS first, max(any.ordered_on) AS today
WITH first, date.truncate('month', today + duration({days: 1})) AS until
WITH first, until, until - duration({months: 5 /*months*/}) AS since
WITH first, until, since, duration.inMonths(first, since).months AS months_before
WHERE months_before > 0
MATCH (c:Customer)-[:PLACED]->(o:Order)
WHERE o.ordered_on < until
  AND coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
WITH c, months_before,
     sum(CASE WHEN o.ordered_on >= since THEN 1 ELSE 0 END) AS recent,
     sum(CASE WHEN o.ordered_on < since THEN 1 ELSE 0 END) AS past,
     max(o.ordered_on) AS last_order
WHERE past >= 12 /*min_orders*/
WITH c, last_order, toFloat(past) / months_before AS before, toFloat(recent) / 5 /*months*/ AS now
WHERE now <= before * 0.65 /*ratio*/
OPTIONAL MATCH (f:Finding {kind: 'slowing-customer'})-[:ABOUT]->(c)
RETURN c.name AS customer,
       round(before, 2) AS orders_a_month_before,
       round(now, 2) AS orders_a_month_recently,
       round(now / before, 2) AS ratio,
       last_order,
       f.level AS level
ORDER BY ratio, customer;
