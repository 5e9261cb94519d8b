// question: Who keeps opening mail on one topic, and may be planning something in it?
// folder: Interest
// look: One topic that makes up most of what a company reads, month after month, and more than one of its people.
// returns: company, topic, months, opens, clicks, share, people, level
// param: months: how many months back
// param: least: least months in which it was opened
// param: share: least share of all mail that the company opened, 0 to 1

MATCH (mail:Campaign)
WITH max(mail.sent_at) - duration({months: 12 /*months*/}) AS since
MATCH (c:Company)
CALL (c, since) {
  MATCH (c)<-[:WORKS_AT]-(p:Person)-[e:OPENED|CLICKED]->(m:Campaign)
  WHERE e.at > since
  WITH p, m,
       date.truncate('month', min(e.at)) AS month,
       max(CASE type(e) WHEN 'OPENED' THEN 1 ELSE 0 END) AS opened,
       sum(CASE type(e) WHEN 'CLICKED' THEN 1 ELSE 0 END) AS clicked
  ORDER BY p.name, p.id
  WITH collect({p: p, m: m, month: month, opened: opened, clicked: clicked}) AS acts,
       sum(opened) AS every
  UNWIND acts AS act
  WITH every, act, act.m AS m
  MATCH (m)-[:ABOUT]->(t:Topic)
  WITH every, t,
       count(DISTINCT act.month) AS months,
       sum(act.opened) AS opens,
       sum(act.clicked) AS clicks,
       collect(DISTINCT coalesce(act.p.name, act.p.id)) AS people
  WHERE months >= 3 /*least*/ AND opens >= 0.4 /*share*/ * every
  RETURN every, t, months, opens, clicks, people
}
OPTIONAL MATCH (f:Finding {kind: 'considering-growth'})-[:ABOUT]->(c)
WHERE EXISTS { (f)-[:ABOUT]->(t) }
RETURN c.name AS company,
       t.name AS topic,
       months,
       opens,
       clicks,
       CASE WHEN every > 0 THEN round(toFloat(opens) / every, 2) END AS share,
       people,
       f.level AS level
ORDER BY months DESC, opens DESC, company, topic;
