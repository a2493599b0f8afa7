-- The staged documents, one row a version, for the expectations. Garbled are control characters, characters that
-- could not be decoded, and what UTF-8 looks like when it is read as Windows-1252. A document the
-- batch brings whole, because an older version of it came in late, takes no version of another text.
WITH held AS (
  SELECT document_id, max(version) AS version FROM ledger.documents
  ANTI JOIN staging.ledger.renumbered USING (document_id) GROUP BY document_id
),
copies AS (
  SELECT document_id, version, row_number() OVER (
      PARTITION BY outlet, text_sha256 ORDER BY published_at NULLS LAST, document_id, version) - 1
    + (SELECT count(*) FROM ledger.latest_documents l
       WHERE l.outlet = d.outlet AND l.text_sha256 = d.text_sha256 AND l.document_id NOT IN (SELECT document_id FROM staging.ledger.documents)) AS copies
  FROM staging.ledger.documents d WHERE outlet IS NOT NULL AND length(trim(text)) > 0
),
books AS (
  SELECT coalesce(list(DISTINCT story), []::VARCHAR[]) AS known_stories FROM staging.ledger.codebooks
),
spoken AS (
  SELECT d.document_id, d.version, flatten(list(c.languages)) AS languages
  FROM staging.ledger.documents d JOIN staging.ledger.codebooks c ON list_contains(d.stories, c.story)
  WHERE c.languages IS NOT NULL
  GROUP BY d.document_id, d.version
)
SELECT d.document_id, d.key, d.url, d.canonical_url, d.outlet, d.title, d.byline, d.agency, d.dateline,
  d.language, d.published_at, d.published_at_source, d.published_at_precision, d.first_seen_at, d.version,
  d.text_sha256, d.word_count, d.source_path, d.feed_id, d.stories, d.run_id,
  length(trim(d.text)) > 0 AS has_text,
  sha256(d.text) = d.text_sha256 AS is_digest_right,
  length(d.text) AS text_length,
  length(d.text) - length(regexp_replace(d.text, '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{fffd}]', '', 'g'))
    + len(regexp_extract_all(d.text,
        'Ã[\x{80}-\x{bf}\x{2018}-\x{203a}\x{20ac}\x{2122}\x{192}\x{160}\x{161}\x{152}\x{153}\x{178}\x{17d}\x{17e}]'
        || '|â€|Â[\x{a0}-\x{bf}]|ï»¿')) AS garbled,
  left(d.text, 600) AS opening,
  coalesce(d.published_at > r.started_at + INTERVAL 1 DAY, false) AS is_future,
  h.version AS held_version,
  EXISTS (SELECT 1 FROM ledger.documents o WHERE o.document_id = d.document_id AND o.version = d.version
            AND o.text_sha256 <> d.text_sha256)
    AND d.document_id NOT IN (SELECT document_id FROM staging.ledger.renumbered) AS is_taken,
  coalesce(c.copies, 0) AS copies,
  coalesce(s.languages, []::VARCHAR[]) AS story_languages,
  list_filter(coalesce(d.stories, []::VARCHAR[]), lambda story: NOT list_contains(b.known_stories, story))
    AS unknown_stories,
  EXISTS (SELECT 1 FROM staging.ledger.links l WHERE l.document_id = d.document_id
            AND l.other_id <> d.document_id AND l.relation <> 'update') AS is_reprint,
  t.times, p.day
FROM staging.ledger.documents d
JOIN staging.ledger.runs r USING (run_id)
CROSS JOIN books b
LEFT JOIN held h ON h.document_id = d.document_id
LEFT JOIN copies c ON c.document_id = d.document_id AND c.version = d.version
LEFT JOIN spoken s ON s.document_id = d.document_id AND s.version = d.version
LEFT JOIN staging.ledger.doubles t
  ON t.record_kind = 'document' AND t.record_id = d.document_id AND t.version = d.version
LEFT JOIN staged_days p ON p.document_id = d.document_id AND p.version = d.version
  AND p.story = d.stories[1]
ORDER BY d.document_id, d.version
