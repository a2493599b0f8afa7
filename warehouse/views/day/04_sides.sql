-- Every figure of the day beside its reading: it agrees, or it stands against it, or (aside) it is of another
-- period, or a second number of a text that already agrees and names no other source for it: a text does not
-- dispute itself.
WITH compared AS (
  SELECT f.*, c.figure_id AS reading_id, c.value AS reading_value,
    coalesce(f.period = c.period, true) AS is_same_period,
    ledger.meets(f.claim_low, f.claim_high, c.claim_low, c.claim_high)
      AND coalesce(f.period = c.period, true) AS agrees
  FROM day_statements f JOIN day_carriers c USING (story, indicator, series)
),
agreeing AS (
  SELECT DISTINCT story, indicator, series, voice_id, attributed_to FROM compared WHERE agrees
),
voices AS (SELECT DISTINCT story, indicator, series, voice_id, true AS voice_agrees FROM agreeing),
mouths AS (
  SELECT DISTINCT story, indicator, series, voice_id, attributed_to, true AS mouth_agrees
  FROM agreeing WHERE attributed_to IS NOT NULL
)
SELECT c.*,
  CASE WHEN c.agrees THEN 'for'
       WHEN NOT c.is_same_period THEN 'aside'
       WHEN v.voice_agrees IS NULL THEN 'against'
       WHEN c.attributed_to IS NOT NULL AND m.mouth_agrees IS NULL THEN 'against'
       ELSE 'aside' END AS side
FROM compared c
LEFT JOIN voices v USING (story, indicator, series, voice_id)
LEFT JOIN mouths m USING (story, indicator, series, voice_id, attributed_to)
