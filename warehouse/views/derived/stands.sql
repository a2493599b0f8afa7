-- The stands of the revised days beside the positions that carry them.
SELECT r.day || ' ' || r.story || ' ' || r.actor || '/' || r.issue AS stand_id, r.stance, r.condition, r.texts,
  r.outlets, f.stance AS position_stance, f.evidence,
  f.position_id IS NULL OR coalesce(p.is_held, false)
    OR EXISTS (SELECT 1 FROM ledger.standing_holds h
               WHERE h.record_kind = 'position' AND h.record_id = r.position_id) AS is_held,
  substr(d.text, f.evidence_start + 1, f.evidence_end - f.evidence_start) = f.evidence AS is_verbatim,
  p.day = r.day AS is_of_day,
  (SELECT count(*) FROM ledger.supports s WHERE s.day = r.day AND s.revision = r.revision AND s.story = r.story
     AND s.subject_kind = 'position' AND s.subject = r.actor || '/' || r.issue) AS supports
FROM ledger.stands r
JOIN revised v USING (day, revision)
LEFT JOIN ledger.positions f ON f.position_id = r.position_id AND f.codebook_version = r.codebook_version
LEFT JOIN ledger.documents d ON d.document_id = f.document_id AND d.version = f.version
LEFT JOIN ledger.placements p
  ON p.document_id = f.document_id AND p.version = f.version AND p.story = r.story
ORDER BY stand_id
