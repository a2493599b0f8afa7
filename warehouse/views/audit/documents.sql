-- The staged documents, one row a version, for the expectations.
SELECT d.document_id, d.key, d.url, d.canonical_url, d.outlet, d.title, d.byline, d.agency, d.dateline,
  d.language, d.published_at, d.published_at_source, d.published_at_precision, d.first_seen_at, d.version,
  d.text_sha256, d.word_count, d.source_path, d.feed_id, d.stories, d.run_id,
  length(trim(d.text)) > 0 AS has_text,
  coalesce(d.published_at > r.started_at + INTERVAL 1 DAY, false) AS is_future,
  p.day
FROM staging.ledger.documents d
JOIN staging.ledger.runs r USING (run_id)
LEFT JOIN staged_days p ON p.document_id = d.document_id AND p.version = d.version
  AND p.story = d.stories[1]
ORDER BY d.document_id, d.version
