// question: Who meets at trade shows?
// folder: Pictures
// look: Shows at which several customers and prospects are: one journey, many talks.
// returns: path
// param: since: first year

CALL () {
  MATCH path = (:Company)-[a:ATTENDED]->(s:TradeShow)
  WHERE a.polarity = 'asserted'
  RETURN path, s
  UNION ALL
  MATCH path = (:Company)<-[:WORKS_AT]-(:Person)-[a:ATTENDED]->(s:TradeShow)
  WHERE a.polarity = 'asserted'
  RETURN path, s
}
WITH path, s
WHERE s.year >= 2000 /*since*/
RETURN path
ORDER BY s.year DESC, s.series
LIMIT 300;
