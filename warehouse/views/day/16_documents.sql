-- The day's documents, reprints and held ones included.
SELECT p.day, p.story, p.document_id, p.version, p.codebook_version, d.text_sha256, p.is_held,
  o.reprint_of, o.reprint_relation
FROM ledger.placements p
JOIN the_day t USING (day)
JOIN ledger.documents d USING (document_id, version)
JOIN ledger.origins o USING (document_id)
ORDER BY p.story, p.published_at, p.document_id
