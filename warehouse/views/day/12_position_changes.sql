-- What moved in the stands. A reaffirmed stance is no change; a condition that appears beside support is
-- "conditioned", one that falls away in favour of support "unconditioned", any other new stance "shifted".
-- Severity by kind: a turn between support and opposition 0.9, another shift 0.75, a dispute 0.7, a
-- condition that comes or goes 0.6, a settled dispute 0.5, a new stand 0.45.
WITH compared AS (
  SELECT s.*, p.day AS previous_day, p.stance AS stance_before, p.position_id AS position_id_before,
    CASE WHEN p.day IS NULL THEN 'new'
         WHEN s.is_disputed AND NOT p.is_disputed THEN 'disputed'
         WHEN p.is_disputed AND NOT s.is_disputed THEN 'settled'
         WHEN s.is_disputed AND list_contains(p.stances_against, s.stance)
           AND list_contains(s.stances_against, p.stance) THEN NULL
         WHEN s.stance = p.stance THEN NULL
         WHEN s.stance = 'conditional' AND p.stance = 'supports' THEN 'conditioned'
         WHEN s.stance = 'supports' AND p.stance = 'conditional' THEN 'unconditioned'
         ELSE 'shifted' END AS kind
  FROM day_stands s LEFT JOIN day_previous_stands p USING (story, actor, issue)
)
SELECT ledger.change_id(day, story, actor || '/' || issue, kind) AS change_id, day, previous_day, story,
  actor, issue, kind, stance_before, position_id_before, stance AS stance_after,
  condition AS condition_after, position_id AS position_id_after,
  CASE kind
    WHEN 'shifted' THEN CASE WHEN stance <> 'conditional' AND stance_before <> 'conditional' THEN 0.9e0
                             ELSE 0.75e0 END
    WHEN 'disputed' THEN 0.7e0 WHEN 'conditioned' THEN 0.6e0 WHEN 'unconditioned' THEN 0.6e0
    WHEN 'settled' THEN 0.5e0 ELSE 0.45e0 END AS severity
FROM compared WHERE kind IS NOT NULL
ORDER BY severity DESC, story, actor, issue
