-- The reading of each indicator: the carrier's number, the support of all that agree with it, and the
-- values that stand against it, strongest first. It is disputed when the texts against it reach the
-- codebook's share of the texts for it.
WITH counted AS (
  SELECT story, indicator, count(DISTINCT voice_id) FILTER (side = 'for') AS texts,
    count(DISTINCT outlet) FILTER (side = 'for') AS outlets,
    count(DISTINCT voice_id) FILTER (side = 'against') AS texts_against
  FROM day_sides GROUP BY story, indicator
),
opposed AS (
  SELECT story, indicator, value, count(DISTINCT voice_id) AS texts, count(DISTINCT outlet) AS outlets
  FROM day_sides WHERE side = 'against' GROUP BY story, indicator, value
),
listed AS (
  SELECT story, indicator, list(value ORDER BY texts DESC, outlets DESC, value) AS values_against
  FROM opposed GROUP BY story, indicator
)
SELECT t.day, c.story, c.indicator, c.value, c.value_low, c.value_high, c.qualifier,
  c.indicator_unit AS unit, c.figure_id, n.texts::INTEGER AS texts, n.outlets::INTEGER AS outlets,
  n.texts_against > 0 AND n.texts_against >= c.dispute_share * n.texts AS is_disputed,
  coalesce(l.values_against, []::DOUBLE[]) AS values_against, c.tolerance, c.drop_after_days,
  c.codebook_version
FROM day_carriers c JOIN counted n USING (story, indicator)
LEFT JOIN listed l USING (story, indicator), the_day t
ORDER BY c.story, c.indicator
