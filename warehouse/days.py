# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Derive one edition day from the ledger, and write it as a new revision where it says something new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import duckdb

from warehouse.connect import sql_files
from warehouse.rows import fetch_rows

_BEFORE = "before_day, before_value, before_low, before_high, before_qualifier, before_figure_id, kind"
CONTENT = {
    "readings": f"SELECT * EXCLUDE (series, modality, place, {_BEFORE}) FROM day_readings WHERE series = ''",
    "stands": "SELECT * EXCLUDE (before_day, before_stance, before_position_id, kind) FROM day_stands",
    "figure_changes": "SELECT * EXCLUDE (series) FROM day_figure_changes WHERE series = ''",
    "position_changes": "FROM day_position_changes",
    "disagreements": "FROM day_disagreements",
    "supports": "FROM day_supports",
    "edition_documents": "FROM day_documents",
    "edition_holds": "FROM day_holds",
    "edition_attendance": "FROM day_attendance",
    "series_readings": (
        f"SELECT * EXCLUDE (part_of, total, total_figure_id, {_BEFORE}) FROM day_readings WHERE series <> ''"
    ),
    "series_changes": "FROM day_figure_changes WHERE series <> ''",
    "edition_decisions": "FROM day_decisions",
}
"""What an edition says: the ledger's table that keeps it, and the query over the day's derived tables."""

_ADDED = frozenset({"series_readings", "series_changes", "edition_decisions"})
_LATER = frozenset(
    {"part_of", "total", "total_figure_id", "standing_value", "standing_low", "standing_high"}
    | {"standing_qualifier", "standing_stance"}
)
"""Tables and columns that came later: an edition that says nothing in them keeps its digest."""

_SUPPORT = frozenset({"texts", "outlets", "total", "total_figure_id", "codebook_version"})
"""Columns of a reading that no later day asks for."""

_UNSAID = frozenset({"run_id", "revision", "aspect"})
"""Columns that are no words of an edition: who wrote it, and what the figure it names says anyway."""

_SUBJECTS = {
    "readings": ("figure", "story", "indicator"),
    "figure_changes": ("figure", "story", "indicator"),
    "stands": ("position", "story", "actor", "issue"),
    "position_changes": ("position", "story", "actor", "issue"),
    "series_readings": ("series", "story", "indicator", "series"),
    "series_changes": ("series", "story", "indicator", "series"),
}
"""The tables that say something of a subject: its kind, and the columns that name it."""

_NEXT_CHANGE = {
    kind: f"SELECT min(day) FROM ledger.{table} JOIN ledger.latest_editions USING (day, revision)"
    f" WHERE day > ? AND kind NOT IN ('corrected', 'dropped') AND {' AND '.join(f'{c} = ?' for c in names)}"
    for table, (kind, *names) in _SUBJECTS.items()
    if table.endswith("changes")
}
Subject = tuple[str, ...]
"""``figure``, ``position`` or ``series``, and its names: (figure, story, indicator)."""
Row = dict[str, Any]
Content = dict[str, list[Row]]
"""What an edition says: rows by ledger table."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes a revision: the promotion's number, its run and that run's clock."""

    publication: int
    run_id: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class DayResult:
    """What deriving a day came to.

    Attributes:
        day: the edition day.
        revision: the revision written, or None when the last one already says this.
        changed: indicators and actor/issue pairs of which later days are told something else than before.
        moved: those of them whose standing value was first published by another figure, or on another day.
        settled: those of which later days are told what they were told before.
        restated: those of them that restate an earlier value: their next change names the day of that value.
    """

    day: date
    revision: int | None
    changed: frozenset[Subject]
    moved: frozenset[Subject]
    settled: frozenset[Subject]
    restated: frozenset[Subject]


@cache
def _day_queries() -> list[tuple[str, str]]:
    return [("day_" + name[3:].removesuffix(".sql"), text) for name, text in sql_files("views/day")]


