"""Publish the ledger as a read-only file of its own: built beside, checked, and renamed over the old one."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from schemas.errors import NewsledgerError, PublishError
from warehouse.connect import open_snapshot, warehouse
from warehouse.rows import quoted_path

_COUNTS = """
SELECT (SELECT coalesce(max(number), 0) FROM ledger.publications), (SELECT count(*) FROM documents),
  (SELECT count(*) FROM figures), (SELECT count(*) FROM positions), (SELECT count(*) FROM readings),
  (SELECT count(*) FROM figure_changes), (SELECT count(*) FROM editions)
"""


def write_snapshot(warehouse_path: Path, snapshot_path: Path, *, wait_seconds: float = 0.0) -> None:
    """Replace the snapshot by what the warehouse holds now. Readers keep the file they have opened.

    It is written in DuckDB's 1.5 storage format, so that clients older than 2.0 read it too.

    Args:
        warehouse_path: the ledger's file.
        snapshot_path: the file readers open.
        wait_seconds: how long to wait for another process that has the ledger open.

    Raises:
        PublishError: the new file could not be written whole (a full disk, for one); the old one stays.
        LockedError: another process has the ledger open.
    """
    snapshot_path.parent.mkdir(parents=True, exist_ok=True)
    fresh = snapshot_path.with_name(f".{snapshot_path.name}.new")
    _remove(fresh)
    try:
        counts = _copy(warehouse_path, fresh, wait_seconds)
        _sync(fresh)
        _verify(fresh, counts)
        fresh.replace(snapshot_path)
        _sync(snapshot_path.parent)
    except (OSError, duckdb.Error) as error:
        raise PublishError(
            f"{snapshot_path}: the snapshot could not be written: {error}",
            hint="free some disk space and run again; the last snapshot is untouched",
        ) from error
    finally:
        _remove(fresh)


def is_snapshot_current(warehouse_path: Path, snapshot_path: Path, *, wait_seconds: float = 0.0) -> bool:
    """Return whether the snapshot holds the warehouse's last publication.

    Raises:
        LockedError: another process has the ledger open.
    """
    with warehouse(warehouse_path, wait_seconds=wait_seconds) as con:
        return snapshot_number(snapshot_path) == publication_number(con)


def snapshot_number(snapshot_path: Path) -> int | None:
    """Return the number of the last publication a snapshot holds, or None where there is no readable one.

    The snapshot is up to date when this is the warehouse's own (:func:`publication_number`).
    """
    if not snapshot_path.exists():
        return None
    try:
        con = open_snapshot(snapshot_path)
    except (NewsledgerError, duckdb.Error):  # damaged or foreign: it will be written anew
        return None
    try:
        return publication_number(con)
    except duckdb.CatalogException:  # a DuckDB file of somebody else
        return None
    finally:
        con.close()


def publication_number(con: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the last publication of an open warehouse or snapshot, 0 for an empty one."""
    row = con.execute("SELECT coalesce(max(number), 0) FROM ledger.publications").fetchone()
    return int(row[0]) if row else 0


def _copy(warehouse_path: Path, fresh: Path, wait_seconds: float) -> tuple[int, ...]:
    storage = " (STORAGE_VERSION 'v1.5.0')" if int(duckdb.__version__.split(".")[0]) >= 2 else ""
    with warehouse(warehouse_path, wait_seconds=wait_seconds) as con:
        row = con.execute("SELECT current_database()").fetchone()
        assert row is not None, "a connection has a database"
        con.execute(f"ATTACH {quoted_path(fresh)} AS snapshot_new{storage}")
        try:
            con.execute(f'COPY FROM DATABASE "{row[0]}" TO snapshot_new')
            counts = con.execute(_COUNTS).fetchone()
        finally:
            con.execute("DETACH snapshot_new")
    return counts or ()


def _verify(fresh: Path, counts: tuple[int, ...]) -> None:
    con = duckdb.connect(str(fresh), read_only=True)
    try:
        found = con.execute(_COUNTS).fetchone()
    finally:
        con.close()
    if found != counts:
        raise OSError(f"read back {found}, written {counts}")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(fresh: Path) -> None:
    for path in (fresh, fresh.with_name(fresh.name + ".wal")):
        path.unlink(missing_ok=True)
