-- The documents a batch can place otherwise: those it names, and all that share text with them, by however
-- many steps. What is not linked to the batch stays where it is, however much the ledger holds.
WITH RECURSIVE
pairs AS (
  SELECT document_id, other_id FROM ledger.links UNION SELECT other_id, document_id FROM ledger.links
),
kin AS (
  SELECT document_id FROM placing_seeds
  UNION
  SELECT p.other_id FROM kin JOIN pairs p USING (document_id)
)
SELECT document_id FROM kin
