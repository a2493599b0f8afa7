-- What each outlet brings on each day of the batch beside what it usually brings (the median of its days in the
-- four weeks before), and, where feeds were polled, the outlets that usually bring something and have not for long.
WITH staged AS (
  SELECT d.outlet, p.day, count(DISTINCT d.document_id) AS documents
  FROM staging.ledger.documents d JOIN staged_days p USING (document_id, version)
  WHERE d.outlet IS NOT NULL AND p.day IS NOT NULL
  GROUP BY d.outlet, p.day
),
known AS (
  SELECT outlet, day, count(DISTINCT document_id) AS documents
  FROM ledger.placements WHERE outlet IS NOT NULL AND day IS NOT NULL AND NOT is_held
  GROUP BY outlet, day
),
usual AS (
  SELECT s.outlet, s.day, median(k.documents) AS usual, count(*) AS days
  FROM staged s JOIN known k ON k.outlet = s.outlet AND k.day < s.day AND k.day >= s.day - 28
  GROUP BY s.outlet, s.day
),
today AS (
  SELECT started_at::DATE AS day FROM staging.ledger.runs
  WHERE EXISTS (SELECT 1 FROM staging.ledger.polls)
),
silent AS (
  SELECT k.outlet, t.day, max(k.day) AS last_day, median(k.documents) AS usual, count(*) AS days
  FROM known k, today t
  WHERE k.day >= t.day - 28 AND k.outlet NOT IN (SELECT outlet FROM staged)
  GROUP BY k.outlet, t.day
)
SELECT s.outlet || ' on ' || s.day AS outlet_day, s.outlet, s.day, s.documents, u.usual,
  coalesce(u.days, 0) AS days_known, 0 AS days_quiet
FROM staged s LEFT JOIN usual u USING (outlet, day)
UNION ALL
SELECT outlet || ' on ' || day, outlet, day, 0, usual, days, day - last_day FROM silent
ORDER BY 1
