# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Outlets over all days: what it brought, what it reports, how late, and which numbers it withdrew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from schemas.archive import Adoption, ChangeRef, OutletArchive, OutletDay, OutletPoint, OutletReport
from warehouse.changes import change_refs
from warehouse.quotes import Labels

LAST_DAYS = 60
"""Days of an outlet's page."""
LAST_CHANGES = 120
"""Changes from which an outlet's page and its feeds choose."""
LAST_ADOPTIONS = 100
"""Changed readings of which an outlet's page tells how late it was."""

Row = dict[str, Any]

_OWN = """
WITH own AS (
  SELECT DISTINCT d.outlet, e.day, e.document_id, e.version, e.story, e.codebook_version, e.reprint_of
  FROM ledger.edition_documents e JOIN ledger.latest_editions USING (day, revision)
  JOIN ledger.documents d USING (document_id, version) WHERE list_contains($outlets, d.outlet)
)
"""
_DAYS = f"""{_OWN}, figures AS (
  SELECT own.outlet, own.day, count(DISTINCT f.figure_id) AS n FROM own
  JOIN ledger.figures f USING (document_id, version, story, codebook_version) GROUP BY ALL
), positions AS (
  SELECT own.outlet, own.day, count(DISTINCT p.position_id) AS n FROM own
  JOIN ledger.positions p USING (document_id, version, story, codebook_version) GROUP BY ALL
)
SELECT own.outlet, own.day, count(DISTINCT own.document_id) AS documents,
  count(DISTINCT own.document_id) FILTER (own.reprint_of IS NOT NULL) AS reprints,
  coalesce(any_value(f.n), 0) AS figures, coalesce(any_value(p.n), 0) AS positions
FROM own LEFT JOIN figures f USING (outlet, day) LEFT JOIN positions p USING (outlet, day)
GROUP BY own.outlet, own.day ORDER BY own.outlet, own.day
"""
_SEEN = f"""{_OWN}
SELECT o.outlet, median(date_diff('second', d.published_at, d.first_seen_at)) / 3600 AS hours
FROM (SELECT DISTINCT outlet, document_id, version FROM own) o
JOIN ledger.documents d USING (document_id, version)
WHERE d.published_at_precision <> 'day' AND d.first_seen_at >= d.published_at GROUP BY o.outlet
"""
_HELD = f"""{_OWN}
SELECT o.outlet, count(DISTINCT h.record_id) AS held FROM ledger.standing_holds h
JOIN (SELECT DISTINCT outlet, document_id FROM own) o USING (document_id) GROUP BY o.outlet
"""
_SAID = """
said AS (
  SELECT own.outlet, s.day, s.story, s.subject, s.agrees, s.rank, s.record_id, f.value,
    f.value_low, f.value_high, f.qualifier
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
  SELECT outlet, story, subject, count(DISTINCT day) FILTER (agrees) AS agreed,
    count(DISTINCT day) FILTER (NOT agrees) AS disagreed
  FROM said GROUP BY ALL
),
last AS (
  SELECT * FROM said
  QUALIFY row_number() OVER (PARTITION BY outlet, story, subject ORDER BY day DESC, rank, record_id) = 1
)
SELECT last.*, r.value AS reading_value, r.qualifier AS reading_qualifier, c.agreed, c.disagreed
FROM last JOIN counted c USING (outlet, story, subject)
JOIN ledger.latest_readings r ON r.day = last.day AND r.story = last.story AND r.indicator = last.subject
ORDER BY last.outlet, last.story, last.subject
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
SELECT outlet, day, story, indicator, change_id, hours, outlets FROM timed
WHERE list_contains($outlets, outlet) AND outlets > 1
QUALIFY row_number() OVER (PARTITION BY outlet ORDER BY day DESC, story, indicator) <= $limit
ORDER BY outlet, day DESC, story, indicator
"""
_CORRECTED = """
SELECT DISTINCT d.outlet, c.change_id FROM ledger.figure_changes c
JOIN ledger.figures f ON f.figure_id = c.figure_id_after
JOIN ledger.documents d USING (document_id, version)
WHERE c.kind = 'corrected' AND list_contains($outlets, d.outlet)
"""
_VOICED = f"""
WITH changes AS (
  SELECT change_id, day, revision, story, 'figure' AS subject_kind, indicator AS subject
  FROM ledger.figure_changes
  UNION ALL SELECT change_id, day, revision, story, 'position', actor || '/' || issue
  FROM ledger.position_changes
),
voiced AS (
  SELECT DISTINCT d.outlet, c.change_id FROM (
    SELECT day, revision, story, subject_kind, subject, document_id FROM ledger.supports
    UNION ALL SELECT day, revision, story, subject_kind, subject, document_id FROM ledger.disagreements) s
  JOIN changes c USING (day, revision, story, subject_kind, subject)
  JOIN ledger.edition_documents e USING (day, revision, story, document_id)
  JOIN ledger.documents d ON d.document_id = e.document_id AND d.version = e.version
  WHERE list_contains($outlets, d.outlet)
  UNION {_CORRECTED}
)
SELECT v.outlet, v.change_id FROM voiced v
JOIN (SELECT DISTINCT change_id, day FROM changes) c USING (change_id)
JOIN ledger.latest_editions l ON l.day = c.day
JOIN ledger.editions e ON e.day = l.day AND e.revision = l.revision
QUALIFY row_number() OVER (
  PARTITION BY v.outlet ORDER BY e.publication DESC, c.day DESC, v.change_id) <= $limit
"""


