"""One outlet over all days: what it brought, what it reports, how late, and which numbers it withdrew."""

from __future__ import annotations

from typing import Any

import duckdb

from schemas.archive import Adoption, ChangeRef, OutletArchive, OutletDay, OutletPoint, OutletReport
from warehouse.changes import change_refs, last_changes
from warehouse.quotes import Labels
from warehouse.rows import fetch_rows

LAST_DAYS = 60
"""Days of an outlet's page."""
LAST_CHANGES = 120
"""Changes from which an outlet's page and its feeds choose."""
LAST_ADOPTIONS = 100
"""Changed readings of which an outlet's page tells how late it was."""

Row = dict[str, Any]

_OWN = """
WITH own AS (
  SELECT DISTINCT e.day, e.document_id, e.version, e.story, e.codebook_version, e.reprint_of
  FROM ledger.edition_documents e JOIN ledger.latest_editions USING (day, revision)
  JOIN ledger.documents d USING (document_id, version) WHERE d.outlet = $outlet
)
"""
_DAYS = f"""{_OWN}, figures AS (
  SELECT own.day, count(DISTINCT f.figure_id) AS n FROM own
  JOIN ledger.figures f USING (document_id, version, story, codebook_version) GROUP BY ALL
), positions AS (
  SELECT own.day, count(DISTINCT p.position_id) AS n FROM own
  JOIN ledger.positions p USING (document_id, version, story, codebook_version) GROUP BY ALL
)
SELECT own.day, count(DISTINCT own.document_id) AS documents,
  count(DISTINCT own.document_id) FILTER (own.reprint_of IS NOT NULL) AS reprints,
  coalesce(any_value(f.n), 0) AS figures, coalesce(any_value(p.n), 0) AS positions
FROM own LEFT JOIN figures f USING (day) LEFT JOIN positions p USING (day) GROUP BY own.day ORDER BY own.day
"""
_SEEN = f"""{_OWN}
SELECT median(date_diff('second', d.published_at, d.first_seen_at)) / 3600
FROM (SELECT DISTINCT document_id, version FROM own) JOIN ledger.documents d USING (document_id, version)
WHERE d.published_at_precision <> 'day' AND d.first_seen_at >= d.published_at
"""
_HELD = f"""{_OWN}
SELECT count(DISTINCT h.record_id) FROM ledger.holds h
WHERE h.document_id IN (SELECT document_id FROM own)
"""
_SAID = """
said AS (
  SELECT s.day, s.story, s.subject, s.agrees, s.rank, s.record_id, f.value, f.value_low, f.value_high,
    f.qualifier
  FROM (
    SELECT day, revision, story, subject, record_id, document_id, true AS agrees, rank FROM ledger.supports
    WHERE subject_kind = 'figure'
    UNION ALL
    SELECT day, revision, story, subject, record_id, document_id, false, 1000000 FROM ledger.disagreements
    WHERE subject_kind = 'figure'
  ) s
  JOIN ledger.latest_editions USING (day, revision)
  JOIN own USING (day, story, document_id)
  JOIN ledger.figures f ON f.figure_id = s.record_id AND f.codebook_version = own.codebook_version
)
"""
_REPORTS = f"""{_OWN}, {_SAID},
counted AS (
  SELECT story, subject, count(DISTINCT day) FILTER (agrees) AS agreed,
    count(DISTINCT day) FILTER (NOT agrees) AS disagreed
  FROM said GROUP BY ALL
),
last AS (
  SELECT * FROM said QUALIFY row_number() OVER (PARTITION BY story, subject ORDER BY day DESC, rank, record_id) = 1
)
SELECT last.*, r.value AS reading_value, r.qualifier AS reading_qualifier, c.agreed, c.disagreed
FROM last JOIN counted c USING (story, subject)
JOIN ledger.latest_readings r ON r.day = last.day AND r.story = last.story AND r.indicator = last.subject
ORDER BY last.story, last.subject
"""
_ADOPTIONS = """
WITH changed AS (
  SELECT c.change_id, c.day, c.revision, c.story, c.indicator FROM ledger.figure_changes c
  JOIN ledger.latest_editions USING (day, revision) WHERE c.kind IN ('new', 'rise', 'fall', 'refined')
),
firsts AS (
  SELECT c.change_id, c.day, c.story, c.indicator, d.outlet, min(d.published_at) AS first
  FROM changed c
  JOIN ledger.supports s ON s.day = c.day AND s.revision = c.revision AND s.story = c.story
    AND s.subject_kind = 'figure' AND s.subject = c.indicator
  JOIN ledger.edition_documents e ON e.day = s.day AND e.revision = s.revision AND e.story = s.story
    AND e.document_id = s.document_id
  JOIN ledger.documents d ON d.document_id = e.document_id AND d.version = e.version
  WHERE d.outlet IS NOT NULL AND d.published_at_precision <> 'day'
  GROUP BY ALL
),
timed AS (
  SELECT *, date_diff('second', min(first) OVER same, first) / 3600 AS hours, count(*) OVER same AS outlets
  FROM firsts WINDOW same AS (PARTITION BY change_id)
)
SELECT day, story, indicator, change_id, hours, outlets FROM timed
WHERE outlet = $outlet AND outlets > 1 ORDER BY day DESC, story, indicator LIMIT $limit
"""
_CORRECTED = """c.kind = 'corrected' AND c.change_id IN (
  SELECT g.change_id FROM ledger.figure_changes g
  JOIN ledger.figures f ON f.figure_id = g.figure_id_after
  JOIN ledger.documents d USING (document_id, version) WHERE d.outlet = ?)"""
