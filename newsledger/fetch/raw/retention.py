"""Remove raw answers that are old enough."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsledger.fetch.raw.archive import REUSE


def prune(folder: Path, *, keep_days: int, done: Iterable[str], now: datetime) -> int:
    """Remove the answers of days before the last ``keep_days``; return the bytes freed.

    What no finished run has read stays for a day longer than it could be taken up, whatever the setting.

    Args:
        folder: the folder of all raw stores.
        keep_days: days to keep; with 0 an answer goes as soon as a finished run has read it.
        done: the journals finished runs have read, relative to the folder.
        now: the run's clock.
    """
    read = set(done)
    first = f"{(now - timedelta(days=keep_days - 1)).astimezone(UTC):%Y-%m-%d}"
    unread = f"{(now - REUSE - timedelta(days=1)).astimezone(UTC):%Y-%m-%d}"
    freed = 0
    for journal in sorted(folder.glob("????-??-??/*.jsonl")):
        day, name = journal.parent.name, journal.relative_to(folder).as_posix()
        if day < (first if name in read else min(first, unread)):
            freed += _remove(journal)
    return freed


def _remove(journal: Path) -> int:
    warc = journal.with_name(journal.name.removesuffix(".jsonl") + ".warc.gz")
    freed = 0
    for path in (warc, journal):  # the journal last: without it nobody would find the rest
        if path.exists():
            freed += path.stat().st_size
            path.unlink()
    if not any(journal.parent.iterdir()):
        journal.parent.rmdir()
    return freed
