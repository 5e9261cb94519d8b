// question: Who pays late, and since when?
// returns: customer, invoices, late, median_days_late, late_since, open_amount
// param: grace: days after the due date that do not count
// param: min_invoices: least invoices that were due

MATCH (any:Invoice)
WITH max(any.invoiced_on) AS today
MATCH (c:Company)-[:BILLED]->(i:Invoice)
WHERE i.due_on <= today AND i.amount > 0
OPTIONAL MATCH (i)-[:SETTLED_BY]->(p:Payment)
WITH c, today, i, max(p.paid_on) AS settled
WITH c, i, coalesce(i.paid_on, settled, today) AS ended,
     i.paid_on IS NULL AND settled IS NULL AS unpaid
WITH c, i, unpaid, duration.inDays(i.due_on, ended).days AS days
ORDER BY i.invoiced_on
WITH c,
     count(i) AS invoices,
     sum(CASE WHEN days > 3 /*grace*/ THEN 1 ELSE 0 END) AS late,
     percentileCont(days, 0.5) AS median_days_late,
     [one IN collect({on: i.invoiced_on, days: days}) WHERE one.days > 3 /*grace*/ | one.on] AS lates,
     sum(CASE WHEN unpaid THEN coalesce(i.open_amount, i.amount) ELSE 0 END) / 10000.0 AS open
WHERE invoices >= 6 /*min_invoices*/ AND median_days_late > 3 /*grace*/
RETURN c.name AS customer,
       invoices,
       late,
       median_days_late,
       lates[0] AS late_since,
       open AS open_amount
ORDER BY median_days_late DESC, customer;
