// question: Who pays late, and since when?
// folder: Money
// look: Customers that were punctual and are late since a certain day, more than those that always were.
// returns: customer, invoices, late, median_days_late, late_since, open_amount, currency
// param: grace: days after the due date that do not count
// param: min_invoices: least invoices that were due

MATCH (any:Invoice)
WHERE any.invoiced_on IS NOT NULL
WITH max(any.invoiced_on) AS today
MATCH (c:Company)-[:BILLED]->(i:Invoice)
WHERE i.due_on <= today AND i.amount > 0 AND NOT EXISTS { (i)-[:REPEATS]->() }
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
OPTIONAL MATCH (i)-[between:PAID_BETWEEN]->(:Balance)
CALL (i) {
  OPTIONAL MATCH (i)-[:HAD_OPEN]->(list:Balance)
  RETURN max(list.on) AS seen
}
WITH c, i, i.amount - credited AS due, paid, coalesce(seen, today) AS until,
     coalesce(i.paid_on, told,
              CASE WHEN paid >= i.amount - credited - 100 OR i.open_amount < 100 THEN last END,
              between.after + duration({days: 1})) AS ended
// What was credited as a whole is neither paid nor late; of what is paid on an unknown day nothing is known.
WHERE due >= 100 AND (ended IS NOT NULL OR coalesce(i.open_amount, due) >= 100)
WITH c, i, ended IS NULL AS unpaid, due - paid AS left,
     duration.inDays(i.due_on, coalesce(ended, until)).days AS days
ORDER BY i.invoiced_on
WITH c, i.currency AS currency,
     count(i) AS invoices,
     sum(CASE WHEN days > 3 /*grace*/ THEN 1 ELSE 0 END) AS late,
     percentileCont(days, 0.5) AS median_days_late,
     [one IN collect({on: i.invoiced_on, days: days}) WHERE one.days > 3 /*grace*/ | one.on] AS lates,
     sum(CASE WHEN NOT unpaid THEN 0 WHEN i.open_amount < left THEN i.open_amount ELSE left END)
       / 10000.0 AS open
WHERE invoices >= 6 /*min_invoices*/ AND median_days_late > 3 /*grace*/
RETURN c.name AS customer,
       invoices,
       late,
       median_days_late,
       lates[0] AS late_since,
       open AS open_amount,
       currency
ORDER BY median_days_late DESC, customer;
