"""The writer's lock: one run at a time in a project, and whoever comes second learns who is first.

A backfill lets others in: it frees the lock after each of its days and says so in its note, so a run that
comes meanwhile waits for the end of the day instead of leaving. Whoever waits holds a second lock, the
turnstile; a backfill that comes back for its next day has to pass it too, and so comes after.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from schemas.errors import LockedError

BETWEEN_DAYS_SECONDS = 3600.0
"""How long a run waits for a backfill to finish its day; with thousands of articles that takes minutes."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the writer's lock.

    Attributes:
        words: process, host, command and start.
        lets_in: whether it frees the lock before its work is done.
    """

    words: str
    lets_in: bool = False


@contextmanager
def writer_lock(
    path: Path,
    *,
    command: str,
    since: datetime,
    wait_seconds: float = 0.0,
    lets_in: bool = False,
    on_wait: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Hold the writer's lock for a ``with`` block; a killed process frees it.

    The holder's process, host, command and start stand beside the lock in ``<path>.json`` (a program that
    only tries the lock would empty the lock file itself).

    Args:
        path: the lock file.
        command: what the run was asked, for whoever has to wait.
        since: the instant the run started.
        wait_seconds: how long to wait for the lock; for a backfill's at least an hour.
        lets_in: whether the run frees the lock before its work is done.
        on_wait: told once, in words, when there is somebody to wait for.

    Raises:
        LockedError: another run holds it; the message names process, host, command and start.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    note = path.with_name(path.name + ".json")
    lock = _acquire(path, wait_seconds, on_wait)
    try:
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": command,
            "since": since.isoformat(),
            "lets_in": lets_in,
        }
        fresh = note.with_name(note.name + ".new")
        fresh.write_text(json.dumps(holder), encoding="utf-8")
        fresh.replace(note)
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _acquire(path: Path, wait_seconds: float, on_wait: Callable[[str], None] | None) -> FileLock:
    """Return the lock, taken.

    Raises:
        LockedError: somebody else kept it for longer than it is waited for.
    """
    lock, turnstile = FileLock(path), FileLock(path.with_name(path.name + ".next"))
    try:
        with turnstile.acquire(timeout=0):
            lock.acquire(timeout=0)
    except Timeout:
        holder = read_holder(path)
        patience = max(wait_seconds, BETWEEN_DAYS_SECONDS if holder.lets_in else 0.0)
        if on_wait is not None and patience > 0:
            on_wait(f"waiting for another run: {holder.words}")
        _wait(lock, turnstile, patience, path)
    return lock


def _wait(lock: FileLock, turnstile: FileLock, seconds: float, path: Path) -> None:
    until = time.monotonic() + seconds
    try:
        with turnstile.acquire(timeout=seconds):
            lock.acquire(timeout=max(0.0, until - time.monotonic()))
    except Timeout as error:
        raise _taken(read_holder(path).words) from error


def lock_holder(path: Path) -> str | None:
    """Return who holds the writer's lock of a lock file, in words, or None when it is free."""
    holder = _present_holder(path)
    return holder.words if holder else None


def _present_holder(path: Path) -> Holder | None:
    if not path.exists():
        return None
    try:
        with FileLock(path, timeout=0):
            return None
    except Timeout:
        return read_holder(path)


def refuse_if_held(path: Path) -> None:
    """Return when the lock is free or will be soon, so that a run is refused before its slow start.

    Raises:
        LockedError: another run holds the lock; the message names process, host, command and start.
    """
    holder = _present_holder(path)
    if holder and not holder.lets_in:
        raise _taken(holder.words)


def _taken(holder: str) -> LockedError:
    return LockedError(
        f"another run is at work: {holder}", hint="wait for it to end, or stop it, and run again"
    )


def read_holder(path: Path) -> Holder:
    """Return who holds a lock, as its note tells."""
    note = path.with_name(path.name + ".json")
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it has just ended, or has not written its note yet
        return Holder(f"it has left no note in {note}")
    words = f"process {told['pid']} on {told['host']}, {told['command']!r}, since {told['since']}"
    return Holder(words, lets_in=bool(told.get("lets_in")))
