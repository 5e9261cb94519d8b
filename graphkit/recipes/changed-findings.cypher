// question: What is new, gone or changed between two runs of the findings?
// folder: Findings
// look: A finding that is new or has become an alert since you last looked comes first on Monday; one that is gone may be closed.
// returns: change, kind, about, beside, level_before, level_now, effect_before, effect_now, as_of
// param: earlier: number of the earlier telling; 0 for the one before the later
// param: later: number of the later telling; 0 for the last

MATCH (every:Told)
WITH max(every.telling) AS last
WITH CASE 0 /*later*/ WHEN 0 THEN last ELSE 0 /*later*/ END AS later
WITH later, CASE 0 /*earlier*/ WHEN 0 THEN later - 1 ELSE 0 /*earlier*/ END AS earlier
MATCH (t:Told)
WHERE t.telling IN [earlier, later]
WITH t.finding AS finding, later,
     head(collect(CASE t.telling WHEN earlier THEN t END)) AS before,
     head(collect(CASE t.telling WHEN later THEN t END)) AS now
WITH coalesce(now, before) AS one, before, now,
     CASE
       WHEN before IS NULL THEN 'new'
       WHEN now IS NULL THEN 'gone'
       WHEN before.level <> now.level THEN 'changed'
       WHEN before.low = before.high THEN  // certain: it may drift by a tenth
         CASE WHEN abs(now.effect - before.low) > 0.1 * abs(before.low) THEN 'changed' END
       WHEN now.effect < before.low OR now.effect > before.high THEN 'changed'
     END AS change
WHERE change IS NOT NULL
RETURN change,
       one.kind AS kind,
       one.about AS about,
       one.beside AS beside,
       before.level AS level_before,
       now.level AS level_now,
       before.effect AS effect_before,
       now.effect AS effect_now,
       one.as_of AS as_of
ORDER BY change, kind, about, beside;
