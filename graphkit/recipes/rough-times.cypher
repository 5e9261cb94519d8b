// question: Who is in rough times: who orders less and pays later at once?
// folder: Orders
// look: Fewer orders and later payments at once: ask how they are before you ship on credit.
// returns: customer, industry, order_ratio, days_late_before, days_late_recently, open_amount, currency, level
// param: months: how many whole months count as recent
// param: ratio: recent orders as a share of the earlier rate, at most
// param: days: least rise of the median delay

MATCH (any:Order)
WHERE any.ordered_on IS NOT NULL
WITH min(any.ordered_on) AS first, max(any.ordered_on) AS today
WITH first, today, date.truncate('month', today + duration({days: 1})) AS until
WITH first, today, until, until - duration({months: 5 /*months*/}) AS since
WITH *, duration.inMonths(first, since).months AS months_before
WHERE months_before > 0
MATCH (c:Customer)-[:PLACED]->(o:Order)
WHERE o.ordered_on < until
  AND coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
WITH c, since, today, months_before,
     sum(CASE WHEN o.ordered_on >= since THEN 1 ELSE 0 END) AS recent,
     sum(CASE WHEN o.ordered_on < since THEN 1 ELSE 0 END) AS past
WITH c, since, today, toFloat(past) / months_before AS before, toFloat(recent) / 5 /*months*/ AS now
WHERE before > 0 AND now <= before * 0.8 /*ratio*/
CALL (c, since, today) {
  MATCH (c)-[:BILLED]->(i:Invoice)
  WHERE i.due_on <= today AND i.amount > 0 AND NOT EXISTS { (i)-[:REPEATS]->() }
  OPTIONAL MATCH (i)-[s:SETTLED_BY]->(:Payment)
  WITH i, since, today, max(s.on) AS settled, coalesce(sum(s.amount), 0) AS paid
  OPTIONAL MATCH (i)-[between:PAID_BETWEEN]->(:Balance)
  WITH i, since, today, paid,
       coalesce(i.paid_on, settled, between.after + duration({days: 1})) AS ended
  WITH i, ended, paid, i.due_on >= since AS recent,
       duration.inDays(i.due_on, coalesce(ended, today)).days AS days
  RETURN percentileCont(CASE WHEN NOT recent THEN days END, 0.5) AS days_late_before,
         percentileCont(CASE WHEN recent THEN days END, 0.5) AS days_late_recently,
         sum(CASE WHEN ended IS NULL THEN coalesce(i.open_amount, i.amount - paid) ELSE 0 END)
           / 10000.0 AS open_amount,
         max(i.currency) AS currency
}
WITH * WHERE days_late_recently - days_late_before >= 5 /*days*/
OPTIONAL MATCH (c)-[:IN_INDUSTRY]->(industry:Industry)
OPTIONAL MATCH (f:Finding {kind: 'rough-times'})-[:ABOUT]->(c)
RETURN c.name AS customer,
       industry.name AS industry,
       round(now / before, 2) AS order_ratio,
       days_late_before,
       days_late_recently,
       open_amount,
       currency,
       f.level AS level
ORDER BY order_ratio, customer;
