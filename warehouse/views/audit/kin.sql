-- Pairs of documents that share text, both ways, for the documents of the batch: they are no independent witnesses
-- for each other.
SELECT document_id, other_id FROM staging.ledger.links
UNION SELECT other_id, document_id FROM staging.ledger.links
UNION SELECT document_id, other_id FROM ledger.links SEMI JOIN staging.ledger.extractions USING (document_id)
UNION SELECT l.other_id, l.document_id FROM ledger.links l
  SEMI JOIN staging.ledger.extractions x ON x.document_id = l.other_id
UNION SELECT document_id, document_id FROM staging.ledger.extractions
