// question: Who keeps opening mail on one topic, and may be planning something in it?
// folder: Interest
// look: One topic that makes up most of what a company reads, month after month, and more than one of its people.
// returns: company, topic, months, opens, clicks, share, people, level
// param: months: how many months back
// param: least: least months in which it was opened
// param: share: least share of all mail that the company opened, 0 to 1

MATCH (mail:Campaign)
WITH max(mail.sent_at) AS today
MATCH (c:Company)<-[:WORKS_AT]-(p:Person)-[e:OPENED|CLICKED]->(m:Campaign)
WHERE e.at > today - duration({months: 12 /*months*/})
WITH c, count(DISTINCT CASE WHEN type(e) = 'OPENED' THEN [p.id, m.id] END) AS every,
     collect({person: p, act: e, mail: m}) AS acts
UNWIND acts AS one
WITH c, every, one.person AS p, one.act AS e, one.mail AS m
MATCH (m)-[:ABOUT]->(t:Topic)
WITH c, every, t,
     count(DISTINCT date.truncate('month', date(e.at))) AS months,
     count(DISTINCT CASE WHEN type(e) = 'OPENED' THEN [p.id, m.id] END) AS opens,
     sum(CASE WHEN type(e) = 'CLICKED' THEN 1 ELSE 0 END) AS clicks,
     collect(DISTINCT coalesce(p.name, p.id)) AS people
WHERE months >= 3 /*least*/ AND opens >= 0.4 /*share*/ * every
OPTIONAL MATCH (f:Finding {kind: 'considering-growth'})-[:ABOUT]->(c)
WHERE EXISTS { (f)-[:ABOUT]->(t) }
UNWIND people AS person
WITH c, t, months, opens, clicks, every, f.level AS level, person ORDER BY person
RETURN c.name AS company,
       t.name AS topic,
       months,
       opens,
       clicks,
       round(toFloat(opens) / every, 2) AS share,
       collect(person) AS people,
       level
ORDER BY months DESC, opens DESC, company, topic;
