-- The views that SQL users read. Columns, types and comments: schemas/contract.py. They stand on tables
-- alone, so that a snapshot attached under any name answers them.

CREATE OR REPLACE VIEW ledger.latest_editions AS
  SELECT day, max(revision) AS revision FROM ledger.editions GROUP BY day;
CREATE OR REPLACE VIEW ledger.latest_readings AS
  SELECT r.* FROM ledger.readings r JOIN ledger.latest_editions USING (day, revision);
CREATE OR REPLACE VIEW ledger.latest_stands AS
  SELECT s.* FROM ledger.stands s JOIN ledger.latest_editions USING (day, revision);

CREATE OR REPLACE VIEW documents AS
  SELECT d.document_id, d.url, d.canonical_url, d.outlet, d.title, d.byline, d.agency, d.dateline,
    d.language, d.published_at, d.published_at_source, d.published_at_precision, d.modified_at, d.first_seen_at,
    d.version, d.version = l.version AS is_latest, d.text, d.text_sha256, d.word_count, d.source_path,
    o.reprint_of, o.reprint_relation,
    coalesce(x.stories, d.stories) AS stories, d.is_free, coalesce(d.corrections, []::VARCHAR[]) AS corrections,
    d.run_id
  FROM ledger.documents d
  JOIN ledger.latest_versions l ON l.document_id = d.document_id
  LEFT JOIN ledger.origins o ON o.document_id = d.document_id
  LEFT JOIN (SELECT document_id, version,
               coalesce(list(story ORDER BY story) FILTER (matches), []::VARCHAR[]) AS stories
             FROM ledger.current_extractions GROUP BY document_id, version) x
    ON x.document_id = d.document_id AND x.version = d.version;

CREATE OR REPLACE VIEW figures AS
  SELECT f.figure_id, f.document_id, f.version, f.story, f.indicator, f.counted, f.predicate, f.value,
    f.value_low, f.value_high, f.qualifier, f.unit, f.modality, f.aspect, f.attributed_to, f.place,
    f.as_of, f.as_of_source, f.rule, f.version = l.version AS is_latest,
    f.figure_id IN (SELECT record_id FROM ledger.standing_holds WHERE record_kind = 'figure')
      OR h.document_id IS NOT NULL AS is_held,
    f.slip, f.evidence, f.evidence_start, f.evidence_end, f.extractor, f.codebook_version, f.run_id
  FROM ledger.figures f
  JOIN ledger.current_extractions x USING (document_id, version, story, codebook_version)
  JOIN ledger.latest_versions l ON l.document_id = f.document_id
  LEFT JOIN ledger.held_documents h ON h.document_id = f.document_id AND h.version = f.version
  WHERE x.matches;

CREATE OR REPLACE VIEW positions AS
  SELECT p.position_id, p.document_id, p.version, p.story, p.issue, p.actor, p.speaker, p.stance, p.act,
    p.act_doubt, p.condition, p.said_on, p.rule, p.version = l.version AS is_latest,
    p.position_id IN (SELECT record_id FROM ledger.standing_holds WHERE record_kind = 'position')
      OR h.document_id IS NOT NULL AS is_held,
    p.evidence, p.evidence_start, p.evidence_end, p.extractor, p.codebook_version, p.run_id
  FROM ledger.positions p
  JOIN ledger.current_extractions x USING (document_id, version, story, codebook_version)
  JOIN ledger.latest_versions l ON l.document_id = p.document_id
  LEFT JOIN ledger.held_documents h ON h.document_id = p.document_id AND h.version = p.version
  WHERE x.matches;

CREATE OR REPLACE VIEW readings AS
  SELECT day, story, indicator, value, value_low, value_high, qualifier, unit, figure_id, texts, outlets,
    is_disputed, max(CASE WHEN standing_value IS NULL THEN day END)
      OVER (PARTITION BY story, indicator ORDER BY day) AS standing_day,
    coalesce(standing_value, value) AS standing_value, part_of, total, total_figure_id, revision, run_id
  FROM ledger.latest_readings;

CREATE OR REPLACE VIEW stands AS
  SELECT day, story, actor, issue, stance, condition, position_id, texts, outlets, is_disputed,
    max(CASE WHEN standing_stance IS NULL THEN day END)
      OVER (PARTITION BY story, actor, issue ORDER BY day) AS standing_day, coalesce(standing_stance, stance) AS standing_stance, revision,
    run_id
  FROM ledger.latest_stands;

CREATE OR REPLACE VIEW figure_changes AS
  SELECT change_id, day, previous_day, story, indicator, kind, value_before, qualifier_before,
    figure_id_before, value_after, qualifier_after, figure_id_after, values_against, severity, revision,
    run_id
  FROM ledger.figure_changes JOIN ledger.latest_editions USING (day, revision);

CREATE OR REPLACE VIEW position_changes AS
  SELECT change_id, day, previous_day, story, actor, issue, kind, stance_before, position_id_before,
    stance_after, condition_after, position_id_after, severity, revision, run_id
  FROM ledger.position_changes JOIN ledger.latest_editions USING (day, revision);

CREATE OR REPLACE VIEW disagreements AS
  SELECT day, story, subject_kind, subject, outlet, document_id, record_id, value, stance, reading_value,
    stand_stance, revision, run_id
  FROM ledger.disagreements JOIN ledger.latest_editions USING (day, revision);

