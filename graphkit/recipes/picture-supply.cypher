// question: Who supplies whom, as far as it is known?
// folder: Pictures
// look: An end customer between several of your customers: they depend on the same orders.
// returns: path
// param: company: part of a name of either side; empty for all

MATCH path = (c:Company)-[s:SUPPLIES]->(e:Company)
WHERE s.polarity = 'asserted'
  AND (toLower(c.name) CONTAINS toLower('' /*company*/) OR toLower(e.name) CONTAINS toLower('' /*company*/))
RETURN path
ORDER BY e.name, c.name
LIMIT 300;