def derive_day(con: duckdb.DuckDBPyConnection, day: date) -> Content:
    """Derive a day into the temporary tables ``day_*`` and return what its edition says, by ledger table."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE the_day AS SELECT DATE '{day.isoformat()}' AS day")
    for name, query in _day_queries():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
    return {table: fetch_rows(con, query) for table, query in CONTENT.items()}


def revise_day(con: duckdb.DuckDBPyConnection, day: date, stamp: Stamp) -> DayResult:
    """Derive a day and write a new revision when its content differs from the last revision's."""
    content = derive_day(con, day)
    digest = content_sha256(content)
    last = _last_revision(con, day, stamp)
    if last.digest == digest or (last.number == 0 and not _is_edition(content)):
        said = frozenset(_told_later(content))
        return DayResult(day, None, frozenset(), frozenset(), said, said & _restated(content))
    before = stored_content(con, day, last.number)
    changed = _differing(_told_later(before), _told_later(content))
    moved = _differing(_origins(before), _origins(content))
    settled = frozenset(_told_later(content)) - changed
    if last.is_unseen:
        _remove(con, day, last.number)
        last = _last_revision(con, day, stamp)
        before = stored_content(con, day, last.number)
    is_news = last.digest != digest and (last.number > 0 or _is_edition(content))
    if is_news:
        late = stamp.started_at.date() > day
        because = _because(before, content, is_late=late) if last.number else ""
        _write(con, day, last.number + 1, content, digest, stamp, because)
    number = last.number + 1 if is_news else None
    return DayResult(day, number, changed, moved, settled, settled & _restated(content))


def next_change(con: duckdb.DuckDBPyConnection, subject: Subject, day: date) -> date | None:
    """Return the next day after ``day`` whose latest edition publishes a change of a subject, or None."""
    row = con.execute(_NEXT_CHANGE[subject[0]], [day, *subject[1:]]).fetchone()
    return row[0] if row else None


def _differing(old: Mapping[Subject, object], new: Mapping[Subject, object]) -> frozenset[Subject]:
    return frozenset(subject for subject in old.keys() | new.keys() if old.get(subject) != new.get(subject))


_STANDING = {
    "readings": ("standing_value", "figure_id"),
    "stands": ("standing_stance", "position_id"),
    "series_readings": ("standing_value", "figure_id"),
}
"""The tables of readings, the column that is filled where a row restates, and the record that carries it."""


def _restated(content: Content) -> frozenset[Subject]:
    return frozenset(subject for subject, record in _origins(content).items() if record is None)


def _origins(content: Content) -> dict[Subject, str | None]:
    """Return the record that carries each reading or stand, None where an earlier one stands."""
    return {
        _subject(table, row): row[record] if row[standing] is None else None
        for table, (standing, record) in _STANDING.items()
        for row in content[table]
    }


def _subject(table: str, row: Row) -> Subject:
    kind, *names = _SUBJECTS[table]
    return (kind, *(row[name] for name in names))


@dataclass(frozen=True, slots=True)
class _Revision:
    """The last revision of a day; number 0 where there is none.

    Attributes:
        number: its number.
        digest: the digest of its content.
        is_unseen: whether nobody can have seen it: it is not written out yet, and is of the same run, or of
            a backfill or a rebuilding, which write out at their end. Such a one is replaced.
    """

    number: int = 0
    digest: str = ""
    is_unseen: bool = False


def _last_revision(con: duckdb.DuckDBPyConnection, day: date, stamp: Stamp) -> _Revision:
    row = con.execute(
        "SELECT e.revision, e.content_sha256, "
        " (e.run_id = $run OR coalesce(r.kind IN ('backfill', 'rebuild'), false))"
        "  AND NOT EXISTS (SELECT 1 FROM ledger.exports x WHERE x.day = e.day AND x.revision = e.revision)"
        " FROM ledger.editions e LEFT JOIN ledger.runs r USING (run_id)"
        " WHERE e.day = $day ORDER BY e.revision DESC LIMIT 1",
        {"run": stamp.run_id, "day": day},
    ).fetchone()
    return _Revision(int(row[0]), str(row[1]), bool(row[2])) if row else _Revision()


def _remove(con: duckdb.DuckDBPyConnection, day: date, revision: int) -> None:
    for table in ("editions", *CONTENT):
        con.execute(f"DELETE FROM ledger.{table} WHERE day = ? AND revision = ?", [day, revision])


