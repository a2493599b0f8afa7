-- The readings of the revised days beside the figures that carry them.
SELECT r.day || ' ' || r.story || ' ' || r.indicator AS reading_id, r.value, r.value_low, r.value_high,
  r.qualifier, r.indicator, r.texts, r.outlets, f.value AS figure_value, f.qualifier AS figure_qualifier,
  f.indicator AS figure_indicator,
  f.figure_id IS NULL OR coalesce(p.is_held, false)
    OR EXISTS (SELECT 1 FROM ledger.standing_holds h WHERE h.record_kind = 'figure' AND h.record_id = r.figure_id)
    AS is_held,
  substr(d.text, f.evidence_start + 1, f.evidence_end - f.evidence_start) = f.evidence AS is_verbatim,
  p.day = r.day AS is_of_day,
  (SELECT count(*) FROM ledger.supports s WHERE s.day = r.day AND s.revision = r.revision AND s.story = r.story
     AND s.subject_kind = 'figure' AND s.subject = r.indicator) AS supports
FROM ledger.readings r
JOIN revised v USING (day, revision)
LEFT JOIN ledger.figures f ON f.figure_id = r.figure_id AND f.codebook_version = r.codebook_version
LEFT JOIN ledger.documents d ON d.document_id = f.document_id AND d.version = f.version
LEFT JOIN ledger.placements p
  ON p.document_id = f.document_id AND p.version = f.version AND p.story = r.story
ORDER BY reading_id
