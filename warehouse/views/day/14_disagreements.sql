-- Each figure or position that stands against the day's reading or stand, however few they are.
SELECT t.day, s.story, 'figure' AS subject_kind, s.indicator AS subject, s.outlet, s.document_id,
  s.figure_id AS record_id, s.voice_id, s.value, NULL::VARCHAR AS stance, s.reading_value,
  NULL::VARCHAR AS stand_stance
FROM day_sides s, the_day t WHERE s.series = '' AND s.side = 'against'
UNION ALL
SELECT t.day, s.story, 'position', s.actor || '/' || s.issue, s.outlet, s.document_id, s.position_id,
  s.voice_id, NULL, s.stance, NULL, s.stand_stance
FROM day_stance_sides s, the_day t WHERE s.side = 'against'
ORDER BY 2, 3, 4, 9, 10, 5, 7
