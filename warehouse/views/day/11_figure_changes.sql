-- What moved in the readings. Compared with the latest reading before; docs/changes.md defines the kinds.
-- Severity: a floor and a ceiling for each kind, and between them the square root of the distance
-- |a - b| / (|a| + |b|) of the two values (of a dispute: of the reading and the strongest value against it).
-- While a dispute lasts with the same two values on the table, nothing moved. An indicator is dropped once,
-- on the first edition day at least the codebook's number of days after its last reading.
WITH banded AS (
  SELECT *, ledger.band_low(value, value_low, qualifier, tolerance) AS band_low,
    ledger.band_high(value, value_high, qualifier, tolerance) AS band_high,
    ledger.spread(value, value_low, value_high, qualifier, tolerance) AS spread
  FROM day_readings
),
compared AS (
  SELECT r.story, r.indicator, r.indicator AS subject, p.day AS previous_day,
    CASE WHEN p.day IS NULL THEN 'new'
         WHEN r.is_disputed AND NOT p.is_disputed THEN 'disputed'
         WHEN p.is_disputed AND NOT r.is_disputed THEN 'settled'
         WHEN r.is_disputed AND list_contains(p.values_against, r.value)
           AND list_contains(r.values_against, p.value) THEN NULL
         WHEN NOT ledger.meets(r.band_low, r.band_high, p.band_low, p.band_high)
           THEN CASE WHEN r.value > p.value THEN 'rise' ELSE 'fall' END
         WHEN r.spread < p.spread AND r.value <> p.value THEN 'refined' END AS kind,
    p.value AS value_before, p.qualifier AS qualifier_before, p.figure_id AS figure_id_before,
    r.value AS value_after, r.qualifier AS qualifier_after, r.figure_id AS figure_id_after,
    r.values_against
  FROM banded r LEFT JOIN day_previous_readings p USING (story, indicator)
),
dropped AS (
  SELECT p.story, p.indicator, p.indicator, p.day, 'dropped', p.value, p.qualifier, p.figure_id,
    NULL::DOUBLE, NULL::VARCHAR, NULL::VARCHAR, []::DOUBLE[]
  FROM day_previous_readings p ANTI JOIN day_readings USING (story, indicator), the_day t
  WHERE t.day >= p.day + p.drop_after_days AND NOT EXISTS (
    SELECT 1 FROM ledger.editions e JOIN ledger.latest_editions USING (day, revision)
    WHERE e.documents > 0 AND e.day >= p.day + p.drop_after_days AND e.day < t.day)
),
corrected AS (
  SELECT story, indicator, indicator || '/' || document_id, document_day, 'corrected', value_before,
    qualifier_before, figure_id_before, value_after, qualifier_after, figure_id_after, []::DOUBLE[]
  FROM day_corrections
),
changed AS (
  SELECT * FROM compared WHERE kind IS NOT NULL
  UNION ALL SELECT * FROM dropped
  UNION ALL SELECT * FROM corrected
),
weighed AS (
  SELECT *,
    CASE kind WHEN 'corrected' THEN 0.7e0 WHEN 'disputed' THEN 0.6e0 WHEN 'rise' THEN 0.4e0
      WHEN 'fall' THEN 0.4e0 WHEN 'settled' THEN 0.4e0 WHEN 'new' THEN 0.45e0 WHEN 'dropped' THEN 0.2e0
      ELSE 0.1e0 END AS floor,
    CASE kind WHEN 'corrected' THEN 1e0 WHEN 'disputed' THEN 0.95e0 WHEN 'rise' THEN 0.95e0
      WHEN 'fall' THEN 0.95e0 WHEN 'settled' THEN 0.7e0 WHEN 'new' THEN 0.45e0 WHEN 'dropped' THEN 0.2e0
      ELSE 0.3e0 END AS ceiling,
    CASE WHEN kind = 'disputed' THEN ledger.distance(value_after, values_against[1])
         ELSE coalesce(ledger.distance(value_before, value_after), 0e0) END AS moved
  FROM changed
)
SELECT ledger.change_id(t.day, w.story, w.subject, w.kind) AS change_id, t.day, w.previous_day, w.story,
  w.indicator, w.kind, w.value_before, w.qualifier_before, w.figure_id_before, w.value_after,
  w.qualifier_after, w.figure_id_after, w.values_against,
  round(w.floor + (w.ceiling - w.floor) * sqrt(w.moved), 4) AS severity
FROM weighed w, the_day t
ORDER BY severity DESC, w.story, w.indicator, change_id
