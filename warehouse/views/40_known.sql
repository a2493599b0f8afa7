-- What was known: every edition as it stood after a promotion, and what a revision changed. A revision never
-- changes once it is written, so "as known at P" is the latest revision that P or an earlier promotion made.

-- The number of the last promotion at an instant (0: none yet), and of the promotion that ended a run.
CREATE OR REPLACE MACRO known_at(instant) AS
  (SELECT coalesce(max(number), 0) FROM ledger.publications WHERE published_at <= instant::TIMESTAMPTZ);
CREATE OR REPLACE MACRO known_by(run) AS
  (SELECT max(number) FROM ledger.publications WHERE run_id = run);

CREATE OR REPLACE MACRO editions_known(publication_number) AS TABLE
  SELECT e.day, e.revision, e.published_at, e.run_id, e.documents, e.figure_changes, e.position_changes,
    e.disagreements, e.held, e.content_sha256, e.revised_because
  FROM ledger.editions e
  WHERE e.publication <= publication_number
  QUALIFY row_number() OVER (PARTITION BY e.day ORDER BY e.revision DESC) = 1;

CREATE OR REPLACE MACRO readings_known(publication_number) AS TABLE
  SELECT r.day, r.story, r.indicator, r.value, r.value_low, r.value_high, r.qualifier, r.unit, r.figure_id,
    r.texts, r.outlets, r.is_disputed, max(CASE WHEN r.standing_value IS NULL THEN r.day END)
      OVER (PARTITION BY r.story, r.indicator ORDER BY r.day) AS standing_day,
    coalesce(r.standing_value, r.value) AS standing_value, r.part_of, r.total, r.total_figure_id, r.revision,
    r.run_id
  FROM ledger.readings r JOIN editions_known(publication_number) USING (day, revision);

CREATE OR REPLACE MACRO stands_known(publication_number) AS TABLE
  SELECT s.day, s.story, s.actor, s.issue, s.stance, s.condition, s.position_id, s.texts, s.outlets,
    s.is_disputed, max(CASE WHEN s.standing_stance IS NULL THEN s.day END)
      OVER (PARTITION BY s.story, s.actor, s.issue ORDER BY s.day) AS standing_day,
    coalesce(s.standing_stance, s.stance) AS standing_stance, s.revision, s.run_id
  FROM ledger.stands s JOIN editions_known(publication_number) USING (day, revision);

CREATE OR REPLACE MACRO figure_changes_known(publication_number) AS TABLE
  SELECT c.change_id, c.day, c.previous_day, c.story, c.indicator, c.kind, c.value_before, c.qualifier_before,
    c.figure_id_before, c.value_after, c.qualifier_after, c.figure_id_after, c.values_against, c.severity,
    c.revision, c.run_id
  FROM ledger.figure_changes c JOIN editions_known(publication_number) USING (day, revision);

CREATE OR REPLACE MACRO position_changes_known(publication_number) AS TABLE
  SELECT c.change_id, c.day, c.previous_day, c.story, c.actor, c.issue, c.kind, c.stance_before,
    c.position_id_before, c.stance_after, c.condition_after, c.position_id_after, c.severity, c.revision,
    c.run_id
  FROM ledger.position_changes c JOIN editions_known(publication_number) USING (day, revision);

CREATE OR REPLACE MACRO disagreements_known(publication_number) AS TABLE
  SELECT d.day, d.story, d.subject_kind, d.subject, d.outlet, d.document_id, d.record_id, d.value, d.stance,
    d.reading_value, d.stand_stance, d.revision, d.run_id
  FROM ledger.disagreements d JOIN editions_known(publication_number) USING (day, revision);

-- What a revision changed: each indicator and each actor's stance on an issue of which the revision says
-- something else than the one before. Only days with a second revision are looked at.
CREATE OR REPLACE VIEW revisions AS
  WITH revised AS (SELECT day, max(revision) AS newest FROM ledger.editions GROUP BY day HAVING newest > 1),
  moved AS (
    SELECT day, revision, story, 'figure' AS subject_kind, indicator AS subject,
      list_sort(list(kind)) AS kinds
    FROM ledger.figure_changes SEMI JOIN revised USING (day) GROUP BY ALL
    UNION ALL
    SELECT day, revision, story, 'position', actor || '/' || issue, list_sort(list(kind))
    FROM ledger.position_changes SEMI JOIN revised USING (day) GROUP BY ALL
  ),
  read AS (
    SELECT day, revision, story, 'figure' AS subject_kind, indicator AS subject, value, qualifier,
      NULL::VARCHAR AS stance, is_disputed, texts
    FROM ledger.readings SEMI JOIN revised USING (day)
    UNION ALL
    SELECT day, revision, story, 'position', actor || '/' || issue, NULL, NULL, stance, is_disputed, texts
    FROM ledger.stands SEMI JOIN revised USING (day)
  ),
  said AS (
    SELECT day, revision, story, subject_kind, subject, value, qualifier, stance, is_disputed, texts,
      coalesce(kinds, []::VARCHAR[]) AS kinds
    FROM read FULL JOIN moved USING (day, revision, story, subject_kind, subject)
  ),
  pairs AS (
    SELECT day, revision + 1 AS revision, story, subject_kind, subject, value AS value_before,
      qualifier AS qualifier_before, stance AS stance_before, is_disputed AS is_disputed_before,
      texts AS texts_before, kinds AS changes_before
    FROM said
  )
  SELECT day, revision, story, subject_kind, subject, value_before, value AS value_after, qualifier_before,
    qualifier AS qualifier_after, stance_before, stance AS stance_after, is_disputed_before,
    is_disputed AS is_disputed_after, texts_before, texts AS texts_after,
    coalesce(changes_before, []::VARCHAR[]) AS changes_before, coalesce(kinds, []::VARCHAR[]) AS changes_after,
    e.published_at, e.revised_because, e.run_id
  FROM pairs FULL JOIN said USING (day, revision, story, subject_kind, subject)
  JOIN ledger.editions e USING (day, revision)
  WHERE revision > 1
    AND (value_before, qualifier_before, stance_before, is_disputed_before, texts_before, coalesce(changes_before, []))
      IS DISTINCT FROM (value, qualifier, stance, is_disputed, texts, coalesce(kinds, []));
