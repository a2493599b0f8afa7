-- What moved in the readings; docs/changes.md defines the kinds. Severity: a floor and a ceiling for each
-- kind, and between them the square root of the distance |a - b| / (|a| + |b|) of the two values (of a
-- dispute: of the reading and the strongest value against it). An indicator is dropped once, on the first
-- edition day at least the codebook's number of days after its last reading.
WITH dropped AS (
  SELECT p.story, p.indicator, p.series, p.indicator || p.series AS subject, p.last_day AS previous_day,
    'dropped' AS kind, p.last_value AS value_before, p.last_qualifier AS qualifier_before,
    p.last_figure_id AS figure_id_before, NULL::DOUBLE AS value_after, NULL::VARCHAR AS qualifier_after,
    NULL::VARCHAR AS figure_id_after, []::DOUBLE[] AS values_against
  FROM day_previous_readings p ANTI JOIN day_readings USING (story, indicator, series), the_day t
  WHERE t.day >= p.last_day + p.drop_after_days AND NOT EXISTS (
    SELECT 1 FROM ledger.editions e JOIN ledger.latest_editions USING (day, revision)
    WHERE e.documents > 0 AND e.day >= p.last_day + p.drop_after_days AND e.day < t.day)
),
changed AS (
  SELECT story, indicator, series, indicator || series AS subject, before_day AS previous_day, kind,
    before_value AS value_before, before_qualifier AS qualifier_before, before_figure_id AS figure_id_before,
    value AS value_after, qualifier AS qualifier_after, figure_id AS figure_id_after, values_against
  FROM day_readings WHERE kind IS NOT NULL
  UNION ALL SELECT * FROM dropped
  UNION ALL
  SELECT story, indicator, '', concat_ws('/', indicator, document_id, nullif(version, 2), CASE WHEN is_total THEN 'total' END),
    document_day, 'corrected', value_before,
    qualifier_before, figure_id_before, value_after, qualifier_after, figure_id_after, []::DOUBLE[]
  FROM day_corrections
),
weights(kind, floor, ceiling) AS (
  VALUES ('corrected', 0.7e0, 1e0), ('disputed', 0.6e0, 0.95e0), ('rise', 0.4e0, 0.95e0),
    ('fall', 0.4e0, 0.95e0), ('settled', 0.4e0, 0.7e0), ('new', 0.45e0, 0.45e0), ('dropped', 0.2e0, 0.2e0),
    ('refined', 0.1e0, 0.3e0)
),
weighed AS (
  SELECT c.*, w.floor, w.ceiling,
    CASE WHEN c.kind = 'disputed' THEN ledger.distance(c.value_after, c.values_against[1])
         ELSE coalesce(ledger.distance(c.value_before, c.value_after), 0e0) END AS moved
  FROM changed c JOIN weights w USING (kind)
)
SELECT ledger.change_id(t.day, w.story, w.subject, w.kind) AS change_id, t.day, w.previous_day, w.story,
  w.indicator, w.series, w.kind, w.value_before, w.qualifier_before, w.figure_id_before, w.value_after,
  w.qualifier_after, w.figure_id_after, w.values_against,
  round(w.floor + (w.ceiling - w.floor) * sqrt(w.moved), 4) AS severity
FROM weighed w, the_day t
ORDER BY severity DESC, w.story, w.indicator, change_id
