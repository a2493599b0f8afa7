-- The latest stand of each actor on each issue before the day, and the stance that stands then: as for
-- readings, a stand that was no change reaffirms an earlier one, and day and position_id are those of the last
-- change.
SELECT s.story, s.actor, s.issue, s.stance AS last_stance, s.is_disputed, s.stances_against,
  coalesce(s.standing_stance, s.stance) AS stance,
  coalesce(max(CASE WHEN standing_stance IS NULL THEN s.day END) OVER stand_days, s.day) AS day,
  coalesce(arg_max(CASE WHEN standing_stance IS NULL THEN position_id END,
                   CASE WHEN standing_stance IS NULL THEN s.day END) OVER stand_days, s.position_id)
    AS position_id
FROM ledger.latest_stands s, the_day t
WHERE s.day < t.day
WINDOW stand_days AS (PARTITION BY s.story, s.actor, s.issue)
QUALIFY row_number() OVER (PARTITION BY s.story, s.actor, s.issue ORDER BY s.day DESC) = 1
