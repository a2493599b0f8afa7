-- The staged positions with the words at their offsets and whether the codebook knows actor and issue.
SELECT s.* EXCLUDE (run_id), s.run_id, p.text IS NOT NULL AS document_known, p.story_known, p.is_taken,
  t.times, substr(p.text, s.evidence_start + 1, s.evidence_end - s.evidence_start) AS text_slice,
  length(p.text) AS text_length, a.actor IS NOT NULL AS actor_known, i.issue IS NOT NULL AS issue_known,
  p.day, p.outlet
FROM staging.ledger.positions s
LEFT JOIN staged_days p USING (document_id, version, story)
LEFT JOIN staging.ledger.actors a USING (story, codebook_version, actor)
LEFT JOIN staging.ledger.issues i USING (story, codebook_version, issue)
LEFT JOIN staging.ledger.doubles t
  ON t.record_kind = 'position' AND t.record_id = s.position_id AND t.version = s.version
ORDER BY s.position_id
