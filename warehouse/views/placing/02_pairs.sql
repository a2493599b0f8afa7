-- Pairs of documents that share text, the younger and the elder. An edited reprint stays one: what it adds
-- speaks for itself, number by number (views/day/01_figures.sql).
SELECT a.document_id AS younger, b.document_id AS elder, b.age, greatest(l.contained, l.contains) AS share,
  l.relation
FROM ledger.links l JOIN placing_documents a USING (document_id)
JOIN placing_documents b ON b.document_id = l.other_id
WHERE a.age > b.age
UNION ALL
SELECT b.document_id, a.document_id, a.age, greatest(l.contained, l.contains),
  CASE l.relation WHEN 'abridged' THEN 'extended' WHEN 'extended' THEN 'abridged'
    WHEN 'embeds' THEN 'abridged' ELSE l.relation END
FROM ledger.links l JOIN placing_documents a USING (document_id)
JOIN placing_documents b ON b.document_id = l.other_id
WHERE a.age < b.age
