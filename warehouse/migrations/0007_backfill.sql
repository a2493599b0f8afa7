-- When which text of a document was seen: the order of its versions follows from this, whatever came in first.
-- key: document_id, seen_at, text_sha256
CREATE TABLE ledger.sightings (
  document_id VARCHAR, seen_at TIMESTAMPTZ, text_sha256 VARCHAR, modified_at TIMESTAMPTZ, run_id VARCHAR
);
INSERT INTO ledger.sightings SELECT document_id, seen_at, text_sha256, modified_at, run_id FROM ledger.documents;

-- key: item. What feeds told of the articles that are looked at again; kept while that may be.
CREATE TABLE ledger.watched (
  item VARCHAR, feed_id VARCHAR, guid VARCHAR, title VARCHAR, published VARCHAR, published_at TIMESTAMPTZ,
  summary VARCHAR, authors VARCHAR, first_at TIMESTAMPTZ, run_id VARCHAR
);

-- The versions of documents that a batch brings whole, under the numbers they had. Staging files only.
CREATE TABLE ledger.renumbered (document_id VARCHAR, old_version INTEGER, version INTEGER, run_id VARCHAR);

-- key: source, day, digest. What backfills have read to the end; day is NULL for what has none.
CREATE TABLE ledger.backfills (source VARCHAR, day DATE, digest VARCHAR, items BIGINT, run_id VARCHAR);

-- key: day. What the figures of a day were last audited beside (ledger.audit_bases), and whether that may have
-- changed since; another basis: audit again.
CREATE TABLE ledger.day_audits (day DATE, basis VARCHAR, is_open BOOLEAN);

-- Holds that a later look took back, because more is known of the day or of the day before.
CREATE TABLE ledger.lifted_holds (
  record_kind VARCHAR, record_id VARCHAR, document_id VARCHAR, version INTEGER, story VARCHAR,
  expectation VARCHAR, reason VARCHAR, evidence VARCHAR, run_id VARCHAR, lifted_by VARCHAR
);

-- key: document_id, version, nth. What an outlet changed between a version and the one before.
CREATE TABLE ledger.version_changes (
  document_id VARCHAR, version INTEGER, nth INTEGER, kind VARCHAR, before VARCHAR, after VARCHAR,
  before_start INTEGER, after_start INTEGER, run_id VARCHAR
);