def load_outlets(
    con: duckdb.DuckDBPyConnection, labels: Labels, names: Iterable[str]
) -> Iterator[OutletArchive]:
    """Yield some outlets over all days, in the order of their names.

    Args:
        con: a connection to the warehouse or a snapshot.
        labels: names for readers.
        names: outlets, as their documents name them.
    """
    args: dict[str, object] = {"outlets": sorted(names)}
    days, seen, held = (_rows(con, query, args) for query in (_DAYS, _SEEN, _HELD))
    reports = _rows(con, _REPORTS, args)
    adoptions = _rows(con, _ADOPTIONS, {**args, "limit": LAST_ADOPTIONS})
    corrected = _rows(con, _CORRECTED, args)
    voiced = _rows(con, _VOICED, {**args, "limit": LAST_CHANGES})
    ids = sorted({str(row["change_id"]) for rows in (*corrected.values(), *voiced.values()) for row in rows})
    refs = change_refs(con, "list_contains(?, c.change_id)", [ids])
    for name in sorted(days):
        own = [OutletDay(**row) for row in days[name]]
        hours = seen.get(name)
        yield OutletArchive(
            outlet=name,
            documents=sum(day.documents for day in own),
            reprints=sum(day.reprints for day in own),
            figures=sum(day.figures for day in own),
            positions=sum(day.positions for day in own),
            held=int(held[name][0]["held"]) if name in held else 0,
            seen_hours=round(float(hours[0]["hours"]), 2) if hours else None,
            days=tuple(own[-LAST_DAYS:]),
            reports=tuple(_report(labels, name, row) for row in reports.get(name, ())),
            adoptions=tuple(_adoption(labels, row) for row in adoptions.get(name, ())),
            corrections=_chosen(refs, corrected.get(name, ()))[:LAST_CHANGES],
            changes=_chosen(refs, voiced.get(name, ())),
        )


def _chosen(refs: Iterable[ChangeRef], rows: Iterable[Row]) -> tuple[ChangeRef, ...]:
    """Return the changes that rows name, newest day first."""
    names = {row["change_id"] for row in rows}
    return tuple(ref for ref in refs if ref.change_id in names)[::-1]


def _adoption(labels: Labels, row: Row) -> Adoption:
    return Adoption(
        day=row["day"],
        story=row["story"],
        indicator=row["indicator"],
        label=labels.indicator(row["story"], row["indicator"]),
        change_id=row["change_id"],
        hours=round(float(row["hours"]), 2),
        outlets=int(row["outlets"]),
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


def _rows(con: duckdb.DuckDBPyConnection, query: str, args: dict[str, object]) -> dict[str, list[Row]]:
    """Return the rows of a query by their outlet, which is taken out of them."""
    cursor = con.execute(query, args)
    names = [column[0] for column in cursor.description or ()]
    groups: dict[str, list[Row]] = {}
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        groups.setdefault(str(row.pop("outlet")), []).append(row)
    return groups
