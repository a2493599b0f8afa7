# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Audit the figures of a day again when what they are compared with has changed.

Whether a figure is held depends on the reading of the day before and on what others say that day. An earlier
day that comes in late, or another document, changes both. After every promotion the days concerned are
audited again in their order, until each was audited beside what the ledger says now.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import duckdb

from schemas.audit import Audit, Hold
from schemas.run import Run
from warehouse.connect import migrate, warehouse
from warehouse.corrections import EDITOR, renew_rulings
from warehouse.days import Stamp
from warehouse.revise import revise
from warehouse.rows import fetch_rows, insert_rows, quoted_path

_RUN = ("run_id", "kind", "started_at", "command", "software")


def due_day(con: duckdb.DuckDBPyConnection) -> date | None:
    """Return the first day whose figures were audited beside something else than what is held now, or None.

    Days of a ledger that an older newsledger wrote are not due before something new concerns them.
    """
    rows = con.execute("SELECT day, basis FROM ledger.day_audits WHERE is_open ORDER BY day").fetchall()
    if not rows:
        return None
    now = _bases(con, [day for day, _ in rows])
    due = next((day for day, basis in rows if day in now and basis != now[day]), None)
    con.execute(
        "UPDATE ledger.day_audits SET is_open = false WHERE is_open AND ($1 IS NULL OR day < $1)", [due]
    )
    return due


def _bases(con: duckdb.DuckDBPyConnection, days: list[date]) -> dict[date, str]:
    return dict(
        con.execute("SELECT day, basis FROM ledger.audit_bases($days::DATE[])", {"days": days}).fetchall()
    )


_IS_COVERED = """
SELECT NOT EXISTS (
    SELECT 1 FROM ledger.day_versions([$day::DATE]) v
    WHERE (v.document_id, v.version, v.story)
      NOT IN (SELECT document_id, version, story FROM staging.ledger.extractions))
  AND NOT EXISTS (
    SELECT 1 FROM ledger.day_versions([$day::DATE]) v
    JOIN ledger.figures f USING (document_id, version, story, codebook_version)
    JOIN ledger.holds h ON h.record_kind = 'figure' AND h.record_id = f.figure_id
    WHERE h.run_id <> $run)
"""


def note_audits(con: duckdb.DuckDBPyConnection, affected: list[date], run_id: str) -> None:
    """Mark the days a promotion affects as due, and those after them as to be looked at.

    The first is not due where its batch held all its documents: such a day was audited whole, beside the
    readings before it, which the promotion did not touch; unless another run held something of it, which may
    have to be lifted.
    """
    if not affected:
        return
    con.execute("DELETE FROM ledger.day_audits WHERE list_contains(?, day)", [affected])
    con.execute("UPDATE ledger.day_audits SET is_open = true WHERE day > ?", affected[:1])
    con.execute("INSERT INTO ledger.day_audits SELECT unnest(?::DATE[]), '', true", [affected])
    (is_covered,) = con.execute(_IS_COVERED, {"day": affected[0], "run": run_id}).fetchone() or (False,)
    if is_covered:
        _note_basis(con, affected[0])


def _note_basis(con: duckdb.DuckDBPyConnection, day: date) -> None:
    """Note what a day, audited whole just now, was audited beside."""
    basis = _bases(con, [day]).get(day, "")
    con.execute("UPDATE ledger.day_audits SET basis = ?, is_open = false WHERE day = ?", [basis, day])


def stage_day(warehouse_path: Path, staging_path: Path, day: date, run: Run) -> None:
    """Write the figures of a day, with the codebooks they were read by, into a staging file of their own."""
    for old in (staging_path, staging_path.with_name(staging_path.name + ".wal")):
        old.unlink(missing_ok=True)
    staging_path.parent.mkdir(parents=True, exist_ok=True)
    fresh = duckdb.connect(str(staging_path))
    try:
        fresh.execute("SET TimeZone = 'UTC'")
        migrate(fresh, staging_path)
        insert_rows(
            fresh,
            "runs",
            [{name: getattr(run, name) for name in _RUN}],
        )
    finally:
        fresh.close()
    with warehouse(warehouse_path) as con:
        con.execute(f"ATTACH {quoted_path(staging_path)} AS staging")
        try:
            _fill(con, day)
        finally:
            con.execute("DETACH staging")


def _fill(con: duckdb.DuckDBPyConnection, day: date) -> None:
    con.execute(
        "INSERT INTO staging.ledger.extractions BY NAME"
        " SELECT document_id, version, story, codebook_version, true AS matches"
        " FROM ledger.day_versions([?::DATE])",
        [day],
    )
    for table in ("codebooks", "indicators", "apart_places"):
        con.execute(
            f"INSERT INTO staging.ledger.{table} BY NAME SELECT c.* FROM ledger.{table} c"
            " SEMI JOIN staging.ledger.extractions USING (story, codebook_version)"
        )
    con.execute(
        "INSERT INTO staging.ledger.figures BY NAME SELECT f.* FROM ledger.figures f"
        " SEMI JOIN staging.ledger.extractions USING (document_id, version, story, codebook_version)"
        f" WHERE f.extractor <> '{EDITOR}'"
    )
    con.execute(
        "INSERT INTO staging.ledger.decisions BY NAME"
        " SELECT * FROM ledger.decisions WHERE withdrawn_by IS NULL"
    )


