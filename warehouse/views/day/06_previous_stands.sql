-- The latest stand of each actor on each issue before the day.
SELECT s.* FROM ledger.latest_stands s, the_day t
WHERE s.day < t.day
QUALIFY row_number() OVER (PARTITION BY s.story, s.actor, s.issue ORDER BY s.day DESC) = 1
