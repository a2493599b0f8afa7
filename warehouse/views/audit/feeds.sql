-- The feeds the run asked, with when each was last read and last brought anything new.
SELECT s.feed_id, s.status, s.polled_at, s.ok_at, s.new_at,
  date_diff('second', coalesce(s.new_at, s.ok_at), s.polled_at) / 86400e0 AS days_quiet,
  s.gone_at IS NOT NULL OR s.retired_at IS NOT NULL AS is_given_up
FROM staging.ledger.feed_states s
ORDER BY s.feed_id
