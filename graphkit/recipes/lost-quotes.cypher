// question: Who asks us for quotes, what do we win, and why do we lose the rest?
// folder: Orders
// look: A customer that still asks and no longer buys, and the reason that comes up most.
// returns: customer, process, quotes, won, lost, win_rate, reasons
// param: months: how many months back
// param: min_quotes: least quotes

MATCH (any:Quote)
WHERE any.quoted_on IS NOT NULL
WITH max(any.quoted_on) AS today
MATCH (c:Company)-[:QUOTED]->(q:Quote)
WHERE q.quoted_on > today - duration({months: 12 /*months*/})
  AND coalesce(q.status, '') <> 'cancelled' AND NOT EXISTS { (q)-[:REPEATS]->() }
OPTIONAL MATCH (q)-[:FOR_PROCESS]->(p:Process)
WITH c, p.name AS process, q ORDER BY q.reason
WITH c, process,
     count(q) AS quotes,
     sum(CASE WHEN q.status = 'won' THEN 1 ELSE 0 END) AS won,
     sum(CASE WHEN q.status = 'lost' THEN 1 ELSE 0 END) AS lost,
     collect(DISTINCT CASE WHEN q.status = 'lost' THEN q.reason END) AS reasons
WHERE quotes >= 3 /*min_quotes*/
RETURN c.name AS customer,
       process,
       quotes,
       won,
       lost,
       CASE WHEN won + lost > 0 THEN round(toFloat(won) / (won + lost), 2) END AS win_rate,
       reasons
ORDER BY lost DESC, customer, process;
