-- Figures that speak on the day. Background is left out (as-of day too old for the codebook, unless the
-- indicator counts an event of a known day; or older than another figure of the same indicator in the same
-- document). A reprint speaks once: voice_id is the first document of its text that states the number, and
-- a number its text stated on an earlier day is silent today.
WITH groups AS (
  SELECT DISTINCT story, origin_id FROM ledger.placements p, the_day t
  WHERE p.day = t.day AND NOT p.is_held
),
members AS (
  SELECT p.* FROM ledger.placements p JOIN groups USING (story, origin_id), the_day t
  WHERE p.day <= t.day AND NOT p.is_held
),
stated AS (
  SELECT f.*, m.day AS document_day, m.origin_id, m.relation, m.published_at, m.has_agency, m.outlet,
    c.background_days, c.dispute_share, coalesce(f.as_of, m.day) AS speaks_of
  FROM members m
  JOIN ledger.speaking_figures f USING (document_id, version, story, codebook_version)
  JOIN ledger.codebooks c USING (story, codebook_version)
),
foreground AS (
  SELECT * FROM stated
  WHERE event_on IS NOT NULL OR speaks_of >= document_day - background_days
  QUALIFY speaks_of = max(speaks_of) OVER (PARTITION BY document_id, story, indicator)
),
voiced AS (
  SELECT *, first_value(document_id) OVER same_number AS voice_id,
    first_value(document_day) OVER same_number AS voice_day
  FROM foreground
  WINDOW same_number AS (PARTITION BY origin_id, story, indicator, value, qualifier
                         ORDER BY published_at, NOT has_agency, document_id)
),
spoken AS (
  SELECT v.* FROM voiced v, the_day t WHERE v.document_day = t.day AND v.voice_day = t.day
),
-- A wire's update of the same day replaces the numbers of the text it updates, in all its reprints.
updates AS (
  SELECT story, indicator, origin_id, document_id, published_at FROM spoken WHERE relation = 'update'
  QUALIFY row_number() OVER (PARTITION BY story, indicator, origin_id
                             ORDER BY published_at DESC, document_id) = 1
),
superseded AS (
  SELECT DISTINCT g.story, g.indicator, g.origin_id, g.value, g.qualifier
  FROM updates u JOIN spoken g USING (story, indicator, origin_id)
  WHERE g.published_at < u.published_at AND NOT EXISTS (
    SELECT 1 FROM spoken own
    WHERE own.document_id = u.document_id AND own.story = g.story AND own.indicator = g.indicator
      AND own.value = g.value AND own.qualifier = g.qualifier)
)
SELECT s.*,
  ledger.claim_low(s.value, s.value_low, s.qualifier, s.tolerance) AS claim_low,
  ledger.claim_high(s.value, s.value_high, s.qualifier, s.tolerance) AS claim_high,
  ledger.spread(s.value, s.value_low, s.value_high, s.qualifier, s.tolerance) AS spread,
  s.qualifier = 'vague'
    AND count(*) FILTER (s.qualifier <> 'vague') OVER (PARTITION BY s.story, s.indicator) > 0 AS is_mute
FROM spoken s ANTI JOIN superseded USING (story, indicator, origin_id, value, qualifier)
