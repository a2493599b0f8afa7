-- The stand of each actor on each issue, with the words that carry it. Disputed as readings are.
WITH opposed AS (
  SELECT story, actor, issue, stance, count(DISTINCT voice_id) AS texts
  FROM day_stance_sides WHERE side = 'against' GROUP BY story, actor, issue, stance
),
against AS (
  SELECT story, actor, issue, list(stance ORDER BY texts DESC, stance) AS stances_against
  FROM opposed GROUP BY story, actor, issue
),
counted AS (
  SELECT story, actor, issue, count(DISTINCT voice_id) AS texts_against
  FROM day_stance_sides WHERE side = 'against' GROUP BY story, actor, issue
)
SELECT t.day, s.story, s.actor, s.issue, s.stance, w.condition, w.position_id, s.texts, s.outlets,
  coalesce(n.texts_against, 0) > 0
    AND coalesce(n.texts_against, 0) >= s.dispute_share * s.texts AS is_disputed,
  coalesce(a.stances_against, []::VARCHAR[]) AS stances_against, w.codebook_version
FROM day_stances s
JOIN day_stance_sides w USING (story, actor, issue, stance)
LEFT JOIN against a USING (story, actor, issue)
LEFT JOIN counted n USING (story, actor, issue), the_day t
WHERE s.place = 1 AND w.rank = 1
ORDER BY s.story, s.actor, s.issue
