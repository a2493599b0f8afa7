-- What is compared with: the latest reading of each series before the day, and the value that stands then. A
-- series is an indicator ('' as name) or figures kept apart from it. A reading that was no change against an
-- earlier value restates it, and that value stands: else small steps, each within rounding of the step before,
-- would walk away unseen. day and figure_id are those of the last change, when the standing value was published.
WITH held AS (
  SELECT story, indicator, '' AS series, day, revision, value, value_low, value_high, qualifier, figure_id,
    is_disputed, values_against, tolerance, drop_after_days, aspect, standing_value, standing_low,
    standing_high, standing_qualifier
  FROM ledger.readings
  UNION ALL
  SELECT story, indicator, series, day, revision, value, value_low, value_high, qualifier, figure_id,
    is_disputed, values_against, tolerance, drop_after_days, aspect, standing_value, standing_low,
    standing_high, standing_qualifier
  FROM ledger.series_readings
),
told AS (
  SELECT h.*, max(CASE WHEN standing_value IS NULL THEN h.day END) OVER series_days AS changed_day,
    arg_max(CASE WHEN standing_value IS NULL THEN figure_id END,
            CASE WHEN standing_value IS NULL THEN h.day END) OVER series_days AS changed_figure_id
  FROM held h JOIN ledger.latest_editions USING (day, revision), the_day t
  WHERE h.day < t.day
  WINDOW series_days AS (PARTITION BY h.story, h.indicator, h.series)
  QUALIFY row_number() OVER (PARTITION BY h.story, h.indicator, h.series ORDER BY h.day DESC) = 1
),
standing AS (
  SELECT story, indicator, series, day AS last_day, value AS last_value, qualifier AS last_qualifier,
    figure_id AS last_figure_id, is_disputed, values_against, tolerance, drop_after_days, aspect,
    coalesce(changed_day, day) AS day, coalesce(changed_figure_id, figure_id) AS figure_id,
    CASE WHEN standing_value IS NULL THEN value ELSE standing_value END AS value,
    CASE WHEN standing_value IS NULL THEN value_low ELSE standing_low END AS value_low,
    CASE WHEN standing_value IS NULL THEN value_high ELSE standing_high END AS value_high,
    CASE WHEN standing_value IS NULL THEN qualifier ELSE standing_qualifier END AS qualifier
  FROM told
),
stepped AS (SELECT *, ledger.rounding_unit(value) AS step FROM standing)
SELECT * EXCLUDE (step), ledger.claim_low(value, value_low, qualifier, tolerance, step) AS claim_low,
  ledger.claim_high(value, value_high, qualifier, tolerance, step) AS claim_high,
  ledger.band_low(value, value_low, qualifier, tolerance, step) AS band_low,
  ledger.band_high(value, value_high, qualifier, tolerance, step) AS band_high,
  ledger.spread(value, value_low, value_high, qualifier, tolerance, step) AS spread
FROM stepped
