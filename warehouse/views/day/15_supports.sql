-- The words that agree with each reading and stand, those that carry it first.
SELECT t.day, s.story, 'figure' AS subject_kind, s.indicator AS subject, s.figure_id AS record_id,
  s.document_id, s.voice_id,
  row_number() OVER (
    PARTITION BY s.story, s.indicator
    ORDER BY s.figure_id <> s.reading_id, s.spread, s.document_id <> s.voice_id, s.published_at DESC,
      s.figure_id)::INTEGER AS rank
FROM day_sides s, the_day t WHERE s.series = '' AND s.side = 'for'
UNION ALL
SELECT t.day, s.story, 'position', s.actor || '/' || s.issue, s.position_id, s.document_id, s.voice_id,
  s.rank::INTEGER
FROM day_stance_sides s, the_day t WHERE s.side = 'for'
ORDER BY 2, 3, 4, 8
