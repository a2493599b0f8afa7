-- What people decided about the day's records, and decisions that no longer fit them.
SELECT DISTINCT p.day, r.decision_id, r.action, r.status, r.detail, r.record_kind, r.record_id, r.document_id,
  r.story, r.field, r.before, r.after, d.reason, d.source, d.who, d.decided_on, r.replaced_by
FROM ledger.rulings r
JOIN ledger.decisions d ON d.decision_id = r.decision_id AND d.withdrawn_by IS NULL
JOIN ledger.placements p ON p.document_id = r.document_id AND p.version = r.version
  AND (r.story IS NULL OR r.story = p.story)
  AND (r.codebook_version IS NULL OR r.codebook_version = p.codebook_version)
JOIN the_day t ON t.day = p.day
WHERE r.status IN ('applied', 'stale', 'invalid')
ORDER BY r.decision_id, r.record_id
