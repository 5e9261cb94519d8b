// question: By which chain are two companies connected, without going through us?
// folder: People and shows
// look: The shortest chain: each name in it is somebody to ask.
// returns: from, to, hops, chain
// param: from: part of the first company's name
// param: to: part of the second company's name; empty for any customer

MATCH (a:Company)
WHERE toLower(a.name) CONTAINS toLower('' /*from*/)
WITH a ORDER BY a.name LIMIT 1
MATCH path = SHORTEST 1 (a)
  (()-[edge:SUPPLIES|WORKS_ON|FOR_END_CUSTOMER|ATTENDED|USES_METHOD|FOLLOWS|LIKED|SHARED|WORKS_AT
       WHERE coalesce(edge.polarity, 'asserted') = 'asserted']-()){1,6}
  (b:Customer)
WHERE toLower(b.name) CONTAINS toLower('' /*to*/) AND b <> a
RETURN a.name AS from,
       b.name AS to,
       length(path) AS hops,
       [node IN nodes(path) | coalesce(node.name, node.series + ' ' + node.year, node.id)] AS chain
ORDER BY hops, to
LIMIT 25;
