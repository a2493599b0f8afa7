-- The latest reading of each indicator before the day.
SELECT r.*, ledger.claim_low(value, value_low, qualifier, tolerance) AS claim_low,
  ledger.claim_high(value, value_high, qualifier, tolerance) AS claim_high,
  ledger.band_low(value, value_low, qualifier, tolerance) AS band_low,
  ledger.band_high(value, value_high, qualifier, tolerance) AS band_high,
  ledger.spread(value, value_low, value_high, qualifier, tolerance) AS spread
FROM ledger.latest_readings r, the_day t
WHERE r.day < t.day
QUALIFY row_number() OVER (PARTITION BY r.story, r.indicator ORDER BY r.day DESC) = 1
