-- The documents a batch can place otherwise: those it names, and all that share text with them, by however
-- many steps. What is not linked to the batch stays where it is, however much the ledger holds. Links that only
-- say that an outlet's standing text recurs are none.
WITH RECURSIVE
proofs AS (SELECT document_id, other_id FROM ledger.links ANTI JOIN ledger.idle_links USING (document_id, other_id)),
pairs AS (SELECT document_id, other_id FROM proofs UNION SELECT other_id, document_id FROM proofs),
kin AS (
  SELECT document_id FROM placing_seeds
  UNION
  SELECT p.other_id FROM kin JOIN pairs p USING (document_id)
)
SELECT document_id FROM kin
