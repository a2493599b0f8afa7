-- What pages say of themselves: whether the article is free to read (NULL where the page does not say), and the
-- outlet's own corrections of it, each verbatim. Empty for documents read before these columns were there.
ALTER TABLE ledger.documents ADD COLUMN is_free BOOLEAN;
ALTER TABLE ledger.documents ADD COLUMN corrections VARCHAR[];

-- Hours (GMT) and days at which a publisher says nothing changes: "0,5;saturday,sunday".
ALTER TABLE ledger.feed_states ADD COLUMN skips VARCHAR;
