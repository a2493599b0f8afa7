-- What a poll told in words, and whether it probably missed items.
ALTER TABLE ledger.polls ADD COLUMN detail VARCHAR;
ALTER TABLE ledger.polls ADD COLUMN is_loss BOOLEAN;

-- The four tables below hold what is known now: a promotion replaces the rows of what its run met.

-- key: feed_id. The schedule and the health of each feed ever polled.
CREATE TABLE ledger.feed_states (
  feed_id VARCHAR, url VARCHAR, address VARCHAR, polled_at TIMESTAMPTZ, next_poll_at TIMESTAMPTZ,
  interval_seconds DOUBLE, status VARCHAR, reason VARCHAR, polls INTEGER, streak INTEGER, failures INTEGER,
  failure_weight DOUBLE, ok_at TIMESTAMPTZ, etag VARCHAR, last_modified VARCHAR, validators VARCHAR,
  body_sha256 VARCHAR, full_at TIMESTAMPTZ, gone_at TIMESTAMPTZ, retired_at TIMESTAMPTZ, moved_to VARCHAR,
  moved_at TIMESTAMPTZ, new_at TIMESTAMPTZ, gap_seconds DOUBLE, is_silent BOOLEAN, known_share DOUBLE,
  losses INTEGER, hint_seconds DOUBLE, hub VARCHAR, topic VARCHAR, run_id VARCHAR
);

-- Feeds polled before there was a schedule are due at once, with the validators of their last poll.
INSERT INTO ledger.feed_states BY NAME
SELECT feed_id, url, url AS address, polled_at, polled_at AS next_poll_at, 3600.0 AS interval_seconds, status,
  reason, n AS polls, 0 AS streak, 0 AS failures, 0.0 AS failure_weight, etag, last_modified,
  'both' AS validators, body_sha256, new_at, FALSE AS is_silent, 0 AS losses, run_id
FROM (
  SELECT *, count(*) OVER (PARTITION BY feed_id) AS n,
    max(polled_at) FILTER (WHERE items_new > 0) OVER (PARTITION BY feed_id) AS new_at
  FROM ledger.polls
  QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY polled_at DESC, run_id DESC) = 1
);

-- key: host. Trouble and manners of each host.
CREATE TABLE ledger.hosts (
  host VARCHAR, failures INTEGER, down_until TIMESTAMPTZ, back_offs INTEGER, back_off_until TIMESTAMPTZ,
  crawl_delay DOUBLE, run_id VARCHAR
);

-- key: url. robots.txt and tdmrep.json of each site, kept for a day.
CREATE TABLE ledger.site_files (
  url VARCHAR, fetched_at TIMESTAMPTZ, reason VARCHAR, body VARCHAR, run_id VARCHAR
);

-- key: item, feed_id. Items that could not be read and are tried again, or were given up.
CREATE TABLE ledger.quarantine (
  item VARCHAR, feed_id VARCHAR, guid VARCHAR, title VARCHAR, published VARCHAR, published_at TIMESTAMPTZ,
  summary VARCHAR, authors VARCHAR, reason VARCHAR, tries INTEGER, first_at TIMESTAMPTZ,
  last_at TIMESTAMPTZ, next_at TIMESTAMPTZ, state VARCHAR, run_id VARCHAR
);

-- key: host, kind, source, value. Wishes about data mining and training; url is where one was first met.
CREATE TABLE ledger.opt_outs (
  host VARCHAR, kind VARCHAR, source VARCHAR, value VARCHAR, url VARCHAR, is_obeyed BOOLEAN, run_id VARCHAR
);

-- key: journal. The journals of the raw store whose answers a promoted run has read to the end.
CREATE TABLE ledger.journals (journal VARCHAR, run_id VARCHAR);
