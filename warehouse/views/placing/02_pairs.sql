-- Pairs of documents that share text, the younger and the elder. An edited reprint stays one: what it adds
-- speaks for itself, number by number (views/day/01_figures.sql).
WITH proofs AS (
  SELECT l.*, a.age AS my_age, b.age AS other_age
  FROM ledger.links l ANTI JOIN ledger.idle_links USING (document_id, other_id)
  JOIN placing_documents a USING (document_id) JOIN placing_documents b ON b.document_id = l.other_id
)
SELECT document_id AS younger, other_id AS elder, other_age AS age, greatest(contained, contains) AS share, relation
FROM proofs WHERE my_age > other_age
UNION ALL
SELECT other_id, document_id, my_age, greatest(contained, contains),
  CASE relation WHEN 'abridged' THEN 'extended' WHEN 'extended' THEN 'abridged'
    WHEN 'embeds' THEN 'abridged' ELSE relation END
FROM proofs WHERE my_age < other_age
