// question: Which customers belong together, and how firmly?
// folder: Customers
// look: Members with a firmness near 1 are typical; those far below lie between two clusters.
// returns: cluster, stability, members, firmness
// param: least: least share of repetitions in which a member was there, 0 to 1

MATCH (c:Customer)-[i:IN_CLUSTER]->(k:Cluster)
WHERE i.strength >= 0.0 /*least*/
WITH k, c, i ORDER BY i.strength DESC, c.name
RETURN k.name AS cluster,
       round(k.stability, 2) AS stability,
       collect(c.name) AS members,
       collect(round(i.strength, 2)) AS firmness
ORDER BY stability DESC, cluster;
