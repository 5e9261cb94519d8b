// question: Who orders smaller lots, more often?
// folder: Orders
// look: Smaller lots with the same pieces a month: they want stock from you, not less work.
// returns: customer, lot_before, lot_recently, orders_a_month_before, orders_a_month_recently, pieces_a_month_before, pieces_a_month_recently
// param: months: how many months count as recent
// param: min_lines: least order lines in each period

MATCH (any:Order)
WHERE any.ordered_on IS NOT NULL
WITH min(any.ordered_on) AS first, max(any.ordered_on) AS today
WITH first, today - duration({months: 12 /*months*/}) AS since,
     duration.inMonths(first, today - duration({months: 12 /*months*/})).months AS months_before
WHERE months_before > 0
MATCH (c:Customer)-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)
WHERE coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  AND coalesce(l.status, '') <> 'cancelled'
WITH c, months_before, o, l, o.ordered_on > since AS recent
WITH c, months_before,
     count(CASE WHEN recent THEN l.quantity END) AS lines_now,
     count(CASE WHEN NOT recent THEN l.quantity END) AS lines_past,
     sum(CASE WHEN recent THEN l.quantity ELSE 0.0 END) AS pieces_now,
     sum(CASE WHEN recent THEN 0.0 ELSE l.quantity END) AS pieces_past,
     count(DISTINCT CASE WHEN recent THEN o END) AS orders_now,
     count(DISTINCT CASE WHEN NOT recent THEN o END) AS orders_past
WHERE lines_now >= 10 /*min_lines*/ AND lines_past >= 10 /*min_lines*/
WITH *, orders_now / toFloat(12 /*months*/) AS often_now, orders_past / toFloat(months_before) AS often_past,
     pieces_now / lines_now AS lot_now, pieces_past / lines_past AS lot_past
WHERE lot_now < lot_past AND often_now > often_past
RETURN c.name AS customer,
       round(lot_past, 1) AS lot_before,
       round(lot_now, 1) AS lot_recently,
       round(often_past, 2) AS orders_a_month_before,
       round(often_now, 2) AS orders_a_month_recently,
       round(pieces_past / months_before, 1) AS pieces_a_month_before,
       round(pieces_now / 12 /*months*/, 1) AS pieces_a_month_recently
ORDER BY lot_now / lot_past, customer;
