-- A document belongs to the day of its publication instant in the story's time zone; an undated one to
-- none. A held document (one dated in the future, for example) is shown no later than the day it came in.
WITH read AS (
  SELECT document_id, version, story, codebook_version, matches
  FROM ledger.extractions SEMI JOIN placing_scope USING (document_id)
  QUALIFY row_number() OVER (PARTITION BY document_id, version, story ORDER BY publication DESC) = 1
)
SELECT d.document_id, d.version, x.story, x.codebook_version,
  CASE WHEN d.is_held THEN least(ledger.edition_day(d.published_at, d.published_at_precision, c.timezone),
                                 (d.seen_at AT TIME ZONE c.timezone)::DATE)
       ELSE ledger.edition_day(d.published_at, d.published_at_precision, c.timezone) END AS day,
  d.is_held, o.origin_id, o.reprint_relation AS relation, d.published_at,
  d.agency IS NOT NULL AS has_agency, d.outlet
FROM placing_documents d
JOIN read x USING (document_id, version)
JOIN (SELECT DISTINCT story, codebook_version, timezone FROM ledger.codebooks) c
  USING (story, codebook_version)
JOIN placing_origins o USING (document_id)
WHERE x.matches AND d.published_at IS NOT NULL
