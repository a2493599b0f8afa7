-- The staged figures with what the expectations compare them with: the words at their offsets, the
-- codebook's bounds, the reading before their day, and what other independent documents say on that day. A figure
-- of another place than the indicator's is compared with neither.
WITH own AS (
  SELECT f.* FROM staging.ledger.figures f
  ANTI JOIN staging.ledger.apart_places a ON a.story = f.story AND a.codebook_version = f.codebook_version
    AND a.indicator = f.indicator AND a.place = ledger.place_key(f.place)
),
before AS (
  SELECT f.figure_id, f.codebook_version, e.day AS previous_day, e.value AS previous_value,
    e.value_low AS previous_low, e.value_high AS previous_high, e.qualifier AS previous_qualifier
  FROM own f
  JOIN staged_days p USING (document_id, version, story)
  JOIN earlier e ON e.story = f.story AND e.indicator = f.indicator AND e.day < p.day
  QUALIFY row_number() OVER (PARTITION BY f.figure_id, f.codebook_version ORDER BY e.day DESC) = 1
),
stated AS (
  SELECT DISTINCT story, indicator, day, document_id, value FROM day_values
),
-- One value for each other document that states one and shares no text with the figure's own.
others AS (
  SELECT f.figure_id, f.codebook_version, list(s.value ORDER BY s.value) AS others_same_day
  FROM own f
  JOIN staged_days p USING (document_id, version, story)
  JOIN stated s ON s.story = f.story AND s.indicator = f.indicator AND s.day = p.day
  ANTI JOIN kin k ON k.document_id = f.document_id AND k.other_id = s.document_id
  GROUP BY f.figure_id, f.codebook_version
)
SELECT f.* EXCLUDE (run_id), f.run_id, p.text IS NOT NULL AS document_known, p.story_known, p.is_taken,
  t.times, substr(p.text, f.evidence_start + 1, f.evidence_end - f.evidence_start) AS text_slice,
  length(p.text) AS text_length, f.indicator IS NULL OR i.indicator IS NOT NULL AS indicator_known,
  i.aspect AS indicator_aspect, i.unit AS indicator_unit, i.low AS indicator_low, i.high AS indicator_high,
  i.step AS indicator_step, p.day, p.outlet, b.previous_day, b.previous_value, b.previous_low,
  b.previous_high, b.previous_qualifier, coalesce(o.others_same_day, []::DOUBLE[]) AS others_same_day
FROM staging.ledger.figures f
LEFT JOIN staged_days p USING (document_id, version, story)
LEFT JOIN staging.ledger.indicators i USING (story, codebook_version, indicator)
LEFT JOIN before b USING (figure_id, codebook_version)
LEFT JOIN others o USING (figure_id, codebook_version)
LEFT JOIN staging.ledger.doubles t
  ON t.record_kind = 'figure' AND t.record_id = f.figure_id AND t.version = f.version
ORDER BY f.figure_id
