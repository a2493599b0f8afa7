-- The base tables. Rows are only ever added (sketches, origins, elders and placements excepted: they restate
-- what the other tables already say, for speed). Staging files have the same tables.
-- No primary keys: an index costs five times the insert; promotion adds rows by anti-join on the key
-- named above each table, and a test holds the keys unique.
-- `publication` is the number of the promotion that brought the row; it is NULL in a staging file.

-- key: run_id
CREATE TABLE ledger.runs (
  run_id VARCHAR, kind VARCHAR, started_at TIMESTAMPTZ, command VARCHAR, software VARCHAR
);

-- key: number. token names the staged content, so that a batch is never promoted twice.
CREATE TABLE ledger.publications (
  number INTEGER, run_id VARCHAR, token VARCHAR, published_at TIMESTAMPTZ, new_documents INTEGER,
  new_figures INTEGER, new_positions INTEGER, held INTEGER
);

-- key: token. What a staging file holds.
CREATE TABLE ledger.batches (token VARCHAR, run_id VARCHAR);

-- key: story, codebook_version (of these four)
CREATE TABLE ledger.codebooks (
  story VARCHAR, codebook_version VARCHAR, version VARCHAR, title VARCHAR, timezone VARCHAR,
  dispute_share DOUBLE, background_days INTEGER, critical_failure_share DOUBLE, publication INTEGER,
  run_id VARCHAR
);
CREATE TABLE ledger.indicators (
  story VARCHAR, codebook_version VARCHAR, indicator VARCHAR, label VARCHAR, description VARCHAR,
  unit VARCHAR, aspect VARCHAR, tolerance DOUBLE, step DOUBLE, low DOUBLE, high DOUBLE,
  drop_after_days INTEGER, event_on DATE, part_of VARCHAR, run_id VARCHAR
);
CREATE TABLE ledger.issues (
  story VARCHAR, codebook_version VARCHAR, issue VARCHAR, proposition VARCHAR, run_id VARCHAR
);
CREATE TABLE ledger.actors (
  story VARCHAR, codebook_version VARCHAR, actor VARCHAR, name VARCHAR, kind VARCHAR,
  speaks_for VARCHAR, run_id VARCHAR
);

-- key: document_id, version
CREATE TABLE ledger.documents (
  document_id VARCHAR, key VARCHAR, url VARCHAR, canonical_url VARCHAR, outlet VARCHAR, title VARCHAR,
  byline VARCHAR, agency VARCHAR, dateline VARCHAR, language VARCHAR, published_at TIMESTAMPTZ,
  published_at_source VARCHAR, published_at_precision VARCHAR, first_seen_at TIMESTAMPTZ,
  version INTEGER, text VARCHAR, text_sha256 VARCHAR, word_count INTEGER, source_path VARCHAR,
  feed_id VARCHAR, sketch_size INTEGER, sketch_sampled INTEGER, stories VARCHAR[], seen_at TIMESTAMPTZ, run_id VARCHAR
);

-- the sketch of each document's latest version, one row a value
CREATE TABLE ledger.sketches (hash UBIGINT, document_id VARCHAR);

-- key: document_id, version, other_id. version is that of document_id when the proof was made.
CREATE TABLE ledger.links (
  document_id VARCHAR, version INTEGER, other_id VARCHAR, contained DOUBLE, contains DOUBLE,
  relation VARCHAR, run_id VARCHAR
);

-- Which codebook read which version of a document; the one with the highest publication counts.
CREATE TABLE ledger.extractions (
  document_id VARCHAR, version INTEGER, story VARCHAR, codebook_version VARCHAR, matches BOOLEAN,
  publication INTEGER, run_id VARCHAR
);

