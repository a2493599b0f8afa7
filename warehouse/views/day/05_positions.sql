-- Positions that speak on the day, with their voices as for figures. A stance the same document dates
-- earlier than another one of the same actor on the same issue is history.
WITH groups AS (
  SELECT DISTINCT story, origin_id FROM ledger.placements p, the_day t
  WHERE p.day = t.day AND NOT p.is_held
),
members AS (
  SELECT p.* FROM ledger.placements p JOIN groups USING (story, origin_id), the_day t
  WHERE p.day <= t.day AND NOT p.is_held
),
stated AS (
  SELECT s.*, m.day AS document_day, m.origin_id, m.published_at, m.has_agency, m.outlet,
    c.dispute_share, coalesce(s.said_on, m.day) AS speaks_of
  FROM members m
  JOIN ledger.positions s USING (document_id, version, story, codebook_version)
  JOIN ledger.codebooks c USING (story, codebook_version)
  WHERE s.position_id NOT IN (SELECT record_id FROM ledger.holds WHERE record_kind = 'position')
  QUALIFY speaks_of = max(speaks_of) OVER (PARTITION BY s.document_id, s.story, s.actor, s.issue)
),
voiced AS (
  SELECT *, first_value(document_id) OVER same_stance AS voice_id,
    first_value(document_day) OVER same_stance AS voice_day
  FROM stated
  WINDOW same_stance AS (PARTITION BY origin_id, story, actor, issue, stance
                         ORDER BY published_at, NOT has_agency, document_id)
)
SELECT v.* FROM voiced v, the_day t WHERE v.document_day = t.day AND v.voice_day = t.day
