// question: Where is volume going, and will the capacity of each process hold?
// folder: Work
// look: A process that grows, with a busiest month near what its machines can give.
// returns: process, hours_a_month_before, hours_a_month_recently, growth, busiest_month, most_hours, capacity, level, forecast
// param: months: how many whole months count as recent; as many of a year before are compared
// param: process: part of the process's name; empty for all
// param: capacity: stated machine hours a month of that process; 0 where none is

MATCH (any:Order)
WITH date.truncate('month', max(any.ordered_on) + duration({days: 1})) AS until
WITH until, until - duration({months: 6 /*months*/}) AS since
MATCH (p:Process)<-[:USES_PROCESS]-(l:OrderLine)<-[:HAS_LINE]-(o:Order)
WHERE toLower(p.name) CONTAINS toLower('' /*process*/) AND o.ordered_on < until
  AND o.ordered_on >= since - duration({months: 12})
  AND coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  AND coalesce(l.status, '') <> 'cancelled'
WITH p, since, until, date.truncate('month', l.ordered_on) AS month,
     sum(l.minutes * l.quantity) / 60 AS hours
ORDER BY hours DESC, month
WITH p, collect({month: month, hours: hours})[0] AS busiest,
     sum(CASE WHEN month >= since THEN hours ELSE 0 END) / 6 /*months*/ AS now,
     sum(CASE WHEN month < until - duration({months: 12}) THEN hours ELSE 0 END)
       / 6 /*months*/ AS before
OPTIONAL MATCH (f:Finding {kind: 'capacity-risk'})-[:ABOUT {role: 'subject'}]->(p)
RETURN p.name AS process,
       round(before, 1) AS hours_a_month_before,
       round(now, 1) AS hours_a_month_recently,
       CASE WHEN before > 0 THEN round(now / before - 1, 2) END AS growth,
       busiest.month AS busiest_month,
       round(busiest.hours, 1) AS most_hours,
       CASE WHEN 0 /*capacity*/ > 0 THEN 0 /*capacity*/ END AS capacity,
       f.level AS level,
       f.statement AS forecast
ORDER BY growth DESC, process;
