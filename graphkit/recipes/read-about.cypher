// question: Who is reading about what lately, in mail and on our pages?
// folder: Interest
// look: Several kinds of reading about one topic in few weeks; openings alone may be machines.
// returns: company, topic, opens, clicks, visits, last_on
// param: months: how many months back
// param: topic: part of the topic's name; empty for all

CALL () {
  MATCH (mail:Campaign)
  RETURN max(mail.sent_at) AS today
}
WITH today - duration({months: 6 /*months*/}) AS since
CALL (since) {
  MATCH (t:Topic)<-[:ABOUT]-(m:Campaign)<-[e:OPENED|CLICKED]-(p:Person)-[:WORKS_AT]->(c:Company)
  WHERE e.at > since AND toLower(t.name) CONTAINS toLower('' /*topic*/)
  RETURN c, t,
         sum(CASE WHEN type(e) = 'OPENED' THEN 1 ELSE 0 END) AS opened,
         sum(CASE WHEN type(e) = 'CLICKED' THEN 1 ELSE 0 END) AS clicked,
         0 AS visited, date(max(e.at)) AS last
  UNION ALL
  MATCH (t:Topic)<-[:ABOUT]-(page:Page)<-[v:VISITED]-(c:Company)
  WHERE v.on > date(since) AND toLower(t.name) CONTAINS toLower('' /*topic*/)
  RETURN c, t, 0 AS opened, 0 AS clicked, count(v) AS visited, max(v.on) AS last
}
RETURN c.name AS company,
       t.name AS topic,
       sum(opened) AS opens,
       sum(clicked) AS clicks,
       sum(visited) AS visits,
       max(last) AS last_on
ORDER BY clicks + visits DESC, opens DESC, company, topic;
