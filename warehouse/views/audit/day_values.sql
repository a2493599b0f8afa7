-- What documents, staged or held, report of an indicator on a day: newest staged version of each document,
-- else the version held. What a person rejected or corrected is no witness.
SELECT f.story, f.indicator, p.day, f.document_id, f.figure_id, f.value, f.value_low, f.value_high,
  f.qualifier, i.tolerance, p.published_at, true AS is_staged
FROM staging.ledger.figures f
JOIN staged_days p USING (document_id, version, story)
JOIN staging.ledger.indicators i USING (story, codebook_version, indicator)
ANTI JOIN staging.ledger.apart_places a ON a.story = f.story AND a.codebook_version = f.codebook_version
  AND a.indicator = f.indicator AND a.place = ledger.place_key(f.place)
WHERE f.modality = 'reported' AND p.day IS NOT NULL AND isfinite(f.value)
  AND f.figure_id NOT IN (SELECT target FROM staging.ledger.decisions WHERE action IN ('reject', 'correct'))
QUALIFY f.version = max(f.version) OVER (PARTITION BY f.document_id)
UNION ALL
SELECT f.story, f.indicator, p.day, f.document_id, f.figure_id, f.value, f.value_low, f.value_high,
  f.qualifier, f.tolerance, p.published_at, false
FROM ledger.speaking_figures f
JOIN ledger.placements p USING (document_id, version, story, codebook_version)
SEMI JOIN (SELECT DISTINCT story, day FROM staged_days) t ON t.story = p.story AND t.day = p.day
WHERE NOT p.is_held AND p.document_id NOT IN (SELECT document_id FROM staging.ledger.extractions)
