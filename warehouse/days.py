# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Derive one edition day from the ledger, and write it as a new revision where it says something new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import duckdb

from warehouse.connect import sql_files
from warehouse.rows import fetch_rows

CONTENT = {
    "day_readings": "readings",
    "day_stands": "stands",
    "day_figure_changes": "figure_changes",
    "day_position_changes": "position_changes",
    "day_disagreements": "disagreements",
    "day_supports": "supports",
    "day_documents": "edition_documents",
    "day_holds": "edition_holds",
    "day_attendance": "edition_attendance",
    "day_decisions": "edition_decisions",
}
"""What an edition says: the derived table of the day and the ledger's table that keeps it."""

_SUBJECTS = {
    "readings": ("story", "indicator"),
    "figure_changes": ("story", "indicator"),
    "stands": ("story", "actor", "issue"),
    "position_changes": ("story", "actor", "issue"),
}
Subject = tuple[str, ...]
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
        changed: indicators and actor/issue pairs whose reading, stand or change differs from before.
        settled: those whose reading or stand is as before, so that later days need not be derived for them.
    """

    day: date
    revision: int | None
    changed: frozenset[Subject]
    settled: frozenset[Subject]


@cache
def _day_queries() -> list[tuple[str, str]]:
    return [("day_" + name[3:].removesuffix(".sql"), text) for name, text in sql_files("views/day")]


def derive_day(con: duckdb.DuckDBPyConnection, day: date) -> Content:
    """Derive a day into the temporary tables ``day_*`` and return what its edition says, by ledger table."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE the_day AS SELECT DATE '{day.isoformat()}' AS day")
    for name, query in _day_queries():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
    return {table: fetch_rows(con, f"SELECT * FROM {name}") for name, table in CONTENT.items()}


def revise_day(con: duckdb.DuckDBPyConnection, day: date, stamp: Stamp) -> DayResult:
    """Derive a day and write a new revision when its content differs from the last revision's."""
    content = derive_day(con, day)
    digest = content_sha256(content)
    last = con.execute(
        "SELECT revision, content_sha256 FROM ledger.editions WHERE day = ? ORDER BY revision DESC LIMIT 1",
        [day],
    ).fetchone()
    if (last is None and not _is_edition(content)) or (last is not None and last[1] == digest):
        return DayResult(day, None, frozenset(), frozenset(_subject_rows(content)))
    revision = (int(last[0]) if last else 0) + 1
    before = _stored(con, day, revision - 1)
    _write(
        con,
        day,
        revision,
        content,
        digest,
        stamp,
        _because(before, content, is_late=stamp.started_at.date() > day) if last else "",
    )
    old, new = _subject_rows(before), _subject_rows(content)
    changed = frozenset(s for s in old.keys() | new.keys() if old.get(s) != new.get(s))
    return DayResult(day, revision, changed, frozenset(new) - changed)


def content_sha256(content: Content) -> str:
    """Return the digest of what an edition says, free of runs, clocks and the order of rows."""
    parts = {name: sorted(_canonical(row) for row in rows) for name, rows in content.items()}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _canonical(row: Row) -> str:
    said = {k: v for k, v in row.items() if k not in ("run_id", "revision")}
    return json.dumps(said, sort_keys=True, default=str)


def _is_edition(content: Content) -> bool:
    """Whether there is something to publish: a document that is not held, or a withdrawn number."""
    corrected = any(c["kind"] == "corrected" for c in content["figure_changes"])
    return corrected or any(not d["is_held"] for d in content["edition_documents"])


def _subject_rows(content: Content) -> dict[Subject, list[str]]:
    """Return what is said of each subject, for comparing two derivations of a day."""
    said: dict[Subject, list[str]] = {}
    for table, key in _SUBJECTS.items():
        for row in content[table]:
            said.setdefault(tuple(row[name] for name in key), []).append(_canonical(row))
    return {subject: sorted(rows) for subject, rows in said.items()}


def _stored(con: duckdb.DuckDBPyConnection, day: date, revision: int) -> Content:
    return {
        table: fetch_rows(
            con, f"SELECT * FROM ledger.{table} WHERE day = ? AND revision = ?", [day, revision]
        )
        for table in CONTENT.values()
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
    for name, table in CONTENT.items():
        con.execute(
            f"INSERT INTO ledger.{table} BY NAME SELECT *, {revision} AS revision, ? AS run_id FROM {name}",
            [stamp.run_id],
        )
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
