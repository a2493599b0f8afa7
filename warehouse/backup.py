# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Copies of the ledger: made before a migration, checked before they count, taken up when it is damaged."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from schemas.errors import LedgerDamagedError, NewsledgerError, PublishError
from warehouse.space import require_space, size_of

FOLDER = "backups"
"""Beside the ledger, in the project's state folder."""
Digest = dict[str, tuple[int, str]]
"""Rows and a digest of their content, by table."""


def content_digest(con: duckdb.DuckDBPyConnection, database: str | None = None) -> Digest:
    """Return rows and a digest of every table of a ledger, whatever the order of its rows.

    Every block of every table is read, so that damage shows, which DuckDB tells by its own checksums.

    Args:
        con: an open connection.
        database: the database of an attached file; None for the connection's own.
    """
    row = con.execute("SELECT current_database()").fetchone()
    name = database or (str(row[0]) if row else "")
    tables = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'ledger' AND database_name = ?"
        " ORDER BY 1",
        [name],
    ).fetchall()
    found: Digest = {}
    for (table,) in tables:
        read = con.execute(
            f'SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0)::VARCHAR FROM "{name}".ledger."{table}" t'
        ).fetchone()
        found[str(table)] = (int(read[0]), str(read[1])) if read else (0, "0")
    return found


def check_file(path: Path) -> Digest:
    """Return the digest of a ledger's or snapshot's file, read whole.

    Raises:
        LedgerDamagedError: it cannot be read to its end.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            return content_digest(con)
    except duckdb.Error as error:
        raise damaged(path, str(error)) from error


_DAMAGE = re.compile(
    "could not read enough bytes|corrupt|checksum|not a valid duckdb database|deserializ|failed to read"
    "|internal error|replaying wal|wal file",
    re.IGNORECASE,
)


def is_damage(message: str) -> bool:
    """Return whether DuckDB's words tell of a damaged file, and not of rights, locks or room."""
    return _DAMAGE.search(message) is not None


def damaged(path: Path, message: str) -> LedgerDamagedError:
    """Return the error of a file that is no whole DuckDB file."""
    return LedgerDamagedError(f"{path}: {message.partition(chr(10))[0]}", hint="newsledger doctor")


def back_up(path: Path, *, label: str, keep: int) -> Path:
    """Copy a closed ledger into the folder of backups, check the copy, and forget the oldest copies.

    Args:
        path: the ledger's file; no process has it open.
        label: what the copy was made before ("migration 9").
        keep: copies kept, the new one included.

    Raises:
        PublishError: there is no room, or the copy does not read back as the ledger; nothing was altered.
    """
    folder = path.with_name(FOLDER)
    number = 1 + max((_number(old) for old in copies(path)), default=0)
    place = folder / f"{number:04}-{re.sub('[^a-z0-9]+', '-', label.lower())}.duckdb"
    fresh = folder / f".{place.name}.new"
    try:
        require_space(folder, size_of(path))
        folder.mkdir(exist_ok=True)
        shutil.copyfile(path, fresh)
        sync(fresh)
        if check_file(fresh) != check_file(path):
            raise PublishError(f"{fresh}: the backup does not read back as the ledger", hint="check the disk")
        fresh.replace(place)
        sync(folder)
    except OSError as error:
        raise PublishError(
            f"{place}: the ledger could not be backed up, so it was not altered: {error}",
            hint="free some disk space, or make the folder writable, and run again",
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    for old in copies(path)[:-keep]:
        old.unlink()
    return place


def copies(path: Path) -> list[Path]:
    """Return the backups of a ledger, oldest first."""
    return sorted(path.with_name(FOLDER).glob("[0-9]*.duckdb"), key=_number)


def _number(path: Path) -> int:
    return int(path.name.partition("-")[0])


def restore(path: Path, sources: Iterable[Path]) -> Path | None:
    """Put the first whole copy in the place of a damaged ledger; the damaged file is kept beside it.

    Args:
        path: the damaged ledger.
        sources: snapshots and backups, the best first. A snapshot holds the whole ledger.

    Returns:
        The copy taken, or None where none is whole; then nothing was altered.
    """
    for source in sources:
        if not source.exists():
            continue
        try:
            wanted = check_file(source)
        except NewsledgerError:
            continue
        fresh = path.with_name(f".{path.name}.restored")
        shutil.copyfile(source, fresh)
        sync(fresh)
        if check_file(fresh) != wanted:
            fresh.unlink()
            continue
        set_aside(path)
        fresh.replace(path)
        sync(path.parent)
        return source
    return None


def set_aside(path: Path) -> None:
    """Rename a damaged file and its log; a former damaged one makes room."""
    for part in (path, path.with_name(path.name + ".wal")):
        if part.exists():
            part.replace(part.with_name(part.name + ".damaged"))


def sync(path: Path) -> None:
    """Make a file's content, or the names in a folder, durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
