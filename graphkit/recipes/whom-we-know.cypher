// question: Whom of us do people at a company know, and when did we last talk?
// folder: People and shows
// look: Somebody of us who talked to them lately can introduce the others.
// returns: company, person, title, employee, connected_on, last_talk, talks
// param: company: part of the company's name; empty for all

MATCH (p:Person)-[:WORKS_AT]->(c:Company)
WHERE toLower(c.name) CONTAINS toLower('' /*company*/)
MATCH (p)<-[:KNOWS|TALKED_TO]-(e:Employee)
WITH DISTINCT c, p, e
OPTIONAL MATCH (e)-[k:KNOWS]->(p)
WITH c, p, e, min(k.on) AS connected_on
OPTIONAL MATCH (e)-[t:TALKED_TO]->(p)
RETURN c.name AS company,
       coalesce(p.name, p.email, p.id) AS person,
       p.title AS title,
       e.name AS employee,
       connected_on,
       max(t.on) AS last_talk,
       count(t) AS talks
ORDER BY company, person, employee;
