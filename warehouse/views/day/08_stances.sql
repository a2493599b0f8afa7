-- Every stance of the day with its support, the stand first (place = 1): most independent texts, then
-- outlets, then the stance before, then the one said last, then a conditional one, which says more.
SELECT p.story, p.actor, p.issue, p.stance, count(DISTINCT p.voice_id)::INTEGER AS texts,
  count(DISTINCT p.outlet)::INTEGER AS outlets, max(p.dispute_share) AS dispute_share,
  row_number() OVER (
    PARTITION BY p.story, p.actor, p.issue
    ORDER BY count(DISTINCT p.voice_id) DESC, count(DISTINCT p.outlet) DESC,
      coalesce(p.stance = any_value(b.stance), false) DESC, max((p.speaks_of, p.published_at)) DESC,
      p.stance <> 'conditional', p.stance) AS place
FROM day_positions p LEFT JOIN day_previous_stands b USING (story, actor, issue)
GROUP BY p.story, p.actor, p.issue, p.stance
