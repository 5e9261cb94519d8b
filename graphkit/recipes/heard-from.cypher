// question: Who began to read about a topic soon after a company that it is in contact with did?
// folder: Interest
// look: Companies that follow each other and take up a topic one after the other: the next one may be reached through the first.
// returns: company, topic, began_on, heard_from, that_began_on, days
// param: topic: part of the topic's name; empty for all
// param: days: most days between the two

CALL () {
  MATCH (t:Topic)<-[:ABOUT]-(:Campaign)<-[e:CLICKED]-(:Person)-[:WORKS_AT]->(c:Company)
  RETURN t, c, date(e.at) AS on
  UNION ALL
  MATCH (t:Topic)<-[:ABOUT]-(:Page)<-[v:VISITED]-(c:Company)
  RETURN t, c, v.on AS on
}
WITH t, c, on
WHERE toLower(t.name) CONTAINS toLower('' /*topic*/)
WITH t, c, min(on) AS began
WITH t, collect({one: c, began: began}) AS readers
UNWIND readers AS later
WITH t, later, [sooner IN readers
                WHERE sooner.began < later.began
                  AND date(sooner.began) + duration({days: 92 /*days*/}) >= later.began
                | sooner] AS sooner
UNWIND sooner AS before
WITH t, later.one AS c, later.began AS began, before.one AS d, before.began AS earlier
WHERE EXISTS { (c)-[:FOLLOWS|LIKED|SHARED]->(d) }
   OR EXISTS { (c)-[:WORKS_ON]->(:Project)-[:FOR_END_CUSTOMER]->(d) }
   OR EXISTS { (d)-[:WORKS_ON]->(:Project)-[:FOR_END_CUSTOMER]->(c) }
RETURN c.name AS company,
       t.name AS topic,
       began AS began_on,
       d.name AS heard_from,
       earlier AS that_began_on,
       duration.inDays(earlier, began).days AS days
ORDER BY days, company, topic, heard_from;
