-- Every figure of the day beside its reading: it agrees, or it stands against it, or (aside) it is a second
-- number of a text that already agrees and names no other source for it: a text does not dispute itself.
WITH compared AS (
  SELECT f.*, c.figure_id AS reading_id, c.value AS reading_value,
    ledger.meets(f.claim_low, f.claim_high, c.claim_low, c.claim_high) AS agrees
  FROM day_figures f JOIN day_carriers c USING (story, indicator)
),
agreeing AS (
  SELECT DISTINCT story, indicator, voice_id, attributed_to FROM compared WHERE agrees
)
SELECT c.*,
  CASE WHEN c.agrees THEN 'for'
       WHEN NOT EXISTS (SELECT 1 FROM agreeing a WHERE a.story = c.story AND a.indicator = c.indicator
                          AND a.voice_id = c.voice_id) THEN 'against'
       WHEN c.attributed_to IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM agreeing a WHERE a.story = c.story AND a.indicator = c.indicator
           AND a.voice_id = c.voice_id AND a.attributed_to = c.attributed_to) THEN 'against'
       ELSE 'aside' END AS side
FROM compared c
