-- The changes of the revised days beside the readings and stands of both days. A correction compares two versions
-- of one document, and a dropped indicator has no reading of the day.
WITH told AS (
  SELECT c.day, c.revision, c.previous_day, c.change_id, c.kind, c.severity,
    c.story || ' ' || c.indicator AS subject, c.value_before || ' ' || c.qualifier_before AS before_said,
    c.value_after || ' ' || c.qualifier_after AS after_said
  FROM ledger.figure_changes c JOIN revised v USING (day, revision)
  UNION ALL
  SELECT c.day, c.revision, c.previous_day, c.change_id, c.kind, c.severity,
    c.story || ' ' || c.actor || '/' || c.issue, c.stance_before, c.stance_after
  FROM ledger.position_changes c JOIN revised v USING (day, revision)
),
said AS (
  SELECT day, revision, story || ' ' || indicator AS subject, value || ' ' || qualifier AS words
  FROM ledger.readings
  UNION ALL
  SELECT day, revision, story || ' ' || actor || '/' || issue, stance FROM ledger.stands
),
latest AS (SELECT s.* FROM said s JOIN ledger.latest_editions USING (day, revision))
SELECT t.change_id, t.kind, t.severity, t.before_said, t.after_said,
  CASE WHEN t.kind = 'corrected' THEN t.before_said ELSE b.words END AS before_found,
  CASE WHEN t.kind = 'corrected' THEN t.after_said ELSE a.words END AS after_found,
  count(*) OVER (PARTITION BY t.day, t.revision, t.change_id) > 1 AS is_doubled
FROM told t
LEFT JOIN latest b ON b.day = t.previous_day AND b.subject = t.subject
LEFT JOIN said a ON a.day = t.day AND a.revision = t.revision AND a.subject = t.subject
ORDER BY t.change_id
