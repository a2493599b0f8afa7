-- Readings to compare with: of a day that restates an earlier value, the value that stands. For days the ledger has not read yet the batch itself gives a provisional one,
-- so that a batch of many days is audited as if its days had come one by one: the value most documents
-- report, of equals the one nearest to the middle of all the batch reports of the indicator.
WITH counted AS (
  SELECT story, indicator, day, value, any_value(value_low) AS value_low, any_value(value_high) AS value_high,
    min(qualifier) AS qualifier, count(DISTINCT document_id) AS documents
  FROM day_values WHERE is_staged AND qualifier <> 'vague'
  GROUP BY story, indicator, day, value
),
middle AS (
  SELECT story, indicator, median(value) AS value FROM day_values WHERE is_staged AND qualifier <> 'vague'
  GROUP BY story, indicator
),
provisional AS (
  SELECT c.* FROM counted c JOIN middle m USING (story, indicator)
  QUALIFY row_number() OVER (PARTITION BY c.story, c.indicator, c.day
                             ORDER BY c.documents DESC, abs(c.value - m.value), c.value) = 1
)
SELECT story, indicator, day, coalesce(standing_value, value) AS value,
  CASE WHEN standing_value IS NULL THEN value_low ELSE standing_low END AS value_low,
  CASE WHEN standing_value IS NULL THEN value_high ELSE standing_high END AS value_high,
  coalesce(standing_qualifier, qualifier) AS qualifier
FROM ledger.latest_readings
UNION ALL
SELECT story, indicator, day, value, value_low, value_high, qualifier
FROM provisional p ANTI JOIN ledger.latest_readings USING (story, indicator, day)
