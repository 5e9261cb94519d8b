// question: Who leans to which process more than they used to?
// folder: Work
// look: A process whose share has doubled: capacity there is wanted next.
// returns: customer, process, share_before, share_recently, lines_recently
// param: months: how many months count as recent
// param: rise: least rise of the share, 0 to 1
// param: min_lines: least order lines in each period

MATCH (last:Order)
WHERE last.ordered_on IS NOT NULL
WITH max(last.ordered_on) - duration({months: 6 /*months*/}) AS since
MATCH (c:Customer)-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)-[:USES_PROCESS]->(p:Process)
WHERE coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  AND coalesce(l.status, '') <> 'cancelled'
WITH c, p,
     sum(CASE WHEN o.ordered_on > since THEN 1 ELSE 0 END) AS recent,
     sum(CASE WHEN o.ordered_on > since THEN 0 ELSE 1 END) AS past
WITH c, collect({process: p.name, recent: recent, past: past}) AS rows,
     sum(recent) AS all_recent, sum(past) AS all_past
WHERE all_recent >= 10 /*min_lines*/ AND all_past >= 10 /*min_lines*/
UNWIND rows AS row
WITH c, row, toFloat(row.past) / all_past AS before, toFloat(row.recent) / all_recent AS now
WHERE now - before >= 0.1 /*rise*/
RETURN c.name AS customer,
       row.process AS process,
       round(before, 3) AS share_before,
       round(now, 3) AS share_recently,
       row.recent AS lines_recently
ORDER BY now - before DESC, customer, process;
