-- Why a figure's number looks like a slip of the pen in its own text; NULL where it does not, and for figures
-- read before this column was there.
ALTER TABLE ledger.figures ADD COLUMN slip VARCHAR;
