-- Which document's text each document repeats: the end of its line. Two documents that a round-up both
-- embeds stay two texts: nothing proves them one.
WITH roots AS (SELECT younger, elder AS root FROM placing_lines WHERE is_root),
direct AS (
  SELECT younger, elder, arg_max(relation, (share, relation)) AS relation, min(age) AS age
  FROM placing_pairs GROUP BY younger, elder
),
nearest AS (SELECT younger, arg_min(relation, age) AS relation FROM direct GROUP BY younger)
SELECT d.document_id, coalesce(r.root, d.document_id) AS origin_id, r.root AS reprint_of,
  coalesce(direct.relation, n.relation) AS reprint_relation
FROM placing_documents d
LEFT JOIN roots r ON r.younger = d.document_id
LEFT JOIN nearest n ON n.younger = d.document_id
LEFT JOIN direct ON direct.younger = d.document_id AND direct.elder = r.root
