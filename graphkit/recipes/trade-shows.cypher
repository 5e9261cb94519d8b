// question: Who was at which trade show, and who was said not to be?
// folder: People and shows
// look: Customers and prospects at the same show: meet them there next time.
// returns: show, year, who, company, was_there, said_on, sentence
// param: show: part of the show's name; empty for all

MATCH (who)-[a:ATTENDED]->(s:TradeShow)
WHERE toLower(s.series) CONTAINS toLower('' /*show*/)
OPTIONAL MATCH (who)-[:WORKS_AT]->(employer:Company)
RETURN s.series AS show,
       s.year AS year,
       coalesce(who.name, a.from_id) AS who,
       coalesce(employer.name, CASE WHEN who:Company THEN who.name END) AS company,
       CASE WHEN a.polarity = 'asserted' THEN 'yes' ELSE a.polarity END AS was_there,
       a.on AS said_on,
       a.sentence AS sentence
ORDER BY show, year, was_there DESC, who, said_on;
