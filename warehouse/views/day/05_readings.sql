-- The reading of each series: the carrier's number, the support of all that agree with it, and the values
-- that stand against it, strongest first. It is disputed when the texts against it reach the codebook's share
-- of the texts for it. Beside it what is compared with it (before_*), the kind of change, the total of which
-- it is a part (as its own text gives it, else the day's reading), and the value that stands where there is no
-- change. While a dispute lasts and both values were and are on the table, nothing moved.
WITH counted AS (
  SELECT story, indicator, series, count(DISTINCT voice_id) FILTER (side = 'for') AS texts,
    count(DISTINCT outlet) FILTER (side = 'for') AS outlets,
    count(DISTINCT voice_id) FILTER (side = 'against') AS texts_against
  FROM day_sides GROUP BY story, indicator, series
),
opposed AS (
  SELECT story, indicator, series, value, count(DISTINCT voice_id) AS texts, count(DISTINCT outlet) AS outlets
  FROM day_sides WHERE side = 'against' GROUP BY story, indicator, series, value
),
listed AS (
  SELECT story, indicator, series, list(value ORDER BY texts DESC, outlets DESC, value) AS values_against
  FROM opposed GROUP BY story, indicator, series
),
own_totals AS (
  SELECT c.story, c.indicator, f.value AS total, f.figure_id AS total_figure_id
  FROM day_carriers c JOIN day_statements f
    ON f.document_id = c.document_id AND f.story = c.story AND f.indicator = c.part_of AND f.series = ''
  WHERE c.series = ''
  QUALIFY row_number() OVER (PARTITION BY c.story, c.indicator
                             ORDER BY abs(f.evidence_start - c.evidence_start), f.figure_id) = 1
),
read AS (
  SELECT t.day, c.story, c.indicator, c.series, c.modality, c.aspect, c.place_apart AS place, c.value,
    c.value_low, c.value_high, c.qualifier, c.indicator_unit AS unit, c.figure_id,
    n.texts::INTEGER AS texts, n.outlets::INTEGER AS outlets,
    n.texts_against > 0 AND n.texts_against >= c.dispute_share * n.texts AS is_disputed,
    coalesce(l.values_against, []::DOUBLE[]) AS values_against, c.tolerance, c.drop_after_days,
    c.codebook_version, c.band_low, c.band_high, c.spread, c.part_of,
    coalesce(o.total, w.value) AS total, coalesce(o.total_figure_id, w.figure_id) AS total_figure_id
  FROM day_carriers c JOIN counted n USING (story, indicator, series)
  LEFT JOIN listed l USING (story, indicator, series)
  LEFT JOIN own_totals o ON o.story = c.story AND o.indicator = c.indicator AND c.series = ''
  LEFT JOIN day_carriers w ON w.story = c.story AND w.indicator = c.part_of AND w.series = ''
    AND c.series = '', the_day t
),
compared AS (
  SELECT r.*, p.day AS before_day, p.value AS before_value, p.value_low AS before_low,
    p.value_high AS before_high, p.qualifier AS before_qualifier, p.figure_id AS before_figure_id,
    CASE WHEN p.day IS NULL THEN 'new'
         WHEN r.is_disputed AND NOT p.is_disputed THEN 'disputed'
         WHEN p.is_disputed AND NOT r.is_disputed THEN 'settled'
         WHEN r.is_disputed AND (r.value = p.last_value OR list_contains(p.values_against, r.value))
           AND (r.value = p.value OR list_contains(r.values_against, p.value)) THEN NULL
         WHEN NOT ledger.meets(r.band_low, r.band_high, p.band_low, p.band_high)
           THEN CASE WHEN r.value > p.value THEN 'rise' ELSE 'fall' END
         WHEN r.spread < p.spread AND r.value <> p.value THEN 'refined' END AS kind
  FROM read r LEFT JOIN day_previous_readings p USING (story, indicator, series)
)
SELECT * EXCLUDE (band_low, band_high, spread),
  CASE WHEN kind IS NULL THEN before_value END AS standing_value,
  CASE WHEN kind IS NULL THEN before_low END AS standing_low,
  CASE WHEN kind IS NULL THEN before_high END AS standing_high,
  CASE WHEN kind IS NULL THEN before_qualifier END AS standing_qualifier
FROM compared
ORDER BY story, indicator, series
