// question: In which industries do several customers order less and pay later?
// folder: Orders
// look: Several slowing customers of one industry: then it is the market and not you.
// returns: industry, customers, slowing, paying_later, order_ratio, level
// param: months: how many whole months count as recent
// param: ratio: recent orders as a share of the earlier rate, at most, for slowing
// param: days: least change of the mean payment delay, for paying later
// param: several: least customers that slow, and that pay later

MATCH (any:Order)
WHERE any.ordered_on IS NOT NULL
WITH min(any.ordered_on) AS first, max(any.ordered_on) AS today
WITH first, today, date.truncate('month', today + duration({days: 1})) AS until
WITH first, today, until, until - duration({months: 5 /*months*/}) AS since
WITH *, duration.inMonths(first, since).months AS months_before
WHERE months_before > 0
MATCH (c:Customer)-[:IN_INDUSTRY]->(industry:Industry)
CALL (c, since, until) {
  MATCH (c)-[:PLACED]->(o:Order)
  WHERE o.ordered_on < until
    AND coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  RETURN sum(CASE WHEN o.ordered_on >= since THEN 1 ELSE 0 END) AS recent,
         sum(CASE WHEN o.ordered_on < since THEN 1 ELSE 0 END) AS past
}
CALL (c, since, today) {
  OPTIONAL MATCH (c)-[:BILLED]->(i:Invoice)
  WHERE i.due_on <= today AND i.amount > 0 AND NOT EXISTS { (i)-[:REPEATS]->() }
  OPTIONAL MATCH (i)-[:SETTLED_BY]->(p:Payment)
  WITH i, since, today, max(p.paid_on) AS settled
  OPTIONAL MATCH (i)-[b:PAID_BETWEEN]->(:Balance)
  WITH i, since, today, coalesce(settled, b.after + duration({days: 1})) AS settled
  WITH i.invoiced_on >= since AS is_recent,
       duration.inDays(i.due_on, coalesce(i.paid_on, settled, today)).days AS delay
  RETURN avg(CASE WHEN is_recent THEN delay END) - avg(CASE WHEN NOT is_recent THEN delay END)
         AS later
}
WITH industry, months_before, c, recent, past, later
WHERE past > 0
WITH industry, months_before,
     count(c) AS customers,
     sum(recent) AS recent,
     sum(past) AS past,
     sum(CASE WHEN toFloat(recent) / 5 /*months*/ <= 0.8 /*ratio*/ * past / months_before THEN 1 ELSE 0 END)
       AS slowing,
     sum(CASE WHEN later >= 5 /*days*/ THEN 1 ELSE 0 END) AS paying_later
WHERE slowing >= 2 /*several*/ AND paying_later >= 2 /*several*/
OPTIONAL MATCH (f:Finding {kind: 'slowing-industry'})-[:ABOUT]->(industry)
RETURN industry.name AS industry,
       customers,
       slowing,
       paying_later,
       round((toFloat(recent) / 5 /*months*/) / (toFloat(past) / months_before), 2) AS order_ratio,
       f.level AS level
ORDER BY order_ratio, industry;
