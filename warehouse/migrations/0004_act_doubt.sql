-- The class of act that a model trained apart from the rules is sure of where it excludes theirs; NULL where it does
-- not, and for positions read before this column was there.
ALTER TABLE ledger.positions ADD COLUMN act_doubt VARCHAR;
