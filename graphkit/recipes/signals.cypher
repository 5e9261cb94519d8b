// question: What do people say of how customers are doing: slow to pay, ordering less, expanding?
// folder: People and shows
// look: What is meant: negated, hedged and past statements are shown as such, and say the opposite or little.
// returns: company, signal, meant, said_on, sentence, text
// param: signal: part of the signal's name, such as slow or orders; empty for all
// param: since: the first day, such as 2025-06-01

MATCH (c:Company)-[h:HAS_SIGNAL]->(s:Signal)
WHERE toLower(s.name) CONTAINS toLower('' /*signal*/) AND h.on >= date('1900-01-01' /*since*/)
RETURN c.name AS company,
       s.name AS signal,
       h.polarity AS meant,
       h.on AS said_on,
       h.sentence AS sentence,
       h.text_id AS text
ORDER BY said_on DESC, company, signal;
