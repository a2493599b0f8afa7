-- Figures that speak on the day. Background is left out (as-of day too old for the codebook, unless the
-- indicator counts an event of a known day; or older than another figure of the same kind in the same
-- document). A reprint speaks once: voice_id is the eldest document it shares text with that states the same
-- number, and a number its text stated on an earlier day is silent today. What is planned, denied or
-- hypothetical and what is said of another place is kept apart. Their words are left aside: no later
-- step asks for them.
WITH stated AS (
  SELECT f.* EXCLUDE (evidence, evidence_end, counted, predicate, rule, extractor, slip),
    p.day AS document_day, p.origin_id, p.relation, p.published_at, p.has_agency, p.outlet,
    c.background_days, c.dispute_share, coalesce(f.as_of, p.day) AS speaks_of,
    concat_ws(', ', nullif(f.modality, 'reported'), 'in ' || f.place_apart) AS apart
  FROM ledger.placements p
  JOIN the_day t ON t.day = p.day
  JOIN ledger.told_figures f USING (document_id, version, story, codebook_version)
  JOIN ledger.codebooks c USING (story, codebook_version)
  WHERE NOT p.is_held
),
foreground AS (
  SELECT * FROM stated
  WHERE event_on IS NOT NULL OR speaks_of >= document_day - background_days
  QUALIFY speaks_of = max(speaks_of) OVER (
    PARTITION BY document_id, story, indicator, apart, aspect = 'cumulative')
),
repeated AS (
  SELECT s.figure_id, p.document_id AS voice_id, p.day AS voice_day
  FROM foreground s
  JOIN ledger.elders e ON e.document_id = s.document_id
  JOIN ledger.placements p ON p.document_id = e.elder_id AND p.story = s.story AND NOT p.is_held
  JOIN ledger.told_figures f ON f.document_id = p.document_id AND f.version = p.version
    AND f.story = p.story AND f.codebook_version = p.codebook_version AND f.indicator = s.indicator
    AND f.value = s.value AND f.qualifier = s.qualifier AND f.modality = s.modality
  QUALIFY row_number() OVER (PARTITION BY s.figure_id
                             ORDER BY p.published_at, NOT p.has_agency, p.document_id) = 1
),
spoken AS (
  SELECT f.*, coalesce(r.voice_id, f.document_id) AS voice_id
  FROM foreground f LEFT JOIN repeated r USING (figure_id)
  WHERE r.voice_day IS NULL OR r.voice_day = f.document_day
),
-- A wire's update of the same day replaces the numbers of the text it updates, in all its reprints.
updates AS (
  SELECT story, indicator, apart, origin_id, document_id, published_at FROM spoken
  WHERE relation = 'update'
  QUALIFY row_number() OVER (PARTITION BY story, indicator, apart, origin_id
                             ORDER BY published_at DESC, document_id) = 1
),
superseded AS (
  SELECT DISTINCT g.story, g.indicator, g.apart, g.origin_id, g.value, g.qualifier
  FROM updates u JOIN spoken g USING (story, indicator, apart, origin_id)
  WHERE g.published_at < u.published_at AND NOT EXISTS (
    SELECT 1 FROM spoken own
    WHERE own.document_id = u.document_id AND own.story = g.story AND own.indicator = g.indicator
      AND own.apart = g.apart AND own.value = g.value AND own.qualifier = g.qualifier)
),
stepped AS (
  SELECT s.*, ledger.rounding_unit(s.value) AS step
  FROM spoken s ANTI JOIN superseded USING (story, indicator, apart, origin_id, value, qualifier)
)
SELECT * EXCLUDE (step),
  ledger.claim_low(value, value_low, qualifier, tolerance, step) AS claim_low,
  ledger.claim_high(value, value_high, qualifier, tolerance, step) AS claim_high,
  ledger.band_low(value, value_low, qualifier, tolerance, step) AS band_low,
  ledger.band_high(value, value_high, qualifier, tolerance, step) AS band_high,
  ledger.spread(value, value_low, value_high, qualifier, tolerance, step) AS spread,
  (aspect = 'cumulative') <> (indicator_aspect = 'cumulative') AS is_other_span
FROM stepped
