-- Pairs of documents that share text, both ways: they are no independent witnesses for each other.
SELECT document_id, other_id FROM staging.ledger.links
UNION SELECT other_id, document_id FROM staging.ledger.links
UNION SELECT document_id, other_id FROM ledger.links
UNION SELECT other_id, document_id FROM ledger.links
UNION SELECT document_id, document_id FROM staging.ledger.extractions
