-- Who takes part where, as the day's documents say.
SELECT p.day, a.story, a.attendance_id, a.codebook_version
FROM ledger.attendance a
JOIN ledger.placements p USING (document_id, version, story, codebook_version)
JOIN the_day t ON t.day = p.day
WHERE NOT p.is_held
  AND a.attendance_id NOT IN (SELECT record_id FROM ledger.standing_holds WHERE record_kind = 'attendance')
ORDER BY a.story, a.attendance_id