CREATE OR REPLACE VIEW series_readings AS
  SELECT day, story, indicator, series, modality, aspect, place, value, value_low, value_high, qualifier, unit,
    figure_id, texts, outlets, is_disputed, values_against, max(CASE WHEN standing_value IS NULL THEN day END)
      OVER (PARTITION BY story, indicator, series ORDER BY day) AS standing_day,
    coalesce(standing_value, value) AS standing_value, revision, run_id
  FROM ledger.series_readings JOIN ledger.latest_editions USING (day, revision);

CREATE OR REPLACE VIEW series_changes AS
  SELECT change_id, day, previous_day, story, indicator, series, kind, value_before, qualifier_before,
    figure_id_before, value_after, qualifier_after, figure_id_after, values_against, severity, revision, run_id
  FROM ledger.series_changes JOIN ledger.latest_editions USING (day, revision);

CREATE OR REPLACE VIEW attendance AS
  SELECT a.attendance_id, a.document_id, a.version, a.story, a.actor, a.name, a.role, a.delegation,
    a.status, a.place, a.as_of, a.evidence, a.evidence_start, a.evidence_end, a.extractor,
    a.codebook_version, a.run_id
  FROM ledger.attendance a
  JOIN ledger.current_extractions x USING (document_id, version, story, codebook_version)
  WHERE x.matches;

CREATE OR REPLACE VIEW held AS
  SELECT record_kind, record_id, document_id, story, expectation, reason, evidence, run_id
  FROM ledger.standing_holds;

CREATE OR REPLACE VIEW decisions AS
  SELECT d.decision_id, d.target, d.action, d.field, d.value, d.reason, d.source, d.who, d.decided_on,
    d.expected, d.withdrawn_by IS NULL AS is_in_force, r.status, r.detail, r.record_kind, r.document_id,
    r.before, r.replaced_by, d.run_id
  FROM ledger.decisions d
  LEFT JOIN (SELECT decision_id, arg_min(status, status) AS status, arg_min(detail, status) AS detail,
               min(record_kind) AS record_kind, min(document_id) AS document_id, arg_min(before, status) AS before,
               max(replaced_by) AS replaced_by
             FROM ledger.rulings GROUP BY decision_id) r
    ON r.decision_id = d.decision_id AND d.withdrawn_by IS NULL;

CREATE OR REPLACE VIEW audits AS
  SELECT run_id, suite, expectation, subject, severity, success, checked, failed, sample, detail
  FROM ledger.checks;

CREATE OR REPLACE VIEW version_changes AS
  SELECT c.document_id, c.version, c.nth, c.kind, c.kind <> 'cosmetic' AS is_meaningful, c.before, c.after,
    c.before_start, c.after_start, d.outlet, d.url, d.seen_at, c.run_id
  FROM ledger.version_changes c JOIN ledger.documents d USING (document_id, version);

CREATE OR REPLACE VIEW editions AS
  SELECT e.day, e.revision, e.revision = l.revision AS is_latest, e.published_at, e.run_id, e.documents,
    e.figure_changes, e.position_changes, e.disagreements, e.held, e.content_sha256, e.revised_because
  FROM ledger.editions e JOIN ledger.latest_editions l ON l.day = e.day;

CREATE OR REPLACE VIEW outcomes AS
  SELECT run_id, recorded_at, item, outlet, feed_id, outcome, reason, detail, document_id, version
  FROM ledger.outcomes;

CREATE OR REPLACE VIEW feeds AS
  SELECT run_id, feed_id, url, polled_at, status, reason, items_seen, items_new, etag, last_modified,
    body_sha256, detail, is_loss
  FROM ledger.polls;

CREATE OR REPLACE VIEW reprints AS
  WITH proofs AS (
    SELECT document_id, other_id, relation, contained, contains
    FROM ledger.links ANTI JOIN ledger.idle_links USING (document_id, other_id)
  ),
  pairs AS (
    FROM proofs
    UNION ALL
    SELECT other_id, document_id,
      CASE relation WHEN 'abridged' THEN 'extended' WHEN 'extended' THEN 'abridged'
        WHEN 'embeds' THEN 'abridged' ELSE relation END, contains, contained
    FROM proofs
  ),
  chains AS (
    SELECT document_id, list(elder_id ORDER BY steps) AS chain FROM ledger.elders WHERE steps > 0 GROUP BY document_id
  )
  SELECT p.document_id, p.other_id, p.relation, p.contained, p.contains,
    e.steps IS NOT DISTINCT FROM 1 AS is_parent, o.origin_id, d.outlet AS origin_outlet,
    coalesce(d.agency, a.agency) AS origin_agency, c.chain
  FROM (SELECT * FROM pairs
        QUALIFY row_number() OVER (PARTITION BY document_id, other_id
                                   ORDER BY greatest(contained, contains) DESC, relation) = 1) p
  JOIN ledger.elders e ON e.document_id = p.document_id AND e.elder_id = p.other_id
  JOIN chains c ON c.document_id = p.document_id
  JOIN ledger.origins o ON o.document_id = p.document_id
  JOIN ledger.latest_documents d ON d.document_id = o.origin_id
  JOIN ledger.latest_documents a ON a.document_id = p.document_id;
