// question: Which industries pay late, and since when?
// folder: Money
// look: An industry of which most pay late since about the same day: it is the market and not one of them.
// returns: industry, customers, paying_late, median_days_late, late_since, such_as
// param: grace: days after the due date that do not count
// param: min_invoices: least invoices of a customer that were due
// param: least: least customers of an industry that pay late

MATCH (any:Invoice)
WHERE any.invoiced_on IS NOT NULL
WITH max(any.invoiced_on) AS today
MATCH (industry:Industry)<-[:IN_INDUSTRY]-(c:Customer)-[:BILLED]->(i:Invoice)
WHERE i.due_on <= today AND i.amount > 0 AND NOT EXISTS { (i)-[:REPEATS]->() }
CALL (i) {
  OPTIONAL MATCH (i)-[s:SETTLED_BY]->(:Payment)
  RETURN max(s.on) AS settled
}
CALL (i) {
  OPTIONAL MATCH (i)-[k:CREDITED_BY]->(:Invoice)
  RETURN coalesce(sum(k.amount), 0) AS credited
}
OPTIONAL MATCH (i)-[between:PAID_BETWEEN]->(:Balance)
WITH industry, c, i, credited, coalesce(i.paid_on, settled, between.after + duration({days: 1})) AS paid,
     today
WHERE i.amount - credited >= 100  // what was credited as a whole is neither paid nor late
WITH industry, c, i, duration.inDays(i.due_on, coalesce(paid, today)).days AS days
WITH industry, c,
     count(i) AS invoices,
     percentileCont(days, 0.5) AS median,
     min(CASE WHEN days > 3 /*grace*/ THEN i.due_on END) AS since
WHERE invoices >= 6 /*min_invoices*/
ORDER BY median DESC, c.name
WITH industry,
     count(c) AS customers,
     sum(CASE WHEN median > 3 /*grace*/ THEN 1 ELSE 0 END) AS paying_late,
     percentileCont(median, 0.5) AS median_days_late,
     min(CASE WHEN median > 3 /*grace*/ THEN since END) AS late_since,
     collect(CASE WHEN median > 3 /*grace*/ THEN c.name END)[..3] AS such_as
WHERE paying_late >= 2 /*least*/ AND 2 * paying_late > customers
RETURN industry.name AS industry, customers, paying_late, median_days_late, late_since, such_as
ORDER BY median_days_late DESC, industry;
