-- What the base tables imply, before any edition is made.

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

-- Whether an outlet is the agency itself: it bears the agency's name or the words it is short for ("The Associated
-- Press" is AP).
CREATE OR REPLACE MACRO ledger.is_agency(outlet, agency) AS
  regexp_matches(outlet, '(?i)(^|[^a-z])' || regexp_escape(agency) || '($|[^a-z])')
  OR regexp_replace(regexp_replace(outlet, '(?i)^the ', ''), '([A-Za-z])[A-Za-z]*[^A-Za-z]*', '\1', 'g') = agency;

-- Which text a document repeats and on which day it stands: views/placing, stored in ledger.origins,
-- ledger.elders and ledger.placements.

-- Figures of a tracked indicator that are not held, with what the codebook says of it. place_apart is the
-- figure's place where that is not the indicator's own: a city's toll is not its country's.
CREATE OR REPLACE VIEW ledger.told_figures AS
  SELECT f.*, i.tolerance, i.event_on, i.unit AS indicator_unit, i.aspect AS indicator_aspect,
    i.drop_after_days, i.part_of, a.place AS place_apart
  FROM ledger.figures f
  JOIN ledger.indicators i USING (story, codebook_version, indicator)
  LEFT JOIN ledger.apart_places a ON a.story = f.story AND a.codebook_version = f.codebook_version
    AND a.indicator = f.indicator AND a.place = ledger.place_key(f.place)
  ANTI JOIN (SELECT record_id FROM ledger.standing_holds WHERE record_kind = 'figure') h ON h.record_id = f.figure_id;

-- Those that may speak for the indicator itself: reported as fact, of its own place.
CREATE OR REPLACE VIEW ledger.speaking_figures AS
  SELECT * FROM ledger.told_figures WHERE modality = 'reported' AND place_apart IS NULL;

-- Positions that may speak at all: not held, and not ascribed to the actor by another side. A body speaks for
-- itself and its people; a person who speaks for another body does not speak for this actor.
CREATE OR REPLACE VIEW ledger.speaking_positions AS
  SELECT p.*
  FROM ledger.positions p
  LEFT JOIN ledger.actors s ON s.story = p.story AND s.codebook_version = p.codebook_version
    AND s.actor = p.speaker AND p.speaker <> p.actor
  LEFT JOIN ledger.actors a ON a.story = p.story AND a.codebook_version = p.codebook_version
    AND a.actor = p.actor
  ANTI JOIN (SELECT record_id FROM ledger.standing_holds WHERE record_kind = 'position') h ON h.record_id = p.position_id
  WHERE s.actor IS NULL OR (s.kind = 'person' AND s.speaks_for IS NULL) OR s.speaks_for = p.actor
    OR coalesce(a.speaks_for IN (s.actor, s.speaks_for), false);
