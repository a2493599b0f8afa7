-- The latest stand of each actor on each issue before the day, and the stance that stands then: as for
-- readings, a stand that was no change restates an earlier one.
SELECT s.story, s.actor, s.issue, s.stance AS last_stance, s.is_disputed, s.stances_against,
  coalesce(s.standing_day, s.day) AS day, coalesce(s.standing_stance, s.stance) AS stance,
  coalesce(s.standing_position_id, s.position_id) AS position_id
FROM ledger.latest_stands s, the_day t
WHERE s.day < t.day
QUALIFY row_number() OVER (PARTITION BY s.story, s.actor, s.issue ORDER BY s.day DESC) = 1
