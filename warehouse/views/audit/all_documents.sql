-- Staged document versions and, where the batch has them not, those held.
SELECT document_id, version, outlet, published_at, published_at_precision, text FROM staging.ledger.documents
UNION ALL
SELECT h.document_id, h.version, h.outlet, h.published_at, h.published_at_precision, h.text FROM ledger.documents h
SEMI JOIN (SELECT document_id, version FROM staging.ledger.extractions
           EXCEPT SELECT document_id, version FROM staging.ledger.documents) x USING (document_id, version)
