"""Publish the ledger as a read-only file of its own: built beside, checked, and renamed over the old one."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import duckdb

from schemas.errors import LedgerDamagedError, NewsledgerError, PublishError
from warehouse.backup import Digest, check_file, content_digest
from warehouse.backup import sync as _sync
from warehouse.connect import open_snapshot, warehouse
from warehouse.rows import quoted_path
from warehouse.space import require_space, size_of

FORMER = "snapshots"
"""The folder of former snapshots, beside the ledger."""
NOTE = "snapshot.json"
"""The size of what was written last, beside the ledger: a snapshot of another size was damaged, or replaced
by somebody."""


def write_snapshot(
    warehouse_path: Path, snapshot_path: Path, *, keep: int = 0, wait_seconds: float = 0.0
) -> None:
    """Replace the snapshot by what the warehouse holds now. Readers keep the file they have opened.

    It is written in DuckDB's 1.5 storage format, so that clients older than 2.0 read it too, and read back
    whole and compared, row by row, before it takes the old one's place.

    Args:
        warehouse_path: the ledger's file.
        snapshot_path: the file readers open.
        keep: former snapshots kept in the folder ``snapshots`` beside the ledger.
        wait_seconds: how long to wait for another process that has the ledger open.

    Raises:
        PublishError: there is no room, or the new file could not be written whole (a full disk, for one);
        the old one stays. LockedError: another process has the ledger open.
    """
    snapshot_path.parent.mkdir(parents=True, exist_ok=True)
    fresh = snapshot_path.with_name(f".{snapshot_path.name}.new")
    _remove(fresh)
    try:
        require_space(snapshot_path.parent, size_of(warehouse_path))
        written = _copy(warehouse_path, fresh, wait_seconds)
        _sync(fresh)
        _verify(fresh, written)
        _keep_former(warehouse_path, snapshot_path, keep)
        note = warehouse_path.with_name(NOTE)
        note.unlink(missing_ok=True)
        fresh.replace(snapshot_path)
        _sync(snapshot_path.parent)
        note.write_text(json.dumps({"bytes": snapshot_path.stat().st_size}), encoding="utf-8")
    except (OSError, duckdb.Error, LedgerDamagedError) as error:
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
    if not _has_noted_size(warehouse_path, snapshot_path):
        return False
    with warehouse(warehouse_path, wait_seconds=wait_seconds) as con:
        return snapshot_number(snapshot_path) == publication_number(con)


def _has_noted_size(warehouse_path: Path, snapshot_path: Path) -> bool:
    """Return whether the snapshot is as long as it was written; without a note, what is there is believed."""
    note = warehouse_path.with_name(NOTE)
    if not note.exists() or not snapshot_path.exists():
        return snapshot_path.exists()
    try:
        return bool(json.loads(note.read_text(encoding="utf-8"))["bytes"] == snapshot_path.stat().st_size)
    except (ValueError, KeyError, TypeError):  # a note cut short by a kill: write both anew
        return False


def distrust_snapshot(warehouse_path: Path) -> None:
    """Have the snapshot written again by the next publication, whatever it holds."""
    warehouse_path.with_name(NOTE).write_text("{}", encoding="utf-8")


def former_snapshots(warehouse_path: Path) -> list[Path]:
    """Return the former snapshots kept beside a ledger, newest first."""
    return sorted(warehouse_path.with_name(FORMER).glob("[0-9]*.duckdb"), reverse=True)


def _keep_former(warehouse_path: Path, snapshot_path: Path, keep: int) -> None:
    """Give the snapshot about to be replaced a name of its own, and forget those beyond the number kept."""
    number = snapshot_number(snapshot_path)
    if keep and number is not None:
        folder = warehouse_path.with_name(FORMER)
        folder.mkdir(exist_ok=True)
        place = folder / f"{number:08}.duckdb"
        place.unlink(missing_ok=True)
        try:
            os.link(snapshot_path, place)
        except OSError:  # another disk, or a file system without links
            shutil.copyfile(snapshot_path, place)
    for old in former_snapshots(warehouse_path)[keep:]:
        old.unlink()


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


def _copy(warehouse_path: Path, fresh: Path, wait_seconds: float) -> Digest:
    storage = " (STORAGE_VERSION 'v1.5.0')" if int(duckdb.__version__.split(".")[0]) >= 2 else ""
    with warehouse(warehouse_path, wait_seconds=wait_seconds) as con:
        row = con.execute("SELECT current_database()").fetchone()
        assert row is not None, "a connection has a database"
        con.execute(f"ATTACH {quoted_path(fresh)} AS snapshot_new{storage}")
        try:
            con.execute(f'COPY FROM DATABASE "{row[0]}" TO snapshot_new')
            return content_digest(con)
        finally:
            con.execute("DETACH snapshot_new")


def _verify(fresh: Path, written: Digest) -> None:
    found = check_file(fresh)
    wrong = sorted(name for name in written.keys() | found.keys() if written.get(name) != found.get(name))
    if wrong:
        raise OSError(f"ledger.{wrong[0]} reads back other than it was written")


def _remove(fresh: Path) -> None:
    for path in (fresh, fresh.with_name(fresh.name + ".wal")):
        path.unlink(missing_ok=True)