def content_sha256(content: Content) -> str:
    """Return the digest of what an edition says, free of runs, clocks and the order of rows."""
    said = {name: rows for name, rows in content.items() if rows or name not in _ADDED}
    parts = {name: sorted(_canonical(row) for row in rows) for name, rows in said.items()}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _canonical(row: Row) -> str:
    said = {k: v for k, v in row.items() if k not in _UNSAID and not (v is None and k in _LATER)}
    return json.dumps(said, sort_keys=True, default=str)


def _is_edition(content: Content) -> bool:
    """Whether there is something to publish: a document that is not held, or a withdrawn number."""
    corrected = any(c["kind"] == "corrected" for c in content["figure_changes"])
    return corrected or any(not d["is_held"] for d in content["edition_documents"])


def _told_later(content: Content) -> dict[Subject, list[str]]:
    """Return what later days are told of each subject: its reading without its support, and a drop.

    For comparing two derivations of a day: one more text that agrees concerns no later day.
    """
    said: dict[Subject, list[str]] = {}
    for table in _STANDING:
        for row in content[table]:
            told = {name: value for name, value in row.items() if name not in _SUPPORT}
            said.setdefault(_subject(table, row), []).append(_canonical(told))
    for table in ("figure_changes", "series_changes"):
        for row in content[table]:
            if row["kind"] == "dropped":
                said.setdefault(_subject(table, row), []).append("dropped")
    return said


def stored_content(con: duckdb.DuckDBPyConnection, day: date, revision: int) -> Content:
    """Return what a stored revision says, by ledger table; nothing of one that is not there."""
    return {
        table: fetch_rows(
            con, f"SELECT * FROM ledger.{table} WHERE day = ? AND revision = ?", [day, revision]
        )
        for table in CONTENT
    }


def _write(
    con: duckdb.DuckDBPyConnection,
    day: date,
    revision: int,
    content: Content,
    digest: str,
    stamp: Stamp,
    because: str,
) -> None:
    for table, query in CONTENT.items():
        stamped = f"SELECT *, {revision} AS revision, ? AS run_id FROM ({query})"
        con.execute(f"INSERT INTO ledger.{table} BY NAME {stamped}", [stamp.run_id])
    documents = {d["document_id"] for d in content["edition_documents"] if not d["is_held"]}
    disagreements = {(d["story"], d["subject_kind"], d["subject"]) for d in content["disagreements"]}
    held = {(h["record_kind"], h["record_id"]) for h in content["edition_holds"]}
    counts = [len(documents), len(content["figure_changes"]), len(content["position_changes"])]
    counts += [len(disagreements), len(held)]
    con.execute(
        "INSERT INTO ledger.editions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [day, revision, stamp.publication, stamp.started_at, *counts, digest, because, stamp.run_id],
    )


def _because(before: Content, after: Content, *, is_late: bool) -> str:
    """Return, in words, what brought a new revision; documents are late when their day is over."""
    old = {d["document_id"]: d for d in before["edition_documents"]}
    new = {d["document_id"]: d for d in after["edition_documents"]}
    causes = [*_causes(old, new, "late" if is_late else "more"), *_decided(before, after)]
    return ", ".join(causes) or "records held or an earlier day revised"


def _decided(before: Content, after: Content) -> Iterator[str]:
    old, new = (
        {d["decision_id"] for d in content["edition_decisions"] if d["status"] == "applied"}
        for content in (before, after)
    )
    counts = (
        (len(new - old), "decision of an editor", "decisions of editors"),
        (len(old - new), "decision withdrawn", "decisions withdrawn"),
    )
    for count, one, many in counts:
        if count:
            yield f"{count} {one if count == 1 else many}"


def _causes(old: dict[str, Row], new: dict[str, Row], more: str) -> Iterator[str]:
    both = [(old[name], new[name]) for name in old.keys() & new.keys()]
    edited = sum(a["version"] != b["version"] for a, b in both)
    same = [(a, b) for a, b in both if a["version"] == b["version"]]
    reread = sum(a["codebook_version"] != b["codebook_version"] for a, b in same)
    counts = (
        (len(new.keys() - old.keys()), f"{more} document", f"{more} documents"),
        (len(old.keys() - new.keys()), "document moved to another day", "documents moved to other days"),
        (edited, "document edited by its outlet", "documents edited by their outlets"),
        (reread, "document read with another codebook", "documents read with another codebook"),
    )
    for count, one, many in counts:
        if count:
            yield f"{count} {one if count == 1 else many}"
