-- Every position of the day beside the day's stand. Another stance of a text that also states the stand's
-- stance does not stand against it. rank orders the words of one stance: said last, not a reprint's, a
-- condition given, then the earlier place in the text.
WITH agreeing AS (
  SELECT DISTINCT p.story, p.actor, p.issue, p.voice_id
  FROM day_positions p JOIN day_stances s USING (story, actor, issue, stance) WHERE s.place = 1
)
SELECT p.*, stand.stance AS stand_stance,
  CASE WHEN p.stance = stand.stance THEN 'for'
       WHEN EXISTS (SELECT 1 FROM agreeing a WHERE a.story = p.story AND a.actor = p.actor
                      AND a.issue = p.issue AND a.voice_id = p.voice_id) THEN 'aside'
       ELSE 'against' END AS side,
  row_number() OVER (
    PARTITION BY p.story, p.actor, p.issue, p.stance
    ORDER BY p.speaks_of DESC, p.document_id <> p.voice_id, p.condition IS NULL, p.published_at DESC,
      p.document_id, p.evidence_start, p.position_id) AS rank
FROM day_positions p
JOIN day_stances stand ON stand.story = p.story AND stand.actor = p.actor AND stand.issue = p.issue
  AND stand.place = 1
