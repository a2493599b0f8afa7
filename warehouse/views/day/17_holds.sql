-- What is kept out of the day, and why.
WITH kept_out AS (
  SELECT p.day, p.codebook_version, h.record_kind, h.record_id, h.document_id, h.version, h.story,
    h.expectation, h.reason
  FROM ledger.standing_holds h
  JOIN ledger.placements p ON p.document_id = h.document_id AND p.version = h.version
    AND (h.story IS NULL OR h.story = p.story)
  JOIN the_day t ON t.day = p.day
),
records AS (
  SELECT figure_id AS record_id, codebook_version FROM ledger.figures
  SEMI JOIN kept_out k ON k.record_id = figure_id
  UNION ALL
  SELECT position_id, codebook_version FROM ledger.positions SEMI JOIN kept_out k ON k.record_id = position_id
  UNION ALL
  SELECT attendance_id, codebook_version FROM ledger.attendance
  SEMI JOIN kept_out k ON k.record_id = attendance_id
)
SELECT DISTINCT k.* EXCLUDE (codebook_version)
FROM kept_out k
WHERE k.record_kind IN ('document', 'link') OR EXISTS (
  SELECT 1 FROM records r WHERE r.record_id = k.record_id AND r.codebook_version = k.codebook_version)
ORDER BY k.story, k.record_kind, k.record_id, k.expectation
