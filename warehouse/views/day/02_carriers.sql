-- The figure that carries the reading of each indicator. Statements are intervals on a line; those that
-- cover a common point are compatible with each other, all of them. So the compatible group with most
-- support is the point covered by most independent texts, then outlets; inside it the most precise figure
-- wins. Groups of equal support: the one compatible with the reading before, then the later as-of day.
-- Vague figures support, but carry only when nothing better is there (is_mute).
WITH points AS (
  SELECT DISTINCT story, indicator, unnest([value, claim_low, claim_high]) AS point
  FROM day_figures WHERE NOT is_mute
),
support AS (
  SELECT p.story, p.indicator, p.point, count(DISTINCT f.voice_id) AS texts,
    count(DISTINCT f.outlet) AS outlets
  FROM points p JOIN day_figures f USING (story, indicator)
  WHERE isfinite(p.point) AND p.point BETWEEN f.claim_low AND f.claim_high
  GROUP BY p.story, p.indicator, p.point
),
candidates AS (
  SELECT s.point, s.texts AS group_texts, s.outlets AS group_outlets, f.*
  FROM support s JOIN day_figures f USING (story, indicator)
  WHERE NOT f.is_mute AND s.point BETWEEN f.claim_low AND f.claim_high
  QUALIFY row_number() OVER (
    PARTITION BY s.story, s.indicator, s.point
    ORDER BY f.spread, f.qualifier <> 'exact', f.speaks_of DESC, f.document_id <> f.voice_id,
      f.published_at DESC, f.figure_id) = 1
)
SELECT c.* FROM candidates c LEFT JOIN day_previous_readings p USING (story, indicator)
QUALIFY row_number() OVER (
  PARTITION BY c.story, c.indicator
  ORDER BY c.group_texts DESC, c.group_outlets DESC,
    coalesce(ledger.meets(c.claim_low, c.claim_high, p.claim_low, p.claim_high), false) DESC,
    c.speaks_of DESC, c.spread, c.qualifier <> 'exact', c.published_at DESC, c.figure_id, c.point) = 1
