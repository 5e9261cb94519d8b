// question: What did graphkit find, about whom, and what should we do?
// folder: Findings
// look: Alerts first; the advice says what to do next.
// returns: level, kind, about, statement, advice, effect, unit, as_of
// param: level: alert, watch or cannot-tell; empty for all

MATCH (f:Finding)-[:ABOUT {role: 'subject'}]->(subject)
WHERE 'alert' /*level*/ = '' OR f.level = 'alert' /*level*/
RETURN f.level AS level,
       f.kind AS kind,
       subject.name AS about,
       f.statement AS statement,
       f.advice AS advice,
       f.effect AS effect,
       f.unit AS unit,
       f.as_of AS as_of
ORDER BY level, kind, about;
