-- The stand of each actor on each issue, with the words that carry it. Disputed as readings are. A reaffirmed
-- stance is no change; a condition that appears beside support is "conditioned", one that falls away in favour
-- of support "unconditioned", any other new stance "shifted". Where nothing changed the earlier stance stands.
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
),
stood AS (
  SELECT t.day, s.story, s.actor, s.issue, s.stance, w.condition, w.position_id, s.texts, s.outlets,
    coalesce(n.texts_against, 0) > 0
      AND coalesce(n.texts_against, 0) >= s.dispute_share * s.texts AS is_disputed,
    coalesce(a.stances_against, []::VARCHAR[]) AS stances_against, w.codebook_version
  FROM day_stances s
  JOIN day_stance_sides w USING (story, actor, issue, stance)
  LEFT JOIN against a USING (story, actor, issue)
  LEFT JOIN counted n USING (story, actor, issue), the_day t
  WHERE s.place = 1 AND w.rank = 1
),
compared AS (
  SELECT s.*, p.day AS before_day, p.stance AS before_stance, p.position_id AS before_position_id,
    CASE WHEN p.day IS NULL THEN 'new'
         WHEN s.is_disputed AND NOT p.is_disputed THEN 'disputed'
         WHEN p.is_disputed AND NOT s.is_disputed THEN 'settled'
         WHEN s.is_disputed AND (s.stance = p.last_stance OR list_contains(p.stances_against, s.stance))
           AND (s.stance = p.stance OR list_contains(s.stances_against, p.stance)) THEN NULL
         WHEN s.stance = p.stance THEN NULL
         WHEN s.stance = 'conditional' AND p.stance = 'supports' THEN 'conditioned'
         WHEN s.stance = 'supports' AND p.stance = 'conditional' THEN 'unconditioned'
         ELSE 'shifted' END AS kind
  FROM stood s LEFT JOIN day_previous_stands p USING (story, actor, issue)
)
SELECT *, CASE WHEN kind IS NULL THEN before_stance END AS standing_stance
FROM compared
ORDER BY story, actor, issue
