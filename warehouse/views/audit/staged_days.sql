-- The edition day of every staged document version, for each story that read it. A version the batch only
-- re-reads with another codebook lies in the ledger.
SELECT x.document_id, x.version, x.story, d.outlet, d.published_at, d.text,
  ledger.edition_day(d.published_at, d.published_at_precision, coalesce(c.timezone, 'UTC')) AS day,
  c.story IS NOT NULL AS story_known,
  EXISTS (SELECT 1 FROM staging.ledger.documents s JOIN ledger.documents h USING (document_id, version)
          WHERE s.document_id = x.document_id AND s.version = x.version
            AND s.text_sha256 <> h.text_sha256)
    AND x.document_id NOT IN (SELECT document_id FROM staging.ledger.renumbered) AS is_taken
FROM staging.ledger.extractions x
JOIN all_documents d USING (document_id, version)
LEFT JOIN staging.ledger.codebooks c ON c.story = x.story AND c.codebook_version = x.codebook_version
WHERE x.matches
