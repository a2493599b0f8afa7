-- What moved in the stands. Severity by kind: a turn between support and opposition 0.9, another shift 0.75, a
-- dispute 0.7, a condition that comes or goes 0.6, a settled dispute 0.5, a new stand 0.45.
SELECT ledger.change_id(day, story, actor || '/' || issue, kind) AS change_id, day,
  before_day AS previous_day, story, actor, issue, kind, before_stance AS stance_before,
  before_position_id AS position_id_before, stance AS stance_after, condition AS condition_after,
  position_id AS position_id_after,
  CASE kind
    WHEN 'shifted' THEN CASE WHEN stance <> 'conditional' AND before_stance <> 'conditional' THEN 0.9e0
                             ELSE 0.75e0 END
    WHEN 'disputed' THEN 0.7e0 WHEN 'conditioned' THEN 0.6e0 WHEN 'unconditioned' THEN 0.6e0
    WHEN 'settled' THEN 0.5e0 ELSE 0.45e0 END AS severity
FROM day_stands WHERE kind IS NOT NULL
ORDER BY severity DESC, story, actor, issue