def settle_day(
    warehouse_path: Path, day: date, run: Run, audit: Audit
) -> tuple[tuple[tuple[date, int], ...], tuple[Hold, ...]]:
    """Hold the figures of a day that an audit of them all holds, and no others; revise what follows.

    One transaction. What is held no more is kept in ``lifted_holds``.

    Args:
        warehouse_path: the ledger's file.
        day: the day.
        run: the run that looked.
        audit: what it found in the whole day.

    Returns:
        The days with a new revision, and the holds that are new.
    """
    with warehouse(warehouse_path) as con:
        con.execute("BEGIN")
        try:
            fresh, changed = _renew_holds(con, day, run, audit)
            changed = sorted({*changed, *renew_rulings(con, run.run_id)})
            _note_basis(con, day)
            if changed:
                con.execute("UPDATE ledger.day_audits SET is_open = true WHERE day > ?", [day])
            days = _publish(con, _reached(con, day, changed), run) if changed else ()
            con.execute("COMMIT")
        except BaseException:
            con.execute("ROLLBACK")
            raise
    return days, fresh


def _renew_holds(
    con: duckdb.DuckDBPyConnection, day: date, run: Run, audit: Audit
) -> tuple[tuple[Hold, ...], list[str]]:
    """Renew the holds of a day's figures; return the new ones, and the documents concerned."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE told AS"
        " SELECT f.figure_id, f.document_id, f.version, f.story, f.evidence"
        " FROM ledger.day_versions([?::DATE])"
        " JOIN ledger.figures f USING (document_id, version, story, codebook_version)",
        [day],
    )
    held = fetch_rows(
        con,
        "SELECT h.* FROM ledger.holds h WHERE record_kind = 'figure'"
        " AND record_id IN (SELECT figure_id FROM told)",
    )
    found = {(h.record_id, h.expectation, h.reason): h for h in audit.holds if h.record_kind == "figure"}
    gone = [r for r in held if (r["record_id"], r["expectation"], r["reason"]) not in found]
    known = {(r["record_id"], r["expectation"], r["reason"]) for r in held}
    fresh = [hold for key, hold in found.items() if key not in known]
    insert_rows(con, "lifted_holds", [{**row, "lifted_by": run.run_id} for row in gone])
    for row in gone:
        con.execute(
            "DELETE FROM ledger.holds WHERE record_kind = 'figure' AND record_id = ? AND expectation = ?",
            [row["record_id"], row["expectation"]],
        )
    figures = {row["figure_id"]: row for row in fetch_rows(con, "SELECT * FROM told")}
    insert_rows(con, "holds", [_hold_row(hold, figures[hold.record_id], run) for hold in fresh])
    changed = {str(row["document_id"]) for row in gone}
    return tuple(fresh), sorted(changed | {str(figures[h.record_id]["document_id"]) for h in fresh})


def _reached(con: duckdb.DuckDBPyConnection, day: date, documents: list[str]) -> list[date]:
    """Return the day, and those on which edits of the documents were seen: a held number corrects none."""
    rows = con.execute(
        "SELECT DISTINCT (d.seen_at AT TIME ZONE c.timezone)::DATE FROM ledger.documents d"
        " JOIN ledger.extractions x USING (document_id, version)"
        " JOIN ledger.codebooks c USING (story, codebook_version)"
        " WHERE d.version > 1 AND list_contains(?, d.document_id)",
        [documents],
    ).fetchall()
    return sorted({day, *(row[0] for row in rows)})


def _hold_row(hold: Hold, figure: dict[str, object], run: Run) -> dict[str, object]:
    told = {name: figure[name] for name in ("document_id", "version", "story", "evidence")}
    said = {name: getattr(hold, name) for name in ("record_kind", "record_id", "expectation", "reason")}
    return {**told, **said, "run_id": run.run_id}


def _publish(con: duckdb.DuckDBPyConnection, affected: list[date], run: Run) -> tuple[tuple[date, int], ...]:
    row = con.execute("SELECT coalesce(max(number), 0) + 1 FROM ledger.publications").fetchone()
    number = int(row[0]) if row else 1
    told = {name: getattr(run, name) for name in _RUN}
    if not con.execute("SELECT 1 FROM ledger.runs WHERE run_id = ?", [run.run_id]).fetchone():
        insert_rows(con, "runs", [told])  # it finishes what another run left, before anything of its own
    days = revise(con, affected, Stamp(number, run.run_id, run.started_at))
    token = hashlib.sha256(f"recheck|{number}|{run.run_id}|{affected}".encode()).hexdigest()
    con.execute(
        "INSERT INTO ledger.publications VALUES (?, ?, ?, ?, 0, 0, 0, 0)",
        [number, run.run_id, token, run.started_at],
    )
    return days