-- key: figure_id, codebook_version
CREATE TABLE ledger.figures (
  figure_id VARCHAR, document_id VARCHAR, version INTEGER, story VARCHAR, indicator VARCHAR,
  counted VARCHAR, predicate VARCHAR, value DOUBLE, value_low DOUBLE, value_high DOUBLE,
  qualifier VARCHAR, unit VARCHAR, modality VARCHAR, aspect VARCHAR, attributed_to VARCHAR,
  place VARCHAR, as_of DATE, as_of_source VARCHAR, evidence VARCHAR, evidence_start INTEGER,
  evidence_end INTEGER, rule VARCHAR, extractor VARCHAR, codebook_version VARCHAR, run_id VARCHAR
);

-- key: position_id, codebook_version
CREATE TABLE ledger.positions (
  position_id VARCHAR, document_id VARCHAR, version INTEGER, story VARCHAR, issue VARCHAR,
  actor VARCHAR, speaker VARCHAR, stance VARCHAR, act VARCHAR, condition VARCHAR, said_on DATE,
  evidence VARCHAR, evidence_start INTEGER, evidence_end INTEGER, rule VARCHAR, extractor VARCHAR,
  codebook_version VARCHAR, run_id VARCHAR
);

-- key: attendance_id, codebook_version
CREATE TABLE ledger.attendance (
  attendance_id VARCHAR, document_id VARCHAR, version INTEGER, story VARCHAR, actor VARCHAR,
  name VARCHAR, role VARCHAR, delegation VARCHAR, status VARCHAR, place VARCHAR, as_of DATE,
  evidence VARCHAR, evidence_start INTEGER, evidence_end INTEGER, extractor VARCHAR,
  codebook_version VARCHAR, run_id VARCHAR
);

-- key: document_id, version, story, kind, evidence_start, evidence_end, reason
CREATE TABLE ledger.refusals (
  document_id VARCHAR, version INTEGER, story VARCHAR, kind VARCHAR, reason VARCHAR, evidence VARCHAR,
  evidence_start INTEGER, evidence_end INTEGER, run_id VARCHAR
);

-- key: run_id, item, feed_id, nth (an item listed twice has two outcomes)
CREATE TABLE ledger.outcomes (
  run_id VARCHAR, recorded_at TIMESTAMPTZ, item VARCHAR, outlet VARCHAR, feed_id VARCHAR,
  outcome VARCHAR, reason VARCHAR, detail VARCHAR, document_id VARCHAR, version INTEGER, nth INTEGER
);

-- key: run_id, feed_id, polled_at
CREATE TABLE ledger.polls (
  run_id VARCHAR, feed_id VARCHAR, url VARCHAR, polled_at TIMESTAMPTZ, status VARCHAR, reason VARCHAR,
  items_seen INTEGER, items_new INTEGER, etag VARCHAR, last_modified VARCHAR, body_sha256 VARCHAR
);

-- key: record_kind, record_id, version, expectation. version is set for documents.
CREATE TABLE ledger.holds (
  record_kind VARCHAR, record_id VARCHAR, document_id VARCHAR, version INTEGER, story VARCHAR,
  expectation VARCHAR, reason VARCHAR, evidence VARCHAR, run_id VARCHAR
);

-- key: run_id, suite, expectation, subject
CREATE TABLE ledger.checks (
  run_id VARCHAR, suite VARCHAR, expectation VARCHAR, subject VARCHAR, severity VARCHAR,
  success BOOLEAN, checked BIGINT, failed BIGINT, sample VARCHAR, detail VARCHAR
);

-- Where each document's text was first: origin_id is the document itself when it repeats none.
CREATE TABLE ledger.origins (
  document_id VARCHAR, origin_id VARCHAR, reprint_of VARCHAR, reprint_relation VARCHAR
);

-- The documents each document shares text with that are older: the ones linked to it, and their line.
CREATE TABLE ledger.elders (document_id VARCHAR, elder_id VARCHAR);

-- The edition day of the latest version of each document, for each of its stories.
CREATE TABLE ledger.placements (
  document_id VARCHAR, version INTEGER, story VARCHAR, codebook_version VARCHAR, day DATE,
  is_held BOOLEAN, origin_id VARCHAR, relation VARCHAR, published_at TIMESTAMPTZ, has_agency BOOLEAN,
  outlet VARCHAR
);

