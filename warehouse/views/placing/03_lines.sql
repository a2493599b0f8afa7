-- A document's parent is its eldest elder, and so on up its line.
WITH RECURSIVE
parents AS (
  SELECT younger, elder FROM placing_pairs
  QUALIFY row_number() OVER (PARTITION BY younger ORDER BY age, share DESC, relation) = 1
),
lines AS (
  SELECT younger, elder, 1 AS steps FROM parents
  UNION ALL
  SELECT lines.younger, parents.elder, lines.steps + 1
  FROM lines JOIN parents ON parents.younger = lines.elder
)
SELECT younger, elder, steps, elder NOT IN (SELECT younger FROM parents) AS is_root FROM lines
