"""Free space is looked at before anything is written: a full disk is met before a run and not inside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from schemas.errors import PublishError

MEGABYTE = 1_000_000


def size_of(*paths: Path) -> int:
    """Return the bytes of the files that are there."""
    return sum(path.stat().st_size for path in paths if path.is_file())


def require_space(folder: Path, needed: int, *, keep_free: int = 0) -> None:
    """Return when a folder's disk has room for some bytes and keeps some more free.

    Args:
        folder: a folder, or one that will be made below an existing one.
        needed: bytes about to be written.
        keep_free: bytes that must be left afterwards.

    Raises:
        PublishError: it has not; the message names the disk's folder, what is needed and what is free.
    """
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < needed + keep_free:
        raise PublishError(
            f"{folder}: {_megabytes(needed)} are needed and {_megabytes(keep_free)} must stay free,"
            f" the disk has {_megabytes(free)}; nothing was begun",
            hint="free some space on that disk, or lower keeping.free_mb in newsledger.toml, and run again",
        )


def _megabytes(count: int) -> str:
    return f"{count / MEGABYTE:,.0f} MB"
