// question: Who orders parts of which material, or of a kind such as stainless steel?
// folder: Work
// look: A material that one customer has begun to order: more of it may follow.
// returns: customer, kind, materials, lines, share, first_ordered, last_ordered
// param: kind: a material or a kind of material, such as steel; empty for the widest kinds

MATCH (kind:Material)
WHERE toLower(kind.name) = toLower('' /*kind*/)
   OR ('' /*kind*/ = '' AND NOT EXISTS { (kind)-[:KIND_OF]->() })
MATCH (kind)<-[:KIND_OF*0..9]-(m:Material)<-[:IN_MATERIAL]-(l:OrderLine)
MATCH (l)<-[:HAS_LINE]-(o:Order)<-[:PLACED]-(c:Customer)
WHERE coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  AND coalesce(l.status, '') <> 'cancelled'
WITH c, kind, m, count(l) AS lines, min(o.ordered_on) AS first, max(o.ordered_on) AS last
ORDER BY lines DESC, m.name
WITH c, kind, collect(m.name) AS materials, sum(lines) AS lines, min(first) AS first, max(last) AS last
WITH c, collect({kind: kind, materials: materials, lines: lines, first: first, last: last}) AS kinds
CALL (c) {
  MATCH (c)-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)
  WHERE coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
    AND coalesce(l.status, '') <> 'cancelled'
  RETURN count(l) AS all_lines
}
UNWIND kinds AS one
RETURN c.name AS customer, one.kind.name AS kind, one.materials AS materials, one.lines AS lines,
       round(toFloat(one.lines) / all_lines, 3) AS share,
       one.first AS first_ordered, one.last AS last_ordered
ORDER BY lines DESC, customer, kind;
