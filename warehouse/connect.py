"""Open the warehouse: create it, bring its tables up to date, keep its views and comments current."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from schemas.contract import MACROS, VIEWS
from schemas.errors import LockedError, NewsledgerError
from schemas.published import Macro, View
from warehouse.backup import back_up, damaged, is_damage

_RETRY_SECONDS = 0.1
BACKUPS = 3
"""Backups of the ledger kept where the settings are not asked (schemas.config.Keeping)."""
_HELD = "Could not set lock on file"
"""How DuckDB 1.5 and 2.0 word it; the bare word "lock" is also in a damaged file's "block" and in paths."""
_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")


def sql_files(folder: str) -> list[tuple[str, str]]:
    """Return name and text of the SQL files of a folder of this package, in the order of their names."""
    found = files("warehouse").joinpath(folder).iterdir()
    return sorted((f.name, f.read_text(encoding="utf-8")) for f in found if f.name.endswith(".sql"))


def open_warehouse(
    path: Path, *, wait_seconds: float = 0.0, backups: int = BACKUPS
) -> duckdb.DuckDBPyConnection:
    """Return a connection to the warehouse file, created and migrated where needed; close it after use.

    Args:
        path: the warehouse file; its folder is made.
        wait_seconds: how long to wait for another process that has the file open.
        backups: backups kept of those made before migrations.

    Raises:
        LockedError: another process still has it open; the message names it.
        LedgerDamagedError: the file is no whole DuckDB file.
        NewsledgerError: the file was written by a newer newsledger.
        PublishError: the ledger has to be migrated and could not be backed up first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    con = _connect(path, read_only=False, wait_seconds=wait_seconds)
    try:
        last = _awaits_migration(con)
        if last is not None:
            con.execute("CHECKPOINT")
            con.close()
            back_up(path, label=f"after migration {last}", keep=backups)
            con = _connect(path, read_only=False, wait_seconds=wait_seconds)
        migrate(con, path)
        _refresh_views(con)
    except duckdb.Error as error:
        con.close()
        if is_damage(str(error)):
            raise damaged(path, str(error)) from error
        raise
    except BaseException:
        con.close()
        raise
    return con


def open_snapshot(path: Path) -> duckdb.DuckDBPyConnection:
    """Return a read-only connection to a published snapshot; close it after use.

    Raises:
        NewsledgerError: there is none yet, or it is no DuckDB file.
    """
    if not path.exists():
        raise NewsledgerError(f"{path}: no snapshot yet", hint="newsledger ingest or newsledger run makes it")
    return _connect(path, read_only=True, wait_seconds=0.0)


@contextmanager
def warehouse(path: Path, *, wait_seconds: float = 0.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for a ``with`` block and close it at its end. Errors as :func:`open_warehouse`."""
    con = open_warehouse(path, wait_seconds=wait_seconds)
    try:
        yield con
    finally:
        con.close()


def _connect(path: Path, *, read_only: bool, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            con = duckdb.connect(str(path), read_only=read_only)
            con.execute("SET TimeZone = 'UTC'")
            con.execute("SET enable_progress_bar = false")
        except duckdb.Error as error:
            if _HELD not in str(error):
                raise _unreadable(path, str(error)) from error
            if time.monotonic() >= deadline:
                raise _locked(path, str(error)) from error
            time.sleep(_RETRY_SECONDS)
        else:
            return con


def _locked(path: Path, message: str) -> LockedError:
    holder = _HOLDER.search(message)
    who = f"process {holder['pid']} ({holder['program']})" if holder else "another process"
    return LockedError(
        f"{path}: {who} has the ledger open",
        hint="wait for it, or close the program; to read, open the snapshot instead",
    )


def _unreadable(path: Path, message: str) -> NewsledgerError:
    newer = "version number" in message  # 2.0 reads what 1.5 wrote, not the other way round
    if is_damage(message) and not newer:
        return damaged(path, message)
    return NewsledgerError(
        f"{path}: {message.partition(chr(10))[0]}",
        hint="pip install --upgrade duckdb (a newer one wrote the file)" if newer else "newsledger doctor",
    )


def migrate(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Run the migrations the file has not seen, each in a transaction of its own, forward only.

    Raises:
        NewsledgerError: the file has a migration this version does not know, or one that differs.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS ledger")
    con.execute("CREATE TABLE IF NOT EXISTS ledger.migrations (number INTEGER, name VARCHAR, sha256 VARCHAR)")
    known = [(int(name[:4]), name, _sha256(text), text) for name, text in sql_files("migrations")]
    done = {
        int(n): str(sha) for n, sha in con.execute("SELECT number, sha256 FROM ledger.migrations").fetchall()
    }
    for number, sha in sorted(done.items()):
        if sha not in {known_sha for n, _, known_sha, _ in known if n == number}:
            raise NewsledgerError(
                f"{path}: migration {number} of this ledger is not the one of this newsledger",
                hint="use the newsledger that wrote the ledger, or a newer one",
            )
    for number, name, sha, text in known:
        if number not in done:
            con.execute("BEGIN")
            con.execute(text)
            con.execute("INSERT INTO ledger.migrations VALUES (?, ?, ?)", [number, name, sha])
            con.execute("COMMIT")


def _awaits_migration(con: duckdb.DuckDBPyConnection) -> int | None:
    """Return the last migration of a ledger that lacks some, or None for a new and for an up-to-date one."""
    known = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'ledger' AND table_name = 'migrations'"
    ).fetchone()
    if not known or not known[0]:
        return None
    done = {int(row[0]) for row in con.execute("SELECT number FROM ledger.migrations").fetchall()}
    lacking = {int(name[:4]) for name, _ in sql_files("migrations")} - done
    return max(done) if done and lacking else None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refresh_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make macros, views and comments anew when the ones in the file are of another version."""
    scripts = [text for _, text in sql_files("views")]
    scripts += [comment_sql(view) for view in VIEWS]
    scripts += [macro_comment_sql(macro) for macro in MACROS]
    digest = _sha256("\n".join(scripts))
    con.execute("CREATE TABLE IF NOT EXISTS ledger.views_version (sha256 VARCHAR)")
    if con.execute("SELECT sha256 FROM ledger.views_version").fetchall() == [(digest,)]:
        return
    con.execute("BEGIN")
    for script in scripts:
        con.execute(script)
    con.execute("DELETE FROM ledger.views_version")
    con.execute("INSERT INTO ledger.views_version VALUES (?)", [digest])
    con.execute("COMMIT")


def comment_sql(view: View) -> str:
    """Return the statements that write a view's comments, as the contract words them."""
    lines = [f"COMMENT ON VIEW {view.name} IS {_quoted(view.comment)};"]
    lines += [f"COMMENT ON COLUMN {view.name}.{c.name} IS {_quoted(c.comment)};" for c in view.columns]
    return "\n".join(lines)


def macro_comment_sql(macro: Macro) -> str:
    """Return the statement that writes a function's comment, as the contract words it."""
    kind = "MACRO TABLE" if macro.is_table else "MACRO"
    return f"COMMENT ON {kind} {macro.name} IS {_quoted(macro.comment)};"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
