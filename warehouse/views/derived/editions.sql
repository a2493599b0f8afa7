-- The revised editions with their numbers, counted again from their rows.
SELECT e.day || ' revision ' || e.revision AS edition_id, e.revision, e.documents, e.figure_changes,
  e.position_changes, e.disagreements, e.held,
  (SELECT max(revision) FROM ledger.editions o WHERE o.day = e.day AND o.revision < e.revision)
    AS former_revision,
  (SELECT count(DISTINCT document_id) FROM ledger.edition_documents x
     WHERE x.day = e.day AND x.revision = e.revision AND NOT x.is_held) AS documents_found,
  (SELECT count(*) FROM ledger.figure_changes x WHERE x.day = e.day AND x.revision = e.revision)
    AS figure_changes_found,
  (SELECT count(*) FROM ledger.position_changes x WHERE x.day = e.day AND x.revision = e.revision)
    AS position_changes_found,
  (SELECT count(DISTINCT (story, subject_kind, subject)) FROM ledger.disagreements x
     WHERE x.day = e.day AND x.revision = e.revision) AS disagreements_found,
  (SELECT count(DISTINCT (record_kind, record_id)) FROM ledger.edition_holds x
     WHERE x.day = e.day AND x.revision = e.revision) AS held_found
FROM ledger.editions e JOIN revised v USING (day, revision)
ORDER BY edition_id
