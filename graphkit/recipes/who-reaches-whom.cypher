// question: Through which customers would word reach most of the others?
// folder: People and shows
// look: Few customers with many ties: new things are shown to them first.
// returns: customer, reaches, by_posts, by_shows, by_end_customers, such_as
// param: shared: most companies at a show for its visitors to have met

CALL () {
  MATCH (c:Customer)<-[:FOLLOWS|LIKED|SHARED]-(d:Customer)
  RETURN c, d, 'posts' AS by
  UNION
  MATCH (s:TradeShow)<-[a:ATTENDED]-(who)
  WHERE a.polarity = 'asserted'
  OPTIONAL MATCH (who)-[:WORKS_AT]->(employer:Customer)
  WITH s, coalesce(employer, CASE WHEN who:Customer THEN who END) AS one
  WITH s, collect(DISTINCT one) AS there
  WHERE size(there) <= 20 /*shared*/
  UNWIND there AS c
  UNWIND there AS d
  RETURN c, d, 'shows' AS by
  UNION
  MATCH (c:Customer)-[s:SUPPLIES]->(:Company)<-[t:SUPPLIES]-(d:Customer)
  WHERE s.polarity = 'asserted' AND t.polarity = 'asserted'
  RETURN c, d, 'end customers' AS by
}
WITH c, d, by
WHERE c <> d
WITH c, d, collect(by) AS by ORDER BY d.name
RETURN c.name AS customer,
       count(d) AS reaches,
       sum(CASE WHEN 'posts' IN by THEN 1 ELSE 0 END) AS by_posts,
       sum(CASE WHEN 'shows' IN by THEN 1 ELSE 0 END) AS by_shows,
       sum(CASE WHEN 'end customers' IN by THEN 1 ELSE 0 END) AS by_end_customers,
       collect(d.name)[..3] AS such_as
ORDER BY reaches DESC, customer;
