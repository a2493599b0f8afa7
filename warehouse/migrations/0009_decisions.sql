-- Decisions of people about records (corrections.yml), and what the audit needs to know of a batch.

-- The languages a codebook reads; NULL for codebooks staged before this column was there.
ALTER TABLE ledger.codebooks ADD COLUMN languages VARCHAR[];

-- Whether a batch carries the project's decisions (then those it lacks are withdrawn); of staging files only.
ALTER TABLE ledger.batches ADD COLUMN decides BOOLEAN;

-- key: record_kind, record_id, version. Names given to several different records of one batch; of staging files
-- only. One of the records is kept and held, the others are counted here.
CREATE TABLE ledger.doubles (
  record_kind VARCHAR, record_id VARCHAR, version INTEGER, times INTEGER, run_id VARCHAR
);

-- key: decision_id, publication. Rows are only added, but that `withdrawn_by`, the publication that found the
-- decision gone from corrections.yml, is filled in. In force are those where it is NULL.
CREATE TABLE ledger.decisions (
  decision_id VARCHAR, nth INTEGER, target VARCHAR, action VARCHAR, field VARCHAR, value VARCHAR,
  reason VARCHAR, source VARCHAR, who VARCHAR, decided_on DATE, expected VARCHAR, publication INTEGER,
  withdrawn_by INTEGER, run_id VARCHAR
);

-- What each decision in force comes to, one row a record it names (one without a record where it names none);
-- restated by every promotion. status: applied, idle (nothing to release), stale (what it expects is no longer
-- there), invalid (it cannot be done) or unknown (no such record). replaced_by is the record a correction makes.
CREATE TABLE ledger.rulings (
  decision_id VARCHAR, nth INTEGER, action VARCHAR, field VARCHAR, status VARCHAR, detail VARCHAR,
  record_kind VARCHAR, record_id VARCHAR, document_id VARCHAR, version INTEGER, story VARCHAR,
  codebook_version VARCHAR, expectation VARCHAR, evidence VARCHAR, before VARCHAR, after VARCHAR,
  replaced_by VARCHAR, words VARCHAR, run_id VARCHAR
);

-- key: replacement_id, codebook_version. The records corrections have made, in force or not.
CREATE TABLE ledger.replacements (
  replacement_id VARCHAR, record_kind VARCHAR, replaces VARCHAR, document_id VARCHAR, version INTEGER,
  story VARCHAR, codebook_version VARCHAR, evidence VARCHAR, run_id VARCHAR
);

-- key: day, revision, decision_id, record_id. What people decided about the day's records, as a revision showed it.
CREATE TABLE ledger.edition_decisions (
  day DATE, revision INTEGER, decision_id VARCHAR, action VARCHAR, status VARCHAR, detail VARCHAR,
  record_kind VARCHAR, record_id VARCHAR, document_id VARCHAR, story VARCHAR, field VARCHAR, before VARCHAR,
  after VARCHAR, reason VARCHAR, source VARCHAR, who VARCHAR, decided_on DATE, replaced_by VARCHAR,
  run_id VARCHAR
);
