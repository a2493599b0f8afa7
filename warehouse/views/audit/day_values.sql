-- What documents, staged or held, report of an indicator on a day: newest staged version of each document,
-- else the version held. What a person rejected or corrected is no witness.
SELECT f.story, f.indicator, p.day, f.document_id, f.figure_id, f.value, f.value_low, f.value_high,
  f.qualifier, i.tolerance, p.published_at
FROM staging.ledger.figures f
JOIN staged_days p USING (document_id, version, story)
JOIN staging.ledger.indicators i USING (story, codebook_version, indicator)
WHERE f.modality = 'reported' AND p.day IS NOT NULL AND isfinite(f.value)
  AND f.figure_id NOT IN (SELECT target FROM staging.ledger.decisions WHERE action IN ('reject', 'correct'))
QUALIFY f.version = max(f.version) OVER (PARTITION BY f.document_id)
UNION ALL
SELECT f.story, f.indicator, p.day, f.document_id, f.figure_id, f.value, f.value_low, f.value_high,
  f.qualifier, f.tolerance, p.published_at
FROM ledger.speaking_figures f
JOIN ledger.placements p USING (document_id, version, story, codebook_version)
WHERE NOT p.is_held AND p.document_id NOT IN (SELECT document_id FROM staging.ledger.extractions)
