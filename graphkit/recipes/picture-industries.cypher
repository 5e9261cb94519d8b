// question: Which customers are in which industry?
// folder: Pictures
// look: How large each industry is, and customers that stand alone.
// returns: path

MATCH path = (c:Customer)-[:IN_INDUSTRY]->(i:Industry)
RETURN path
ORDER BY i.name, c.name
LIMIT 300;
