-- Sketches of version 2 share no value with those of version 1: the next run makes them anew (warehouse/holdings.py).
DELETE FROM ledger.sketches;

-- Sketch values that recur over an outlet's texts of several days: newsletter lines, frames of live blogs and
-- bulletins. It restates what documents and sketches say (warehouse/standing.py).
CREATE TABLE ledger.standing (outlet VARCHAR, hash UBIGINT);

-- Links between documents that share little but such values; they prove nothing.
CREATE TABLE ledger.idle_links (document_id VARCHAR, other_id VARCHAR);

-- How many steps up its line a document's elder is; NULL beside the line. Rows made before are below nought: the
-- next promotion makes them anew (warehouse/placing.py).
ALTER TABLE ledger.elders ADD COLUMN steps INTEGER;
UPDATE ledger.elders SET steps = -1;
