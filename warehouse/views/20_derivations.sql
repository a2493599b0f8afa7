-- What the base tables imply, before any edition is made. Promotion reads these and stores what they
-- say in ledger.origins and ledger.placements, so that readers need not compute it again.

CREATE OR REPLACE VIEW ledger.latest_versions AS
  SELECT document_id, max(version) AS version FROM ledger.documents GROUP BY document_id;

-- The codebook that last read a version of a document, for each story it was read for.
CREATE OR REPLACE VIEW ledger.current_extractions AS
  SELECT document_id, version, story, codebook_version, matches
  FROM ledger.extractions
  QUALIFY row_number() OVER (PARTITION BY document_id, version, story ORDER BY publication DESC) = 1;

-- What is kept out: what an expectation holds and nobody released, what people rejected, records a corrected copy
-- stands for, and copies of corrections that were withdrawn.
CREATE OR REPLACE VIEW ledger.standing_holds AS
  SELECT h.record_kind, h.record_id, h.document_id, h.version, h.story, h.expectation, h.reason, h.evidence,
    h.run_id
  FROM ledger.holds h
  WHERE NOT EXISTS (
    SELECT 1 FROM ledger.rulings r
    WHERE r.status = 'applied' AND r.action = 'release' AND r.record_kind = h.record_kind
      AND r.record_id = h.record_id AND r.version IS NOT DISTINCT FROM h.version)
  UNION ALL
  SELECT DISTINCT record_kind, record_id, document_id, version, story,
    CASE action WHEN 'reject' THEN 'rejected' ELSE 'corrected' END, words, evidence, run_id
  FROM ledger.rulings WHERE status = 'applied' AND action IN ('reject', 'correct')
  UNION ALL
  SELECT DISTINCT record_kind, replacement_id, document_id, version, story, 'withdrawn',
    'the correction that made it was withdrawn', evidence, run_id
  FROM ledger.replacements p
  WHERE NOT EXISTS (
    SELECT 1 FROM ledger.rulings r WHERE r.status = 'applied' AND r.replaced_by = p.replacement_id
      AND r.codebook_version = p.codebook_version);

CREATE OR REPLACE VIEW ledger.held_documents AS
  SELECT DISTINCT record_id AS document_id, version FROM ledger.standing_holds WHERE record_kind = 'document';

CREATE OR REPLACE VIEW ledger.latest_documents AS
  SELECT d.* EXCLUDE (text), h.document_id IS NOT NULL AS is_held
  FROM ledger.documents d
  JOIN ledger.latest_versions USING (document_id, version)
  LEFT JOIN ledger.held_documents h USING (document_id, version);

-- Pairs of documents that share text, the younger and the elder: the elder was published earlier (held and
-- undated documents are younger than all, those with an agency's name older, then by name), whatever came
-- in first, so that any order of arrival gives the same answer. An edited reprint stays one: what it adds
-- speaks for itself, number by number (views/day/01_figures.sql).
CREATE OR REPLACE VIEW ledger.text_pairs AS
  WITH aged AS (
    SELECT document_id,
      row_number() OVER (ORDER BY is_held, published_at NULLS LAST, agency IS NULL, document_id) AS age
    FROM ledger.latest_documents
  )
  SELECT a.document_id AS younger, b.document_id AS elder, b.age, greatest(l.contained, l.contains) AS share,
    l.relation
  FROM ledger.links l JOIN aged a USING (document_id) JOIN aged b ON b.document_id = l.other_id
  WHERE a.age > b.age
  UNION ALL
  SELECT b.document_id, a.document_id, a.age, greatest(l.contained, l.contains),
    CASE l.relation WHEN 'abridged' THEN 'extended' WHEN 'extended' THEN 'abridged'
      WHEN 'embeds' THEN 'abridged' ELSE l.relation END
  FROM ledger.links l JOIN aged a USING (document_id) JOIN aged b ON b.document_id = l.other_id
  WHERE a.age < b.age;

-- A document's parent is its eldest elder, and so on up its line.
CREATE OR REPLACE VIEW ledger.text_lines AS
  WITH RECURSIVE
  parents AS (
    SELECT younger, elder FROM ledger.text_pairs
    QUALIFY row_number() OVER (PARTITION BY younger ORDER BY age, share DESC, relation) = 1
  ),
  lines AS (
    SELECT younger, elder FROM parents
    UNION ALL
    SELECT lines.younger, parents.elder FROM lines JOIN parents ON parents.younger = lines.elder
  )
  SELECT younger, elder, elder NOT IN (SELECT younger FROM parents) AS is_root FROM lines;

CREATE OR REPLACE VIEW ledger.elders_now AS
  SELECT younger AS document_id, elder AS elder_id FROM ledger.text_pairs
  UNION SELECT younger, elder FROM ledger.text_lines;

-- Which document's text each document repeats: the end of its line. Two documents that a round-up both
-- embeds stay two texts: nothing proves them one.
CREATE OR REPLACE VIEW ledger.origins_now AS
  WITH roots AS (SELECT younger, elder AS root FROM ledger.text_lines WHERE is_root),
  direct AS (
    SELECT younger, elder, arg_max(relation, (share, relation)) AS relation, min(age) AS age
    FROM ledger.text_pairs GROUP BY younger, elder
  ),
  nearest AS (SELECT younger, arg_min(relation, age) AS relation FROM direct GROUP BY younger)
  SELECT d.document_id, coalesce(r.root, d.document_id) AS origin_id, r.root AS reprint_of,
    coalesce(direct.relation, n.relation) AS reprint_relation
  FROM ledger.latest_versions d
  LEFT JOIN roots r ON r.younger = d.document_id
  LEFT JOIN nearest n ON n.younger = d.document_id
  LEFT JOIN direct ON direct.younger = d.document_id AND direct.elder = r.root;

-- A document belongs to the day of its publication instant in the story's time zone; an undated one to
-- none. A held document (one dated in the future, for example) is shown no later than the day it came in.
CREATE OR REPLACE VIEW ledger.placements_now AS
  SELECT d.document_id, d.version, x.story, x.codebook_version,
    CASE WHEN d.is_held THEN least(ledger.edition_day(d.published_at, d.published_at_precision, c.timezone),
                                   (d.seen_at AT TIME ZONE c.timezone)::DATE)
         ELSE ledger.edition_day(d.published_at, d.published_at_precision, c.timezone) END AS day,
    d.is_held, o.origin_id, o.reprint_relation AS relation, d.published_at,
    d.agency IS NOT NULL AS has_agency, d.outlet
  FROM ledger.latest_documents d
  JOIN ledger.current_extractions x USING (document_id, version)
  JOIN (SELECT DISTINCT story, codebook_version, timezone FROM ledger.codebooks) c
    USING (story, codebook_version)
  JOIN ledger.origins o USING (document_id)
  WHERE x.matches AND d.published_at IS NOT NULL;

-- Figures that may speak at all: of a tracked indicator, reported as fact, not held.
CREATE OR REPLACE VIEW ledger.speaking_figures AS
  SELECT f.*, i.tolerance, i.event_on, i.unit AS indicator_unit, i.drop_after_days
  FROM ledger.figures f
  JOIN ledger.indicators i USING (story, codebook_version, indicator)
  WHERE f.modality = 'reported'
    AND f.figure_id NOT IN (SELECT record_id FROM ledger.standing_holds WHERE record_kind = 'figure');

-- Positions that may speak at all: those not held.
CREATE OR REPLACE VIEW ledger.speaking_positions AS
  SELECT * FROM ledger.positions
  WHERE position_id NOT IN (SELECT record_id FROM ledger.standing_holds WHERE record_kind = 'position');
