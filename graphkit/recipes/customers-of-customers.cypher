// question: Who are our customers' customers, and how do we know?
// folder: Customers
// look: The same end customer behind several of your customers: their orders will rise and fall together.
// returns: customer, end_customer, said_by, first_said, confidence
// param: confidence: least confidence, 0 to 1

CALL () {
  MATCH (c:Company)-[s:SUPPLIES]->(e:Company)
  WHERE s.polarity = 'asserted' AND s.confidence >= 0.5 /*confidence*/ AND c <> e
  RETURN c, e, coalesce(s.sentence, 'a column of an export') AS said_by, s.on AS said,
         s.confidence AS sure
  UNION ALL
  MATCH (c:Company)-[:WORKS_ON]->(p:Project)-[:FOR_END_CUSTOMER]->(e:Company)
  WHERE c <> e
  RETURN c, e, 'project ' + p.name AS said_by, p.started_on AS said, 1.0 AS sure
}
WITH c, e, said_by, said, sure ORDER BY said, said_by
RETURN c.name AS customer,
       e.name AS end_customer,
       collect(DISTINCT said_by)[..3] AS said_by,
       min(said) AS first_said,
       max(sure) AS confidence
ORDER BY customer, end_customer;
