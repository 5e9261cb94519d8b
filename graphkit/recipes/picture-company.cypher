// question: What surrounds one company?
// folder: Pictures
// look: What it makes, for whom, with whom of ours it talks, and what was found about it.
// returns: path
// param: company: part of its name; the first by name is shown

MATCH (c:Company)
WHERE toLower(c.name) CONTAINS toLower('' /*company*/)
WITH c ORDER BY c.is_customer DESC, c.name LIMIT 1
MATCH path = (c)-[r:IN_INDUSTRY|OWNED_BY|PART_OF|SUPPLIES|USES_METHOD|ATTENDED|WORKS_ON|FOR_END_CUSTOMER|IN_CLUSTER|FOLLOWS|LIKED|SHARED|WORKS_AT|ABOUT]-(other)
WHERE coalesce(r.polarity, 'asserted') = 'asserted'
RETURN path
ORDER BY type(r), coalesce(other.name, other.id)
LIMIT 200;
