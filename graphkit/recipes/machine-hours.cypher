// question: How many machine hours a month does each process take, and where is it going?
// folder: Work
// look: A process whose hours grow month by month, beside what your machines can give.
// returns: process, month, hours, lots
// param: months: how many months back

MATCH (last:Order)
WHERE last.ordered_on IS NOT NULL
WITH max(last.ordered_on) AS today
MATCH (o:Order)-[:HAS_LINE]->(l:OrderLine)-[:USES_PROCESS]->(p:Process)
WHERE o.ordered_on > today - duration({months: 24 /*months*/}) AND l.minutes IS NOT NULL
  AND coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  AND coalesce(l.status, '') <> 'cancelled'
RETURN p.name AS process,
       date.truncate('month', l.ordered_on) AS month,
       round(sum(l.minutes * l.quantity) / 60, 1) AS hours,
       count(l) AS lots
ORDER BY process, month;
