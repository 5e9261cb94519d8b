// question: Who owes us how much, and how much of it is overdue?
// returns: customer, open_invoices, open_amount, overdue_amount, oldest_due
// param: least: least open amount

MATCH (any:Invoice)
WITH max(any.invoiced_on) AS today
MATCH (c:Company)-[:BILLED]->(i:Invoice)
WHERE i.paid_on IS NULL AND NOT EXISTS { (i)-[:SETTLED_BY]->(:Payment) }
WITH c, today, i, coalesce(i.open_amount, i.amount) / 10000.0 AS open
WHERE open > 0
WITH c,
     count(i) AS open_invoices,
     sum(open) AS open_amount,
     sum(CASE WHEN i.due_on < today THEN open ELSE 0 END) AS overdue_amount,
     min(i.due_on) AS oldest_due
WHERE open_amount >= 0 /*least*/
RETURN c.name AS customer, open_invoices, open_amount, overdue_amount, oldest_due
ORDER BY open_amount DESC, customer;
