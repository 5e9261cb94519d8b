// question: Who owes us how much, and how much of it is overdue?
// folder: Money
// look: Large overdue amounts whose oldest due day lies months back.
// returns: customer, open_invoices, open_amount, overdue_amount, oldest_due, currency
// param: least: least open amount

MATCH (any:Invoice)
WHERE any.invoiced_on IS NOT NULL
WITH max(any.invoiced_on) AS today
MATCH (c:Company)-[:BILLED]->(i:Invoice)
WHERE NOT EXISTS { (i)-[:REPEATS]->() } AND NOT EXISTS { (i)-[:PAID_BETWEEN]->(:Balance) }
CALL (i) {
  OPTIONAL MATCH (i)-[s:SETTLED_BY]->(:Payment)
  RETURN coalesce(sum(s.amount), 0) AS paid, max(s.on) AS last
}
CALL (i) {
  OPTIONAL MATCH (i)-[k:CREDITED_BY]->(:Invoice)
  RETURN coalesce(sum(k.amount), 0) AS credited
}
CALL (i) {
  OPTIONAL MATCH (i)<-[:REPEATS]-(same:Invoice)
  RETURN max(same.paid_on) AS told
}
CALL (i) {
  OPTIONAL MATCH (i)<-[k:CREDITED_BY]-(:Invoice)
  RETURN coalesce(sum(k.amount), 0) AS spent
}
WITH c, today, i, told, i.amount - credited - paid + spent AS left
WHERE i.paid_on IS NULL AND told IS NULL
WITH c, today, i,
     CASE WHEN abs(i.open_amount) < abs(left) THEN i.open_amount ELSE left END / 10000.0 AS open
// Credit memos that were not applied yet are below zero, and taken off.
WHERE (i.amount > 0 AND open >= 0.01) OR (i.amount < 0 AND open < 0)
WITH c, i.currency AS currency,
     sum(CASE WHEN open > 0 THEN 1 ELSE 0 END) AS open_invoices,
     sum(open) AS open_amount,
     sum(CASE WHEN open > 0 AND i.due_on < today THEN open ELSE 0 END) AS overdue,
     min(CASE WHEN open > 0 THEN i.due_on END) AS oldest_due
WHERE open_invoices > 0 AND open_amount > 0 AND open_amount >= 0 /*least*/
RETURN c.name AS customer,
       open_invoices,
       open_amount,
       CASE WHEN overdue > open_amount THEN open_amount ELSE overdue END AS overdue_amount,
       oldest_due,
       currency
ORDER BY open_amount DESC, customer;
