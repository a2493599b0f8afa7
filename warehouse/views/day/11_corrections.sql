-- Numbers an outlet withdrew: an indicator whose number in a document's new version no longer covers that
-- of the version before. It is told on the day the new version was seen. Both versions are compared as the
-- same codebook read them (the first that read both), so that a new codebook corrects nobody. One line for
-- a text and its reprints.
WITH versions AS (
  SELECT d.document_id, d.version, max(o.version) AS old_version, any_value(d.seen_at) AS seen_at
  FROM ledger.documents d JOIN ledger.documents o
    ON o.document_id = d.document_id AND o.version < d.version
  GROUP BY d.document_id, d.version
),
reads AS (
  SELECT v.document_id, v.version, v.old_version, a.story, a.codebook_version
  FROM versions v
  JOIN ledger.extractions a ON a.document_id = v.document_id AND a.version = v.version AND a.matches
  JOIN ledger.extractions b ON b.document_id = v.document_id AND b.version = v.old_version AND b.matches
    AND b.story = a.story AND b.codebook_version = a.codebook_version
  JOIN ledger.codebooks c ON c.story = a.story AND c.codebook_version = a.codebook_version, the_day t
  WHERE (v.seen_at AT TIME ZONE c.timezone)::DATE = t.day
  QUALIFY row_number() OVER (PARTITION BY v.document_id, v.version, a.story
                             ORDER BY a.publication, b.publication) = 1
),
placed AS (
  SELECT r.*, p.day AS document_day, p.origin_id, p.published_at
  FROM reads r JOIN ledger.placements p USING (document_id, story) WHERE NOT p.is_held
),
stated AS (
  SELECT p.document_id, p.version, p.old_version, p.document_day, p.origin_id, p.published_at, f.story,
    f.indicator, f.figure_id, f.value, f.value_low, f.value_high, f.qualifier, f.tolerance,
    f.aspect = 'cumulative' AS is_total, f.evidence_start, f.version AS told_in,
    ledger.rounding_unit(f.value) AS step
  FROM placed p JOIN ledger.speaking_figures f USING (document_id, story, codebook_version)
  WHERE f.version IN (p.version, p.old_version)
  QUALIFY coalesce(f.as_of, p.document_day) = max(coalesce(f.as_of, p.document_day))
    OVER (PARTITION BY f.document_id, f.version, f.story, f.indicator, f.aspect = 'cumulative')
),
told AS (
  SELECT *, ledger.band_low(value, value_low, qualifier, tolerance, step) AS band_low,
    ledger.band_high(value, value_high, qualifier, tolerance, step) AS band_high,
    ledger.spread(value, value_low, value_high, qualifier, tolerance, step) AS spread
  FROM stated
),
withdrawn AS (
  SELECT o.* FROM told o
  WHERE o.told_in = o.old_version AND NOT EXISTS (
    SELECT 1 FROM told n WHERE n.document_id = o.document_id AND n.story = o.story
      AND n.version = o.version AND n.told_in = n.version AND n.indicator = o.indicator
      AND n.is_total = o.is_total
      AND ledger.meets(n.band_low, n.band_high, o.band_low, o.band_high))
  QUALIFY row_number() OVER (PARTITION BY o.document_id, o.version, o.story, o.indicator, o.is_total
                             ORDER BY o.spread, o.evidence_start, o.figure_id) = 1
),
given AS (
  SELECT n.* FROM told n
  WHERE n.told_in = n.version AND NOT EXISTS (
    SELECT 1 FROM told o WHERE o.document_id = n.document_id AND o.story = n.story
      AND o.version = n.version AND o.told_in = o.old_version AND o.indicator = n.indicator
      AND o.is_total = n.is_total
      AND ledger.meets(n.band_low, n.band_high, o.band_low, o.band_high))
  QUALIFY row_number() OVER (PARTITION BY n.document_id, n.version, n.story, n.indicator, n.is_total
                             ORDER BY n.spread, n.evidence_start, n.figure_id) = 1
)
SELECT o.story, o.indicator, o.document_id, o.version, o.is_total, o.document_day,
  o.value AS value_before, o.qualifier AS qualifier_before, o.figure_id AS figure_id_before,
  n.value AS value_after, n.qualifier AS qualifier_after, n.figure_id AS figure_id_after
FROM withdrawn o JOIN given n USING (document_id, version, story, indicator, is_total)
QUALIFY row_number() OVER (
  PARTITION BY o.story, o.indicator, o.origin_id, o.value, n.value
  ORDER BY o.published_at, o.document_id, o.version) = 1
