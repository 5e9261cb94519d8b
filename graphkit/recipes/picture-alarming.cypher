// question: What is alarming, and whom does it concern?
// folder: Pictures
// look: A company with several red findings around it, and findings that share an industry.
// returns: path
// param: level: alert, watch or cannot-tell

MATCH path = (f:Finding {level: 'alert' /*level*/})-[:ABOUT]->(subject)
RETURN path
ORDER BY f.kind, f.id
LIMIT 300;