-- key: day, revision. Everything below belongs to one revision of one edition and never changes.
CREATE TABLE ledger.editions (
  day DATE, revision INTEGER, publication INTEGER, published_at TIMESTAMPTZ, documents INTEGER,
  figure_changes INTEGER, position_changes INTEGER, disagreements INTEGER, held INTEGER,
  content_sha256 VARCHAR, revised_because VARCHAR, run_id VARCHAR
);
CREATE TABLE ledger.readings (
  day DATE, revision INTEGER, story VARCHAR, indicator VARCHAR, value DOUBLE, value_low DOUBLE,
  value_high DOUBLE, qualifier VARCHAR, unit VARCHAR, figure_id VARCHAR, texts INTEGER,
  outlets INTEGER, is_disputed BOOLEAN, values_against DOUBLE[], tolerance DOUBLE,
  drop_after_days INTEGER, codebook_version VARCHAR, run_id VARCHAR
);
CREATE TABLE ledger.stands (
  day DATE, revision INTEGER, story VARCHAR, actor VARCHAR, issue VARCHAR, stance VARCHAR,
  condition VARCHAR, position_id VARCHAR, texts INTEGER, outlets INTEGER, is_disputed BOOLEAN,
  stances_against VARCHAR[], codebook_version VARCHAR, run_id VARCHAR
);
CREATE TABLE ledger.figure_changes (
  change_id VARCHAR, day DATE, revision INTEGER, previous_day DATE, story VARCHAR, indicator VARCHAR,
  kind VARCHAR, value_before DOUBLE, qualifier_before VARCHAR, figure_id_before VARCHAR,
  value_after DOUBLE, qualifier_after VARCHAR, figure_id_after VARCHAR, values_against DOUBLE[],
  severity DOUBLE, run_id VARCHAR
);
CREATE TABLE ledger.position_changes (
  change_id VARCHAR, day DATE, revision INTEGER, previous_day DATE, story VARCHAR, actor VARCHAR,
  issue VARCHAR, kind VARCHAR, stance_before VARCHAR, position_id_before VARCHAR, stance_after VARCHAR,
  condition_after VARCHAR, position_id_after VARCHAR, severity DOUBLE, run_id VARCHAR
);
CREATE TABLE ledger.disagreements (
  day DATE, revision INTEGER, story VARCHAR, subject_kind VARCHAR, subject VARCHAR, outlet VARCHAR,
  document_id VARCHAR, record_id VARCHAR, voice_id VARCHAR, value DOUBLE, stance VARCHAR,
  reading_value DOUBLE, stand_stance VARCHAR, run_id VARCHAR
);
-- The figures and positions that agree with a reading or stand, best first.
CREATE TABLE ledger.supports (
  day DATE, revision INTEGER, story VARCHAR, subject_kind VARCHAR, subject VARCHAR, record_id VARCHAR,
  document_id VARCHAR, voice_id VARCHAR, rank INTEGER, run_id VARCHAR
);
CREATE TABLE ledger.edition_documents (
  day DATE, revision INTEGER, story VARCHAR, document_id VARCHAR, version INTEGER,
  codebook_version VARCHAR, text_sha256 VARCHAR, is_held BOOLEAN, reprint_of VARCHAR,
  reprint_relation VARCHAR, run_id VARCHAR
);
CREATE TABLE ledger.edition_holds (
  day DATE, revision INTEGER, record_kind VARCHAR, record_id VARCHAR, document_id VARCHAR,
  version INTEGER, story VARCHAR, expectation VARCHAR, reason VARCHAR, run_id VARCHAR
);
CREATE TABLE ledger.edition_attendance (
  day DATE, revision INTEGER, story VARCHAR, attendance_id VARCHAR, codebook_version VARCHAR,
  run_id VARCHAR
);

-- key: day, revision, previous_day, next_day. What was written out, with which neighbours linked.
CREATE TABLE ledger.exports (day DATE, revision INTEGER, previous_day DATE, next_day DATE);
