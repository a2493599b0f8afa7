-- What the figures of each day are audited beside: each other, the readings before them, and who shares text
-- with whom. When that changes (an earlier day comes in late, another document of the day), what is held is
-- looked at again, so that any order of arrival holds the same figures. Superseded versions are looked at as
-- well: what an outlet withdrew is told in the edition unless it was held.
CREATE OR REPLACE VIEW ledger.day_versions AS
  SELECT p.day, x.document_id, x.version, x.story, x.codebook_version
  FROM ledger.placements p JOIN ledger.current_extractions x USING (document_id, story)
  WHERE x.matches AND NOT p.is_held AND p.day IS NOT NULL;

CREATE OR REPLACE VIEW ledger.audit_bases AS
  WITH told AS (
    SELECT v.day, f.story, f.indicator, f.figure_id, f.codebook_version, f.version
    FROM ledger.day_versions v
    JOIN ledger.figures f USING (document_id, version, story, codebook_version)
    WHERE f.indicator IS NOT NULL
  ),
  before AS (
    SELECT s.day, s.story, s.indicator, r.day AS previous_day, r.value, r.value_low, r.value_high, r.qualifier
    FROM (SELECT DISTINCT day, story, indicator FROM told) s
    JOIN ledger.latest_readings r ON r.story = s.story AND r.indicator = s.indicator AND r.day < s.day
    QUALIFY row_number() OVER (PARTITION BY s.day, s.story, s.indicator ORDER BY r.day DESC) = 1
  ),
  kin AS (
    SELECT DISTINCT a.day, least(l.document_id, l.other_id) AS one, greatest(l.document_id, l.other_id) AS other
    FROM ledger.links l
    JOIN ledger.placements a ON a.document_id = l.document_id
    JOIN ledger.placements b ON b.document_id = l.other_id AND b.day = a.day
  ),
  parts AS (
    SELECT day, concat_ws('|', 'f', figure_id, codebook_version, version) AS part FROM told
    UNION ALL
    SELECT day, concat_ws('|', 'r', story, indicator, previous_day, value, value_low, value_high, qualifier)
    FROM before
    UNION ALL
    SELECT day, concat_ws('|', 'k', one, other) FROM kin WHERE day IN (SELECT day FROM told)
  )
  SELECT day, md5(string_agg(part, chr(10) ORDER BY part)) AS basis FROM parts GROUP BY day;
