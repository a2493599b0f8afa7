# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Promote a staged batch into the ledger: one transaction, all or nothing, and twice is once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from schemas.audit import Audit, Check
from schemas.errors import AuditBlockedError, NewsledgerError, PublishError
from warehouse.connect import warehouse
from warehouse.corrections import apply_decisions, open_decisions
from warehouse.days import Stamp
from warehouse.frames import edition_frames
from warehouse.placing import affected_days
from warehouse.recheck import note_audits
from warehouse.renumber import keep_runs, renumber
from warehouse.revise import revise
from warehouse.rows import fetch_rows, insert_rows, quoted_path
from warehouse.standing import learn_standing

if TYPE_CHECKING:
    import pandas as pd

Inspection = Callable[[Mapping[str, "pd.DataFrame"]], Audit]
"""What looks at the frames of :func:`warehouse.frames.edition_frames` before a promotion is committed."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What one promotion brought.

    Attributes:
        number: its number in the ledger, 1, 2, ...
        run_id: the run promoted.
        new_documents: document versions added.
        new_figures: figures added.
        new_positions: positions added.
        held: records this batch's audit held.
        days: each edition day that has a new revision, with that revision.
        is_new: False when the batch had been promoted before, so that nothing was done.
    """

    number: int
    run_id: str
    new_documents: int
    new_figures: int
    new_positions: int
    held: int
    days: tuple[tuple[date, int], ...]
    is_new: bool = True


_KEYS = {
    "runs": ("run_id",),
    "indicators": ("story", "codebook_version", "indicator"),
    "apart_places": ("story", "codebook_version", "indicator", "place"),
    "issues": ("story", "codebook_version", "issue"),
    "actors": ("story", "codebook_version", "actor"),
    "documents": ("document_id", "version"),
    "links": ("document_id", "version", "other_id"),
    "figures": ("figure_id", "codebook_version"),
    "positions": ("position_id", "codebook_version"),
    "attendance": ("attendance_id", "codebook_version"),
    "refusals": ("document_id", "version", "story", "kind", "evidence_start", "evidence_end", "reason"),
    "polls": ("run_id", "feed_id", "polled_at"),
    "opt_outs": ("host", "kind", "source", "value"),
    "journals": ("journal",),
    "sightings": ("document_id", "seen_at", "text_sha256"),
    "version_changes": ("document_id", "version", "nth"),
    "backfills": ("source", "day", "digest"),
}
WATCHED_DAYS = 60
"""How long what a feed told of an article is kept; no article is looked at again for longer."""
_CURRENT = {
    "feed_states": ("feed_id",),
    "hosts": ("host",),
    "site_files": ("url",),
    "quarantine": ("item", "feed_id"),
    "watched": ("item",),
}
"""Tables that say what is known now: the batch's rows replace those of the same key."""


def promote(
    warehouse_path: Path,
    staging_path: Path,
    audit: Audit,
    *,
    inspect: Inspection | None = None,
    wait_seconds: float = 0.0,
) -> Publication:
    """Add a staged batch to the ledger and revise the editions it touches, in one transaction.

    Args:
        warehouse_path: the ledger's file; made when missing.
        staging_path: the file :func:`warehouse.stage.stage` wrote.
        audit: what the audit found in it.
        inspect: looks at what the promotion derived before it is committed; None commits unseen.
        wait_seconds: how long to wait for another process that has the ledger open.

    Raises:
        AuditBlockedError: a critical check failed, of the batch or of what was derived; nothing was promoted.
        LockedError: another process has the ledger open.
        PublishError: the ledger could not be written (a full disk, for one); it is as before.
    """
    if audit.is_blocked:
        raise _blocked(audit)
    with warehouse(warehouse_path, wait_seconds=wait_seconds) as con:
        con.execute(f"ATTACH {quoted_path(staging_path)} AS staging (READ_ONLY)")
        try:
            con.execute("BEGIN")
            publication = _promote(con, audit, inspect)
            con.execute("COMMIT")
            con.execute("DETACH staging")
        except (duckdb.OperationalError, duckdb.FatalException) as error:
            _abandon(con)
            raise PublishError(
                f"{warehouse_path}: the batch could not be promoted, the ledger is as before: {error}",
                hint="free some disk space if it is full, and run again",
            ) from error
        except BaseException:
            _abandon(con)
            raise
    return publication


