-- The staged attendance with the words at its offsets.
SELECT a.* EXCLUDE (run_id), a.run_id, p.text IS NOT NULL AS document_known, p.story_known, p.is_taken,
  t.times, substr(p.text, a.evidence_start + 1, a.evidence_end - a.evidence_start) AS text_slice,
  length(p.text) AS text_length, p.day, p.outlet
FROM staging.ledger.attendance a
LEFT JOIN staged_days p USING (document_id, version, story)
LEFT JOIN staging.ledger.doubles t
  ON t.record_kind = 'attendance' AND t.record_id = a.attendance_id AND t.version = a.version
ORDER BY a.attendance_id
