// question: Who works on what, with which new method?
// folder: Work
// look: Customers on projects with a method that you have, or want to have.
// returns: customer, method, project, said_on, said_by
// param: method: part of the method's name; empty for all

CALL () {
  MATCH (c:Company)-[:WORKS_ON]->(p:Project)-[u:USES_METHOD]->(m:Method)
  WHERE u.polarity = 'asserted'
  RETURN c, m, p.name AS project, u
  UNION ALL
  MATCH (c:Company)-[u:USES_METHOD]->(m:Method)
  WHERE u.polarity = 'asserted'
  RETURN c, m, null AS project, u
}
WITH c, m, project, u
WHERE toLower(m.name) CONTAINS toLower('' /*method*/)
RETURN c.name AS customer,
       m.name AS method,
       head(collect(project)) AS project,
       u.on AS said_on,
       coalesce(u.sentence, 'a column of an export') AS said_by
ORDER BY customer, method, said_on, said_by;
