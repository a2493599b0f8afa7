-- Staged document versions and, where the batch has them not, those held.
SELECT document_id, version, outlet, published_at, published_at_precision, text FROM staging.ledger.documents
UNION ALL
SELECT h.document_id, h.version, h.outlet, h.published_at, h.published_at_precision, h.text FROM ledger.documents h
WHERE EXISTS (SELECT 1 FROM staging.ledger.extractions x
              WHERE x.document_id = h.document_id AND x.version = h.version)
  AND NOT EXISTS (SELECT 1 FROM staging.ledger.documents s
                  WHERE s.document_id = h.document_id AND s.version = h.version)