def _abandon(con: duckdb.DuckDBPyConnection) -> None:
    """Roll back and let go of the staging file.

    A full disk may refuse both. The error that led here is the one to tell, and closing the connection
    leaves the ledger as it was.
    """
    for statement in ("ROLLBACK", "DETACH staging"):
        with suppress(duckdb.Error):
            con.execute(statement)


def _blocked(audit: Audit) -> AuditBlockedError:
    failed = [c for c in audit.checks if c.severity == "critical" and not c.success]
    told = "; ".join(f"{c.suite}.{c.expectation} ({c.failed} of {c.checked}: {c.detail})" for c in failed)
    return AuditBlockedError(
        f"nothing was promoted, the last edition stands: {told}",
        hint="look at the rows named, mend the input or the codebook, and run again",
    )


def _promote(con: duckdb.DuckDBPyConnection, audit: Audit, inspect: Inspection | None) -> Publication:
    token, run_id, started_at = _batch(con)
    done = con.execute("SELECT number FROM ledger.publications WHERE token = ?", [token]).fetchone()
    if done:
        return Publication(int(done[0]), run_id, 0, 0, 0, 0, (), is_new=False)
    (last,) = con.execute("SELECT coalesce(max(number), 0) FROM ledger.publications").fetchone() or (0,)
    stamp = Stamp(int(last) + 1, run_id, started_at)
    added = _add_batch(con, stamp, audit)
    held = _add_audit(con, audit, run_id)
    decided = apply_decisions(con, stamp.publication, run_id)
    _add_outcomes(con)
    _renew_current(con)
    affected = affected_days(con, decided)
    days = revise(con, affected, stamp)
    note_audits(con, affected, run_id)
    _add_checks(con, _decision_checks(con), run_id)
    if inspect is not None and days:
        found = inspect(edition_frames(con, days))
        if found.is_blocked:
            raise _blocked(found)
        _add_checks(con, found.checks, run_id)
    counts = (added["documents"], added["figures"], added["positions"], held)
    con.execute(
        "INSERT INTO ledger.publications VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [stamp.publication, run_id, token, started_at, *counts],
    )
    return Publication(stamp.publication, run_id, *counts, days)


def _batch(con: duckdb.DuckDBPyConnection) -> tuple[str, str, datetime]:
    row = con.execute(
        "SELECT b.token, r.run_id, r.started_at"
        " FROM staging.ledger.batches b JOIN staging.ledger.runs r USING (run_id)"
    ).fetchone()
    if row is None:
        raise NewsledgerError("the staging file holds no batch", hint="run the same command again")
    return str(row[0]), str(row[1]), row[2]


