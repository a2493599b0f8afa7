-- Their latest versions; a text is the older the earlier it was published (held and undated documents are
-- younger than all, those with an agency's name older, then by name), whatever came in first, so that any
-- order of arrival gives the same answer.
WITH latest AS (
  SELECT d.* EXCLUDE (text), h.document_id IS NOT NULL AS is_held
  FROM ledger.documents d SEMI JOIN placing_scope USING (document_id)
  LEFT JOIN ledger.held_documents h USING (document_id, version)
  QUALIFY d.version = max(d.version) OVER (PARTITION BY d.document_id)
)
SELECT *, row_number() OVER (ORDER BY is_held, published_at NULLS LAST, agency IS NULL, document_id) AS age
FROM latest
