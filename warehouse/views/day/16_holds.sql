-- What is kept out of the day, and why.
SELECT DISTINCT p.day, h.record_kind, h.record_id, h.document_id, h.version, h.story, h.expectation,
  h.reason
FROM ledger.standing_holds h
JOIN ledger.placements p ON p.document_id = h.document_id AND p.version = h.version
  AND (h.story IS NULL OR h.story = p.story)
JOIN the_day t ON t.day = p.day
WHERE h.record_kind = 'document'
  OR EXISTS (SELECT 1 FROM ledger.figures f
             WHERE f.figure_id = h.record_id AND f.codebook_version = p.codebook_version)
  OR EXISTS (SELECT 1 FROM ledger.positions s
             WHERE s.position_id = h.record_id AND s.codebook_version = p.codebook_version)
  OR EXISTS (SELECT 1 FROM ledger.attendance a
             WHERE a.attendance_id = h.record_id AND a.codebook_version = p.codebook_version)
ORDER BY h.story, h.record_kind, h.record_id, h.expectation
