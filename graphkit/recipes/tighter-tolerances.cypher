// question: Who asks for tighter tolerances from year to year?
// folder: Work
// look: Figures that fall from year to year: can your machines and gauges hold the next one?
// returns: customer, years, median_mm
// param: min_lines: least order lines with a tolerance in a year

MATCH (c:Customer)-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)
WHERE coalesce(o.status, '') <> 'cancelled' AND NOT EXISTS { (o)-[:REPEATS]->() }
  AND coalesce(l.status, '') <> 'cancelled'
OPTIONAL MATCH (l)-[said:MENTIONS {entity: 'TOLERANCE', polarity: 'asserted'}]->(:Value)
WITH c, o, l, coalesce(l.tolerance, min(said.value)) AS tolerance
WHERE tolerance IS NOT NULL
WITH c, o.ordered_on.year AS year, count(l) AS lines, percentileCont(tolerance, 0.5) AS median
WHERE lines >= 5 /*min_lines*/
ORDER BY year
WITH c, collect(year) AS years, collect(round(median, 5)) AS medians
WHERE size(years) >= 2
  AND all(at IN range(1, size(medians) - 1) WHERE medians[at] < medians[at - 1])
RETURN c.name AS customer, years, medians AS median_mm
ORDER BY medians[-1] / medians[0], customer;