_VOICED = """c.change_id IN (
  SELECT change_id FROM (
    SELECT change_id, day, revision, story, 'figure' AS subject_kind, indicator AS subject
    FROM ledger.figure_changes
    UNION ALL SELECT change_id, day, revision, story, 'position', actor || '/' || issue
    FROM ledger.position_changes)
  SEMI JOIN (
    SELECT s.day, s.revision, s.story, s.subject_kind, s.subject FROM (
      SELECT day, revision, story, subject_kind, subject, document_id FROM ledger.supports
      UNION ALL SELECT day, revision, story, subject_kind, subject, document_id FROM ledger.disagreements) s
    JOIN ledger.edition_documents e USING (day, revision, story, document_id)
    JOIN ledger.documents d ON d.document_id = e.document_id AND d.version = e.version WHERE d.outlet = ?)
  USING (day, revision, story, subject_kind, subject))"""


def load_outlet(con: duckdb.DuckDBPyConnection, labels: Labels, outlet: str) -> OutletArchive:
    """Return an outlet over all days.

    Args:
        con: a connection to the warehouse or a snapshot.
        labels: names for readers.
        outlet: the outlet's name, as its documents have it.
    """
    args = {"outlet": outlet}
    days = [OutletDay(**row) for row in _rows(con, _DAYS, args)]
    seen = con.execute(_SEEN, args).fetchone()
    held = con.execute(_HELD, args).fetchone()
    return OutletArchive(
        outlet=outlet,
        documents=sum(day.documents for day in days),
        reprints=sum(day.reprints for day in days),
        figures=sum(day.figures for day in days),
        positions=sum(day.positions for day in days),
        held=int(held[0]) if held else 0,
        seen_hours=round(float(seen[0]), 2) if seen and seen[0] is not None else None,
        days=tuple(days[-LAST_DAYS:]),
        reports=tuple(_report(labels, outlet, row) for row in _rows(con, _REPORTS, args)),
        adoptions=_adoptions(con, labels, outlet),
        corrections=change_refs(con, _CORRECTED, [outlet])[::-1][:LAST_CHANGES],
        changes=_voiced(con, outlet),
    )


def _voiced(con: duckdb.DuckDBPyConnection, outlet: str) -> tuple[ChangeRef, ...]:
    return last_changes(con, f"({_VOICED} OR {_CORRECTED})", [outlet, outlet], LAST_CHANGES)


def _adoptions(con: duckdb.DuckDBPyConnection, labels: Labels, outlet: str) -> tuple[Adoption, ...]:
    rows = _rows(con, _ADOPTIONS, {"outlet": outlet, "limit": LAST_ADOPTIONS})
    return tuple(
        Adoption(
            day=row["day"],
            story=row["story"],
            indicator=row["indicator"],
            label=labels.indicator(row["story"], row["indicator"]),
            change_id=row["change_id"],
            hours=round(float(row["hours"]), 2),
            outlets=int(row["outlets"]),
        )
        for row in rows
    )


def _report(labels: Labels, outlet: str, row: Row) -> OutletReport:
    numbers = ("value", "value_low", "value_high", "qualifier", "record_id")
    story, subject = str(row["story"]), str(row["subject"])
    return OutletReport(
        story=story,
        indicator=subject,
        label=labels.indicator(story, subject),
        unit=labels.unit(story, subject),
        point=OutletPoint(row["day"], outlet, row["agrees"], **{name: row[name] for name in numbers}),
        reading_value=row["reading_value"],
        reading_qualifier=row["reading_qualifier"],
        agreed=int(row["agreed"]),
        disagreed=int(row["disagreed"]),
    )


def _rows(con: duckdb.DuckDBPyConnection, query: str, args: dict[str, object]) -> list[Row]:
    cursor = con.execute(query, args)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
