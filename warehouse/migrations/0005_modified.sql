-- When the outlet says it last changed the article; NULL where it does not say, and for documents read before
-- this column was there.
ALTER TABLE ledger.documents ADD COLUMN modified_at TIMESTAMPTZ;
