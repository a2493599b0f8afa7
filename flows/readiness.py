"""Before a run begins: is there room, is the ledger whole, did the last run end well and leave all whole?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from flows.project import Project
from flows.report import Announcer
from newsledger.publish.folder import edition_days
from newsledger.publish.listing import LATEST
from newsledger.publish.site.files import forget_state
from newsledger.publish.verify import broken_files
from schemas.errors import LedgerDamagedError, NewsledgerError
from warehouse.backup import check_file, content_digest, copies, damaged, is_damage, restore, set_aside, sync
from warehouse.connect import open_warehouse, warehouse
from warehouse.editions import forget_exports
from warehouse.snapshot import distrust_snapshot, former_snapshots
from warehouse.space import MEGABYTE, require_space, size_of

MARK = "unfinished"
"""The file that says that a run has begun and not ended, in the project's state folder."""
ROOM = 20 * MEGABYTE
"""What a run writes beside the snapshot: staging file, editions, the engine's own database."""
SLACK_SECONDS = 2.0
"""File systems keep times this coarse."""


@contextmanager
def ready(project: Project, announcer: Announcer) -> Iterator[bool]:
    """Make a project ready for a run, for a ``with`` block; yield whether the last run did not end well.

    The caller holds the writer's lock. After a run that was killed, the ledger, the snapshot and the editions
    written since it began are read whole: a damaged ledger is restored from the snapshot or a backup, damaged
    editions and snapshots are written again.

    Raises:
        PublishError: the disk has no room.
        LedgerDamagedError: the ledger is damaged and no copy of it is whole.
    """
    keeping = project.settings.keeping
    require_space(project.folder, size_of(project.warehouse) + ROOM, keep_free=keeping.free_mb * MEGABYTE)
    mark = project.state / MARK
    was_killed = mark.exists()
    _ensure_ledger(project, announcer, is_doubted=was_killed)
    if was_killed:
        _mend(project, announcer, since=mark.stat().st_mtime - SLACK_SECONDS)
    else:
        project.state.mkdir(parents=True, exist_ok=True)
        mark.touch()
        sync(project.state)
    try:
        yield was_killed
    except NewsledgerError:
        mark.unlink(missing_ok=True)
        raise
    mark.unlink(missing_ok=True)


def _ensure_ledger(project: Project, announcer: Announcer, *, is_doubted: bool) -> None:
    try:
        with_ledger = open_warehouse(project.warehouse, backups=project.settings.keeping.backups)
        try:
            if is_doubted:
                content_digest(with_ledger)
        except duckdb.Error as error:
            if not is_damage(str(error)):
                raise
            raise damaged(project.warehouse, str(error)) from error
        finally:
            with_ledger.close()
    except LedgerDamagedError as error:
        _restore(project, announcer, error)


def _restore(project: Project, announcer: Announcer, error: LedgerDamagedError) -> None:
    sources = (project.snapshot, *former_snapshots(project.warehouse), *reversed(copies(project.warehouse)))
    taken = restore(project.warehouse, sources)
    if taken is None and not project.snapshot.exists() and not project.editions.exists():
        set_aside(project.warehouse)
        announcer.say(f"{error}\n  nothing had been published from it: a new ledger is begun")
        return
    if taken is None:
        raise LedgerDamagedError(
            f"{error}; no copy of it is whole",
            hint=f"move {project.warehouse} away, and ingest the articles again",
        ) from error
    announcer.say(
        f"{error}\n  the ledger was damaged and is restored from {taken};"
        f" the damaged file is kept as {project.warehouse.name}.damaged"
    )


def _mend(project: Project, announcer: Announcer, *, since: float) -> None:
    """Have written again what a killed run left damaged."""
    if project.snapshot.exists() and project.snapshot.stat().st_mtime >= since:
        try:
            check_file(project.snapshot)
        except LedgerDamagedError:
            distrust_snapshot(project.warehouse)
    for folder in _touched(project.editions, since):
        broken = broken_files(folder)
        if broken:
            announcer.say(f"{folder / broken[0]}: damaged by a run that was killed, and written again")
            with warehouse(project.warehouse) as con:
                forget_exports(con, folder.name)
            shutil.rmtree(folder)
    forget_state(project.editions)


def _touched(editions: Path, since: float) -> list[Path]:
    """Return the editions in which anything was written since an instant, the newest copy included."""
    if not editions.exists():
        return []
    folders = [path for path in (*edition_days(editions), editions / LATEST) if path.is_dir()]
    return [folder for folder in folders if _last_written(folder) >= since]


def _last_written(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
