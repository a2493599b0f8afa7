# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""The archive behind the site: histories of indicators, actors, issues and outlets over all days.

Every query is bounded by what is asked for (a story's touched subjects, one outlet), so that a new day costs
the same however long the archive is; what is shown of the past is cut to the last days where it is a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import duckdb

from schemas.archive import (
    ActorHead,
    ChangeRef,
    EditionHead,
    IndicatorHead,
    IndicatorHistory,
    IssueHead,
    OutletArchive,
    OutletHead,
    OutletPoint,
    ReadingPoint,
    RunAudit,
    SiteScope,
    StandHistory,
    StandPoint,
    StoryArchive,
)
from schemas.audit import Check
from warehouse.changes import change_refs, last_changes
from warehouse.outlets import load_outlets
from warehouse.quotes import Labels, load_labels
from warehouse.rows import fetch_rows
from warehouse.snapshot import publication_number

RECENT_READINGS = 60
"""Readings of an indicator on its story's page."""
RECENT_CHANGES = 120
"""Changes from which a story's page and the feeds choose."""
RECENT_RUNS = 60
"""Runs on the page of the audit."""

Row = dict[str, Any]

_TOUCHED = """
WITH fresh AS (SELECT day, revision FROM ledger.editions WHERE publication > $since),
touched AS (SELECT * FROM fresh UNION SELECT day, revision - 1 FROM fresh WHERE revision > 1),
books AS (SELECT DISTINCT story FROM ledger.codebooks WHERE publication > $since),
known AS (
  SELECT day, revision, story, 'figure' AS kind, indicator AS subject FROM ledger.readings
  UNION ALL SELECT day, revision, story, 'figure', indicator FROM ledger.figure_changes
  UNION ALL SELECT day, revision, story, 'position', actor || '/' || issue FROM ledger.stands
  UNION ALL SELECT day, revision, story, 'position', actor || '/' || issue FROM ledger.position_changes
)
"""
_SUBJECTS = f"""{_TOUCHED}
SELECT DISTINCT story, kind, subject FROM known SEMI JOIN touched USING (day, revision)
UNION SELECT DISTINCT story, kind, subject FROM known SEMI JOIN books USING (story)
"""
_STORIES = f"""{_TOUCHED}
SELECT DISTINCT story FROM ledger.edition_documents SEMI JOIN touched USING (day, revision)
UNION SELECT DISTINCT story FROM known SEMI JOIN touched USING (day, revision)
UNION SELECT story FROM books
ORDER BY story
"""
_OUTLETS = f"""{_TOUCHED}
SELECT DISTINCT d.outlet FROM ledger.edition_documents e SEMI JOIN touched USING (day, revision)
JOIN ledger.documents d USING (document_id, version) WHERE d.outlet IS NOT NULL ORDER BY 1
"""


def load_scope(con: duckdb.DuckDBPyConnection, since: int) -> SiteScope:
    """Return what the publications after ``since`` touched; 0 means everything.

    Args:
        con: a connection to the warehouse or a snapshot.
        since: the publication up to which the pages are known to be right.
    """
    args = {"since": since}
    days = con.execute(
        "SELECT DISTINCT day FROM ledger.editions WHERE publication > ? ORDER BY day", [since]
    ).fetchall()
    return SiteScope(
        publication=publication_number(con),
        days=tuple(row[0] for row in days),
        subjects=frozenset((str(a), str(b), str(c)) for a, b, c in con.execute(_SUBJECTS, args).fetchall()),
        stories=tuple(str(row[0]) for row in con.execute(_STORIES, args).fetchall()),
        outlets=tuple(str(row[0]) for row in con.execute(_OUTLETS, args).fetchall()),
        is_first=since == 0,
    )


class Archive:
    """Reads the archive from an open warehouse or snapshot."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._publication = publication_number(con)
        self._labels: Labels = load_labels(con, self._publication)

    def scope(self, since: int) -> SiteScope:
        """Return what the publications after ``since`` touched (:func:`load_scope`)."""
        return load_scope(self._con, since)

    def editions(self) -> tuple[EditionHead, ...]:
        """Return every day with its latest revision, oldest first; days whose documents moved away too."""
        rows = fetch_rows(
            self._con,
            "SELECT day, revision, published_at, documents, figure_changes + position_changes AS changes,"
            " disagreements, held, coalesce(revised_because, '') AS revised_because FROM ledger.editions"
            " JOIN ledger.latest_editions USING (day, revision) ORDER BY day",
        )
        return tuple(EditionHead(**row) for row in rows)

    def changes_of(self, days: Iterable[date]) -> tuple[ChangeRef, ...]:
        """Return the changes of some days, those taken back among them."""
        return change_refs(self._con, "list_contains(?, c.day)", [sorted(days)])

    def last_changes(self, limit: int = RECENT_CHANGES) -> tuple[ChangeRef, ...]:
        """Return the changes of the days published or revised last, newest publication first."""
        return last_changes(self._con, "true", [], limit)

    def story(self, story: str, subjects: Iterable[tuple[str, str, str]] | None = None) -> StoryArchive:
        """Return a story with the histories of the subjects named (None: of all).

        Args:
            story: its key.
            subjects: (story, kind, subject), those of other stories left aside.
        """
        return _StoryReader(self._con, self._labels, story).archive(subjects)

    def outlets(self) -> tuple[OutletHead, ...]:
        """Return every outlet with a document in an edition, by name."""
        rows = fetch_rows(
            self._con,
            "SELECT d.outlet, count(DISTINCT e.document_id) AS documents,"
            " count(DISTINCT e.document_id) FILTER (e.reprint_of IS NOT NULL) AS reprints,"
            " min(e.day) AS first_day, max(e.day) AS last_day FROM ledger.edition_documents e"
            " JOIN ledger.latest_editions USING (day, revision)"
            " JOIN ledger.documents d USING (document_id, version)"
            " WHERE d.outlet IS NOT NULL GROUP BY d.outlet ORDER BY lower(d.outlet), d.outlet",
        )
        return tuple(OutletHead(**row) for row in rows)

    def outlet_archives(self, names: Iterable[str]) -> Iterator[OutletArchive]:
        """Yield some outlets over all days (:func:`warehouse.outlets.load_outlets`)."""
        return load_outlets(self._con, self._labels, names)

    def audits(self, limit: int = RECENT_RUNS) -> tuple[RunAudit, ...]:
        """Return the audits of the last promoted runs, newest first."""
        runs = fetch_rows(
            self._con,
            "SELECT r.run_id, r.started_at, max(p.number) AS number, max(p.held) AS held"
            " FROM ledger.publications p JOIN ledger.runs r USING (run_id)"
            " GROUP BY ALL ORDER BY number DESC LIMIT ?",
            [limit],
        )
        return tuple(
            RunAudit(r["run_id"], r["started_at"], self._checks(r["run_id"]), int(r["held"])) for r in runs
        )

    def _checks(self, run_id: str) -> tuple[Check, ...]:
        rows = fetch_rows(
            self._con,
            "SELECT suite, expectation, subject, severity, success, checked, failed, sample, detail"
            " FROM ledger.checks WHERE run_id = ? ORDER BY suite, expectation, subject",
            [run_id],
        )
        return tuple(Check(**row) for row in rows)


class _StoryReader:
    """Reads one story."""

    def __init__(self, con: duckdb.DuckDBPyConnection, labels: Labels, story: str) -> None:
        self._con = con
        self._labels = labels
        self._story = story
        self._definitions: dict[str, dict[str, Row]] = {}

    def archive(self, subjects: Iterable[tuple[str, str, str]] | None) -> StoryArchive:
        """Return the story with the histories of its (story, kind, key) among some subjects; None for all."""
        own = None if subjects is None else [s for s in subjects if s[0] == self._story]
        book = self._labels.stories.get(self._story, {})
        indicators = self._indicators()
        actors, issues = self._actors(), self._issues()
        first, last, documents = self._extent()
        return StoryArchive(
            story=self._story,
            title=str(book.get("title", self._story)),
            timezone=str(book.get("timezone", "UTC")),
            codebook_version=str(book.get("codebook_version", "")),
            first_day=first,
            last_day=last,
            documents=documents,
            indicators=tuple(indicators.values()),
            actors=actors,
            issues=issues,
            stands=self._last_stands(),
            changes=last_changes(self._con, "c.story = ?", [self._story], RECENT_CHANGES),
            figure_histories=tuple(self._figure_histories(indicators, own)),
            stand_histories=tuple(self._stand_histories(own)),
        )

    def _extent(self) -> tuple[date | None, date | None, int]:
        row = self._con.execute(
            "SELECT min(day), max(day), count(DISTINCT document_id) FROM ledger.edition_documents"
            " JOIN ledger.latest_editions USING (day, revision) WHERE story = ?",
            [self._story],
        ).fetchone()
        return (row[0], row[1], int(row[2])) if row else (None, None, 0)

    def _indicators(self) -> dict[str, IndicatorHead]:
        """Return the indicators that have a reading or a change, with their last readings, by label."""
        rows = fetch_rows(
            self._con,
            f"SELECT r.indicator, {_POINT} FROM ledger.readings r"
            " JOIN ledger.editions e USING (day, revision)"
            " JOIN ledger.latest_editions l USING (day, revision) WHERE r.story = ? QUALIFY row_number() OVER"
            f" (PARTITION BY r.indicator ORDER BY r.day DESC) <= {RECENT_READINGS}"
            " ORDER BY r.indicator, r.day",
            [self._story],
        )
        points = _grouped(rows, "indicator")
        changed = self._con.execute(
            "SELECT DISTINCT indicator FROM ledger.figure_changes WHERE story = ?", [self._story]
        ).fetchall()
        names = {*points, *(str(row[0]) for row in changed)}
        heads = [self._indicator(name, points.get(name, [])) for name in names]
        heads.sort(key=lambda head: (head.label.casefold(), head.indicator))
        return {head.indicator: head for head in heads}

    def _indicator(self, name: str, rows: list[Row]) -> IndicatorHead:
        defined = self._defined("indicators", "indicator").get(name, {})
        return IndicatorHead(
            indicator=name,
            label=self._labels.indicator(self._story, name),
            description=str(defined.get("description") or ""),
            unit=self._labels.unit(self._story, name),
            aspect=str(defined.get("aspect") or ""),
            recent=tuple(ReadingPoint(**row) for row in rows),
        )

    def _figure_histories(
        self, heads: dict[str, IndicatorHead], own: list[tuple[str, str, str]] | None
    ) -> Iterator[IndicatorHistory]:
        names = (
            sorted(heads) if own is None else sorted({s[2] for s in own if s[1] == "figure"} & heads.keys())
        )
        if not names:
            return
        args: list[object] = [self._story, names]
        readings = _grouped(fetch_rows(self._con, _READINGS, args), "indicator")
        outlets = _grouped(fetch_rows(self._con, _OUTLET_POINTS, [*args, *args]), "indicator")
        wanted = "c.story = ? AND c.subject_kind = 'figure' AND list_contains(?, c.subject)"
        changes = change_refs(self._con, wanted, args)
        for name in names:
            yield IndicatorHistory(
                head=heads[name],
                readings=tuple(ReadingPoint(**row) for row in readings.get(name, [])),
                outlets=tuple(OutletPoint(**row) for row in outlets.get(name, [])),
                changes=tuple(ref for ref in changes if ref.subject == name),
            )

    def _actors(self) -> tuple[ActorHead, ...]:
        rows = self._con.execute(
            "SELECT DISTINCT actor FROM ledger.stands WHERE story = ?"
            " UNION SELECT DISTINCT actor FROM ledger.position_changes WHERE story = ?",
            [self._story, self._story],
        ).fetchall()
        heads = [self._actor(str(row[0])) for row in rows]
        return tuple(sorted(heads, key=lambda head: (head.name.casefold(), head.actor)))

    def _actor(self, actor: str) -> ActorHead:
        defined = self._defined("actors", "actor").get(actor, {})
        kind, speaks_for = str(defined.get("kind") or ""), defined.get("speaks_for")
        return ActorHead(actor, self._labels.actor(self._story, actor), kind, speaks_for)

    def _defined(self, table: str, key: str) -> dict[str, Row]:
        """Return what the story's newest codebook says of its indicators or actors, by key."""
        if table not in self._definitions:
            version = self._labels.stories.get(self._story, {}).get("codebook_version")
            query = f"SELECT * FROM ledger.{table} WHERE story = ? AND codebook_version = ?"
            rows = fetch_rows(self._con, query, [self._story, version])
            self._definitions[table] = {str(row[key]): row for row in rows}
        return self._definitions[table]

    def _issues(self) -> tuple[IssueHead, ...]:
        rows = self._con.execute(
            "SELECT DISTINCT issue FROM ledger.stands WHERE story = ?"
            " UNION SELECT DISTINCT issue FROM ledger.position_changes WHERE story = ?",
            [self._story, self._story],
        ).fetchall()
        names = [str(row[0]) for row in rows]
        heads = [IssueHead(name, self._labels.proposition(self._story, name)) for name in names]
        return tuple(sorted(heads, key=lambda head: (head.proposition.casefold(), head.issue)))

    def _last_stands(self) -> tuple[StandPoint, ...]:
        rows = fetch_rows(
            self._con,
            f"SELECT {_STAND} FROM ledger.latest_stands s WHERE s.story = ?"
            " QUALIFY row_number() OVER (PARTITION BY s.actor, s.issue ORDER BY s.day DESC) = 1"
            " ORDER BY s.actor, s.issue",
            [self._story],
        )
        return tuple(StandPoint(**row) for row in rows)

    def _stand_histories(self, own: list[tuple[str, str, str]] | None) -> Iterator[StandHistory]:
        for kind, heads in (("actor", self._actors()), ("issue", self._issues())):
            known = [getattr(head, kind) for head in heads]
            place = 0 if kind == "actor" else 1
            touched = None if own is None else {s[2].split("/")[place] for s in own if s[1] == "position"}
            names = sorted(name for name in known if touched is None or name in touched)
            if names:
                yield from self._stand_history(kind, names)

    def _stand_history(self, kind: str, names: list[str]) -> Iterator[StandHistory]:
        args: list[object] = [self._story, names]
        rows = fetch_rows(
            self._con,
            f"SELECT {_STAND} FROM ledger.latest_stands s WHERE s.story = ? AND list_contains(?, s.{kind})"
            " ORDER BY s.day, s.actor, s.issue",
            args,
        )
        part = f"split_part(c.subject, '/', {1 if kind == 'actor' else 2})"
        wanted = f"c.story = ? AND c.subject_kind = 'position' AND list_contains(?, {part})"
        changes = change_refs(self._con, wanted, args)
        place = 0 if kind == "actor" else 1
        for name in names:
            stands = tuple(StandPoint(**row) for row in rows if row[kind] == name)
            own = tuple(ref for ref in changes if ref.subject.split("/")[place] == name)
            yield StandHistory(kind, name, stands, own)


_POINT = (
    "r.day, r.revision, e.published_at AS known_at, r.revision = l.revision AS is_latest, r.value,"
    " r.value_low, r.value_high, r.qualifier, r.texts, r.outlets, r.is_disputed"
)
_STAND = "s.day, s.actor, s.issue, s.stance, s.condition, s.texts, s.outlets, s.is_disputed"

_READINGS = f"""
SELECT r.indicator, {_POINT} FROM ledger.readings r JOIN ledger.editions e USING (day, revision)
JOIN ledger.latest_editions l ON l.day = r.day
WHERE r.story = ? AND list_contains(?, r.indicator) ORDER BY r.indicator, r.day, r.revision
"""

_OUTLET_POINTS = """
SELECT s.subject AS indicator, s.day, d.outlet, s.agrees, f.value, f.value_low, f.value_high, f.qualifier,
  s.record_id
FROM (
  SELECT day, revision, story, subject, record_id, document_id, true AS agrees, rank FROM ledger.supports
  WHERE story = ? AND subject_kind = 'figure' AND list_contains(?, subject)
  UNION ALL
  SELECT day, revision, story, subject, record_id, document_id, false, 1000000 FROM ledger.disagreements
  WHERE story = ? AND subject_kind = 'figure' AND list_contains(?, subject)
) s
JOIN ledger.latest_editions USING (day, revision)
JOIN ledger.edition_documents e USING (day, revision, story, document_id)
JOIN ledger.figures f ON f.figure_id = s.record_id AND f.codebook_version = e.codebook_version
JOIN ledger.documents d ON d.document_id = e.document_id AND d.version = e.version
WHERE d.outlet IS NOT NULL AND f.value IS NOT NULL
ORDER BY s.subject, s.day, s.rank, d.outlet, s.record_id
"""


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Return rows by a column, which is taken out of them."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row.pop(column)), []).append(row)
    return groups
