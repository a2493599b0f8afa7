-- The staged proofs that two documents share text.
SELECT l.document_id || ' of ' || l.other_id AS link_id, l.document_id, l.other_id, l.contained, l.contains,
  l.relation, o.document_id IS NOT NULL AS other_known
FROM staging.ledger.links l
LEFT JOIN (SELECT document_id FROM staging.ledger.documents
           UNION SELECT document_id FROM ledger.documents) o ON o.document_id = l.other_id
ORDER BY link_id
