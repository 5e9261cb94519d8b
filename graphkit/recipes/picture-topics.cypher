// question: Who clicks mail on which topic?
// folder: Pictures
// look: One topic with many people of one company around it: something is planned there.
// returns: path
// param: topic: part of the topic's name; empty for all
// param: days: how many days before the last click

MATCH (:Person)-[every:CLICKED]->(:Campaign)
WITH max(every.at) AS last
MATCH path = (:Company)<-[:WORKS_AT]-(:Person)-[e:CLICKED]->(:Campaign)-[:ABOUT]->(t:Topic)
WHERE toLower(t.name) CONTAINS toLower('' /*topic*/)
  AND e.at >= last - duration({days: 90 /*days*/})
RETURN path
ORDER BY e.at DESC, t.name
LIMIT 200;
