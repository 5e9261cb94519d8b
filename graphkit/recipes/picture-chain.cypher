// question: By which chains do we reach a company?
// folder: Pictures
// look: A colleague at one end: who talked to whom, and who works where.
// returns: path
// param: to: part of the company's name; the first by name is shown

MATCH (c:Company)
WHERE toLower(c.name) CONTAINS toLower('' /*to*/)
WITH c ORDER BY c.is_customer DESC, c.name LIMIT 1
MATCH (us:Employee)
MATCH path = shortestPath((us)-[:TALKED_TO|KNOWS|OWNED_BY|WORKS_AT|ATTENDED|SUPPLIES|FOLLOWS*..6]-(c))
WHERE all(edge IN relationships(path) WHERE coalesce(edge.polarity, 'asserted') = 'asserted')
RETURN path
ORDER BY length(path), us.name
LIMIT 25;
