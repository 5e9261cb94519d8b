// question: Which customers are alike?
// folder: Pictures
// look: The clusters, and customers that lie in none.
// returns: member, joined, cluster
// param: least: least share of repetitions in which a member was there, 0 to 1

MATCH (c:Customer)
OPTIONAL MATCH (c)-[i:IN_CLUSTER]->(k:Cluster)
WHERE i.strength >= 0.5 /*least*/
RETURN c AS member, i AS joined, k AS cluster
ORDER BY k.name, c.name
LIMIT 300;
