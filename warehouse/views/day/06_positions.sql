-- Positions that speak on the day, with their voices as for figures. A stance the same document dates
-- earlier than another one of the same actor on the same issue is history.
WITH stated AS (
  SELECT s.* EXCLUDE (evidence, evidence_end, rule, extractor, act, act_doubt), p.day AS document_day, p.published_at, p.outlet, c.dispute_share,
    coalesce(s.said_on, p.day) AS speaks_of
  FROM ledger.placements p
  JOIN the_day t ON t.day = p.day
  JOIN ledger.speaking_positions s USING (document_id, version, story, codebook_version)
  JOIN ledger.codebooks c USING (story, codebook_version)
  WHERE NOT p.is_held
  QUALIFY speaks_of = max(speaks_of) OVER (PARTITION BY s.document_id, s.story, s.actor, s.issue)
),
repeated AS (
  SELECT s.position_id, p.document_id AS voice_id, p.day AS voice_day
  FROM stated s
  JOIN ledger.elders e ON e.document_id = s.document_id
  JOIN ledger.placements p ON p.document_id = e.elder_id AND p.story = s.story AND NOT p.is_held
  JOIN ledger.speaking_positions o ON o.document_id = p.document_id AND o.version = p.version
    AND o.story = p.story AND o.codebook_version = p.codebook_version
    AND o.actor = s.actor AND o.issue = s.issue AND o.stance = s.stance
  QUALIFY row_number() OVER (PARTITION BY s.position_id
                             ORDER BY p.published_at, NOT p.has_agency, p.document_id) = 1
)
SELECT s.*, coalesce(r.voice_id, s.document_id) AS voice_id
FROM stated s LEFT JOIN repeated r USING (position_id)
WHERE r.voice_day IS NULL OR r.voice_day = s.document_day