def _add_batch(con: duckdb.DuckDBPyConnection, stamp: Stamp, audit: Audit) -> dict[str, int]:
    """Copy the rows the ledger lacks, links the audit holds excepted; return how many by table."""
    refused = [[hold.record_id] for hold in audit.holds if hold.record_kind == "link"]
    con.execute("CREATE OR REPLACE TEMP TABLE refused_links (link_id VARCHAR)")
    if refused:
        con.executemany("INSERT INTO refused_links VALUES (?)", refused)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE known_documents AS SELECT DISTINCT document_id FROM ledger.documents"
        " SEMI JOIN (SELECT document_id FROM staging.ledger.documents"
        " UNION SELECT document_id FROM staging.ledger.extractions) USING (document_id)"
    )
    renumber(con)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE fresh_sketches AS"
        " SELECT s.document_id, max(s.version) AS version FROM staging.ledger.documents s"
        f" WHERE {_missing('documents', _KEYS['documents'])} GROUP BY s.document_id"
    )
    added = {table: _copy(con, table, key) for table, key in _KEYS.items()}
    keep_runs(con)
    _copy(con, "codebooks", ("story", "codebook_version"), f"* REPLACE ({stamp.publication} AS publication)")
    con.execute(
        f"INSERT INTO ledger.extractions BY NAME SELECT s.* REPLACE ({stamp.publication} AS publication)"
        " FROM staging.ledger.extractions s"
        " LEFT JOIN (SELECT * FROM ledger.extractions SEMI JOIN known_documents USING (document_id)"
        " QUALIFY row_number() OVER (PARTITION BY document_id, version, story ORDER BY publication DESC) = 1"
        " ) c USING (document_id, version, story)"
        " WHERE CASE WHEN c.document_id IS NULL THEN s.matches"
        " ELSE (c.codebook_version, c.matches) <> (s.codebook_version, s.matches) END"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE replaced_sketches AS SELECT document_id, hash FROM ledger.sketches"
        " WHERE document_id IN (SELECT document_id FROM fresh_sketches)"
    )
    con.execute(
        "DELETE FROM ledger.sketches WHERE document_id IN (SELECT document_id FROM fresh_sketches"
        " SEMI JOIN known_documents USING (document_id)"
        " JOIN ledger.latest_versions USING (document_id, version))"
    )
    con.execute(
        "INSERT INTO ledger.sketches SELECT s.* FROM staging.ledger.sketches s"
        " JOIN fresh_sketches USING (document_id) JOIN ledger.latest_versions USING (document_id, version)"
    )
    learn_standing(con)
    return added


def _add_outcomes(con: duckdb.DuckDBPyConnection) -> None:
    """Copy the items' outcomes; an item whose document the audit held ends in "held" with its reason."""
    con.execute(
        "INSERT INTO ledger.outcomes BY NAME SELECT s.* REPLACE ("
        " CASE WHEN h.document_id IS NULL THEN s.outcome ELSE 'held' END AS outcome,"
        " coalesce(h.expectation, s.reason) AS reason, coalesce(h.why, s.detail) AS detail)"
        " FROM staging.ledger.outcomes s LEFT JOIN ("
        "  SELECT document_id, version, run_id, min(expectation) AS expectation,"
        "   min_by(reason, expectation) AS why"
        "  FROM ledger.standing_holds WHERE record_kind = 'document' GROUP BY ALL"
        " ) h ON h.document_id = s.document_id AND h.run_id = s.run_id"
        "   AND (h.version IS NULL OR h.version = s.version)"
        f" WHERE {_missing('outcomes', ('run_id', 'item', 'feed_id', 'nth'))}"
    )


def _renew_current(con: duckdb.DuckDBPyConnection) -> None:
    """Replace what was known of feeds, hosts and waiting items by what the batch knows."""
    for table, key in _CURRENT.items():
        same = " AND ".join(f"s.{name} = h.{name}" for name in key)
        con.execute(
            f"DELETE FROM ledger.{table} h WHERE EXISTS (SELECT 1 FROM staging.ledger.{table} s WHERE {same})"
        )
        con.execute(f"INSERT INTO ledger.{table} BY NAME SELECT * FROM staging.ledger.{table}")
    con.execute(
        "DELETE FROM ledger.watched WHERE first_at < (SELECT max(started_at) FROM staging.ledger.runs)"
        f" - INTERVAL {WATCHED_DAYS} DAY"
    )


_OF_DOCUMENTS = frozenset({"figures", "positions", "attendance", "refusals", "links"})
"""Large tables whose rows belong to a document: only those of documents held before can be there already."""


def _missing(table: str, key: tuple[str, ...]) -> str:
    same = " AND ".join(f"h.{name} IS NOT DISTINCT FROM s.{name}" for name in key)
    known = " SEMI JOIN known_documents USING (document_id)" if table in _OF_DOCUMENTS else ""
    return f"NOT EXISTS (SELECT 1 FROM (SELECT * FROM ledger.{table}{known}) h WHERE {same})"


