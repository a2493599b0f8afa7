-- The figure that carries the reading of each series. Statements are intervals on a line; those that cover a
-- common point are compatible with each other, all of them. So the compatible group with most support is the
-- point covered by most independent texts, then outlets; inside it the most precise figure wins. Groups of
-- equal support: the one compatible with the value that stands, then the later as-of day. Figures of two known
-- periods are in no common group.
WITH points AS (
  SELECT DISTINCT story, indicator, series, period, unnest([value, claim_low, claim_high]) AS point
  FROM day_statements WHERE NOT is_mute
),
claims AS (
  SELECT DISTINCT story, indicator, series, period, claim_low, claim_high, voice_id, outlet, is_mute
  FROM day_statements
),
support AS (
  SELECT p.story, p.indicator, p.series, p.period, p.point, count(DISTINCT f.voice_id) AS texts,
    count(DISTINCT f.outlet) AS outlets
  FROM points p JOIN claims f USING (story, indicator, series)
  WHERE isfinite(p.point) AND p.point BETWEEN f.claim_low AND f.claim_high
    AND coalesce(f.period = p.period, true)
  GROUP BY p.story, p.indicator, p.series, p.period, p.point
  HAVING NOT bool_and(f.is_mute)
),
best AS (
  SELECT * FROM support
  QUALIFY (texts, outlets) = max((texts, outlets)) OVER (PARTITION BY story, indicator, series)
),
candidates AS (
  SELECT s.point, f.*
  FROM best s JOIN day_statements f USING (story, indicator, series)
  WHERE NOT f.is_mute AND s.point BETWEEN f.claim_low AND f.claim_high
    AND coalesce(f.period = s.period, true)
  QUALIFY row_number() OVER (
    PARTITION BY s.story, s.indicator, s.series, s.period, s.point
    ORDER BY f.spread, f.qualifier <> 'exact', f.speaks_of DESC, f.document_id <> f.voice_id,
      f.published_at DESC, f.figure_id) = 1
)
SELECT c.* FROM candidates c LEFT JOIN day_previous_readings p USING (story, indicator, series)
QUALIFY row_number() OVER (
  PARTITION BY c.story, c.indicator, c.series
  ORDER BY coalesce(ledger.meets(c.claim_low, c.claim_high, p.claim_low, p.claim_high), false) DESC,
    c.speaks_of DESC, c.spread, c.qualifier <> 'exact', c.published_at DESC, c.figure_id, c.point) = 1
