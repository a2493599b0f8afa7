-- key: subscription, day, change_id, words_sha256. Changes that a subscriber was told of, so that none is told twice;
-- a change whose words a later revision changed is told anew.
CREATE TABLE ledger.notices (
  subscription VARCHAR, day DATE, change_id VARCHAR, words_sha256 VARCHAR, sent_at TIMESTAMPTZ, run_id VARCHAR
);

-- key: subscription, day. Days whose changes could not be sent: the next run tries again.
CREATE TABLE ledger.notice_debts (subscription VARCHAR, day DATE, run_id VARCHAR);
