-- Their latest versions, from the eldest on, whatever came in first, so that any order of arrival gives the same
-- answer: held and undated ones are younger than all. An agency's own text counts as six hours older than its
-- date, since papers print the hour it came over the wire and agencies the hour of their web page; a bare day
-- counts as its end.
WITH latest AS (
  SELECT d.* EXCLUDE (text), h.document_id IS NOT NULL AS is_held
  FROM ledger.documents d SEMI JOIN placing_scope USING (document_id)
  LEFT JOIN ledger.held_documents h USING (document_id, version)
  QUALIFY d.version = max(d.version) OVER (PARTITION BY d.document_id)
)
SELECT *,
  row_number() OVER (
    ORDER BY is_held,
      published_at - CASE WHEN coalesce(ledger.is_agency(outlet, agency), false) THEN INTERVAL 6 HOUR
                          ELSE INTERVAL 0 HOUR END
        + CASE WHEN published_at_precision = 'day' THEN INTERVAL 12 HOUR ELSE INTERVAL 0 HOUR END NULLS LAST,
      agency IS NULL, document_id) AS age
FROM latest
