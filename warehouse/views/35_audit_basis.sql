-- What the figures of some days are audited beside: each other, the readings before them, who shares text with
-- whom, and what people rejected or corrected. When that changes (an earlier day comes in late, another document of the day), what is held is
-- looked at again, so that any order of arrival holds the same figures. Superseded versions are looked at as
-- well: what an outlet withdrew is told in the edition unless it was held. Both are functions of a list of days:
-- the cost is that of these days, not of all the ledger holds.
CREATE OR REPLACE MACRO ledger.day_versions(days) AS TABLE
  WITH placed AS (
    SELECT day, document_id, story FROM ledger.placements WHERE NOT is_held AND list_contains(days, day)
  ),
  read AS (
    SELECT document_id, version, story, codebook_version, matches
    FROM ledger.extractions SEMI JOIN placed USING (document_id)
    QUALIFY row_number() OVER (PARTITION BY document_id, version, story ORDER BY publication DESC) = 1
  )
  SELECT p.day, x.document_id, x.version, x.story, x.codebook_version
  FROM placed p JOIN read x USING (document_id, story)
  WHERE x.matches;

CREATE OR REPLACE MACRO ledger.audit_bases(days) AS TABLE
  WITH told AS (
    SELECT v.day, f.story, f.indicator, f.figure_id, f.codebook_version, f.version
    FROM ledger.day_versions(days) v
    JOIN ledger.figures f USING (document_id, version, story, codebook_version)
    WHERE f.indicator IS NOT NULL
  ),
  before AS (
    SELECT s.day, s.story, s.indicator, r.day AS previous_day, coalesce(r.standing_value, r.value) AS value,
      CASE WHEN r.standing_value IS NULL THEN r.value_low ELSE r.standing_low END AS value_low,
      CASE WHEN r.standing_value IS NULL THEN r.value_high ELSE r.standing_high END AS value_high,
      coalesce(r.standing_qualifier, r.qualifier) AS qualifier
    FROM (SELECT DISTINCT day, story, indicator FROM told) s
    JOIN ledger.latest_readings r ON r.story = s.story AND r.indicator = s.indicator AND r.day < s.day
    QUALIFY row_number() OVER (PARTITION BY s.day, s.story, s.indicator ORDER BY r.day DESC) = 1
  ),
  placed AS (SELECT day, document_id FROM ledger.placements WHERE list_contains(days, day)),
  kin AS (
    SELECT DISTINCT a.day, least(l.document_id, l.other_id) AS one, greatest(l.document_id, l.other_id) AS other
    FROM ledger.links l
    JOIN placed a ON a.document_id = l.document_id
    JOIN placed b ON b.document_id = l.other_id AND b.day = a.day
  ),
  parts AS (
    SELECT day, concat_ws('|', 'f', figure_id, codebook_version, version) AS part FROM told
    UNION ALL
    SELECT day, concat_ws('|', 'r', story, indicator, previous_day, value, value_low, value_high, qualifier)
    FROM before
    UNION ALL
    SELECT t.day, concat_ws('|', 'd', d.target) FROM told t
    JOIN ledger.decisions d ON d.target = t.figure_id AND d.action IN ('reject', 'correct') AND d.withdrawn_by IS NULL
    UNION ALL
    SELECT day, concat_ws('|', 'k', one, other) FROM kin WHERE day IN (SELECT day FROM told)
  )
  SELECT day, md5(string_agg(part, chr(10) ORDER BY part)) AS basis FROM parts GROUP BY day;
