"""The writer's lock: one run at a time in a project, and whoever comes second learns who is first."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from schemas.errors import LockedError


@contextmanager
def writer_lock(path: Path, *, command: str, since: datetime, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the writer's lock for a ``with`` block; a killed process frees it.

    The holder's process, host, command and start stand beside the lock in ``<path>.json`` (a program that
    only tries the lock would empty the lock file itself).

    Args:
        path: the lock file.
        command: what the run was asked, for whoever has to wait.
        since: the instant the run started.
        wait_seconds: how long to wait for the lock.

    Raises:
        LockedError: another run holds it; the message names process, host, command and start.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=wait_seconds)
    note = path.with_name(path.name + ".json")
    try:
        lock.acquire()
    except Timeout as error:
        raise _taken(_holder(note)) from error
    try:
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": command,
            "since": since.isoformat(),
        }
        fresh = note.with_name(note.name + ".new")
        fresh.write_text(json.dumps(holder), encoding="utf-8")
        fresh.replace(note)
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def lock_holder(path: Path) -> str | None:
    """Return who holds the writer's lock of a lock file, in words, or None when it is free."""
    if not path.exists():
        return None
    try:
        with FileLock(path, timeout=0):
            return None
    except Timeout:
        return _holder(path.with_name(path.name + ".json"))


def refuse_if_held(path: Path) -> None:
    """Return when the lock is free, so that a run is refused before its slow start and not after it.

    Raises:
        LockedError: another run holds the lock; the message names process, host, command and start.
    """
    holder = lock_holder(path)
    if holder:
        raise _taken(holder)


def _taken(holder: str) -> LockedError:
    return LockedError(
        f"another run is at work: {holder}", hint="wait for it to end, or stop it, and run again"
    )


def _holder(note: Path) -> str:
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it has just ended, or has not written its note yet
        return f"it has left no note in {note}"
    return f"process {told['pid']} on {told['host']}, {told['command']!r}, since {told['since']}"