_REFUSED = {"links": " AND s.document_id || ' of ' || s.other_id NOT IN (SELECT link_id FROM refused_links)"}


def _copy(con: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...], columns: str = "*") -> int:
    row = con.execute(
        f"INSERT INTO ledger.{table} BY NAME SELECT s.{columns} FROM staging.ledger.{table} s"
        f" WHERE {_missing(table, key)}{_REFUSED.get(table, '')}"
    ).fetchone()
    return int(row[0]) if row else 0


_HOLD_RECORDS = """
SELECT 'figure' AS record_kind, figure_id AS record_id, document_id, version, story, evidence
FROM staging.ledger.figures
UNION ALL
SELECT 'position', position_id, document_id, version, story, evidence FROM staging.ledger.positions
UNION ALL
SELECT 'attendance', attendance_id, document_id, version, story, evidence FROM staging.ledger.attendance
UNION ALL
-- A text that claims a version the ledger holds with another text is held without a version: the one held
-- stays.
SELECT 'document', document_id, document_id,
  CASE WHEN EXISTS (SELECT 1 FROM ledger.documents h WHERE h.document_id = d.document_id
                      AND h.version = d.version AND h.text_sha256 <> d.text_sha256)
    THEN NULL ELSE version END,
  stories[1], left(text, 200)
FROM staging.ledger.documents d
UNION ALL
SELECT 'link', document_id || ' of ' || other_id, document_id, version, NULL, NULL FROM staging.ledger.links
"""


def _add_audit(con: duckdb.DuckDBPyConnection, audit: Audit, run_id: str) -> int:
    """Add the holds and checks; return how many records are newly held."""
    named = ("record_kind", "record_id", "expectation", "reason")
    records: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in fetch_rows(con, _HOLD_RECORDS) if audit.holds else ():
        records.setdefault((row["record_kind"], row["record_id"]), []).append(row)
    known = {
        tuple(row)
        for row in con.execute(
            "SELECT record_kind, record_id, version, expectation FROM ledger.holds"
        ).fetchall()
    }
    holds = {}
    for hold in audit.holds:
        for record in records.get((hold.record_kind, hold.record_id), ()):
            key = (hold.record_kind, hold.record_id, record["version"], hold.expectation)
            if key not in known:
                holds[key] = {**record, **{n: getattr(hold, n) for n in named}, "run_id": run_id}
    insert_rows(con, "holds", list(holds.values()))
    _add_checks(con, audit.checks, run_id)
    return len({key[:2] for key in holds})


def _add_checks(con: duckdb.DuckDBPyConnection, checks: Iterable[Check], run_id: str) -> None:
    query = "SELECT suite, expectation, subject FROM ledger.checks WHERE run_id = ?"
    told = set(con.execute(query, [run_id]).fetchall())
    fresh = [c for c in checks if (c.suite, c.expectation, c.subject) not in told]
    insert_rows(con, "checks", [{**_check_row(c), "run_id": run_id} for c in fresh])


def _decision_checks(con: duckdb.DuckDBPyConnection) -> list[Check]:
    """Return the check of the project's decisions, or none where it has none."""
    row = con.execute("SELECT count(*) FROM ledger.decisions WHERE withdrawn_by IS NULL").fetchone()
    total = int(row[0]) if row else 0
    undone = open_decisions(con)
    detail = "every decision of corrections.yml still fits its record"
    sample = "; ".join(undone[:5])
    check = Check("decisions", "applies", "expect", "warning", not undone, total, len(undone), sample, detail)
    return [check] if total else []


def _check_row(check: object) -> dict[str, object]:
    names = (
        "suite",
        "expectation",
        "subject",
        "severity",
        "success",
        "checked",
        "failed",
        "sample",
        "detail",
    )
    return {name: getattr(check, name) for name in names}
