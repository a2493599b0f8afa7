-- All a document shares text with and all up its line, with how many steps up that is; NULL beside the line.
SELECT document_id, elder_id, max(steps) AS steps
FROM (
  SELECT younger AS document_id, elder AS elder_id, NULL::INTEGER AS steps FROM placing_pairs
  UNION ALL SELECT younger, elder, steps FROM placing_lines
)
GROUP BY ALL
