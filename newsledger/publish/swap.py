"""Put whole folders in place of others: built beside, synced to disk, exchanged in one step.

A folder being built is called ``.new-NAME`` and a folder being replaced ``.former-NAME``, both beside
their place, so that whoever comes after a kill can tell what to finish and what to throw away.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import PublishError

NEW = ".new-"
FORMER = ".former-"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Constants of renameat2(2) on Linux, from its manual page."""

_HINTS = {
    errno.ENOSPC: "free some space on that disk, then run the same command again",
    errno.EDQUOT: "the disk quota is used up: free some space, then run the same command again",
    errno.EACCES: "make the folder writable for this user, then run the same command again",
    errno.EROFS: "the disk is mounted read-only: choose another folder in newsledger.toml, paths.editions",
}


@contextmanager
def failures_named(path: Path) -> Iterator[None]:
    """Turn every failure of the file system inside the block into one error that says what stands.

    Raises:
        PublishError: naming path and cause, with what to do about it.
    """
    try:
        yield
    except OSError as error:
        where = error.filename or path
        hint = _HINTS.get(error.errno or 0, "mend the cause, then run the same command again")
        raise PublishError(
            f"{where}: {error.strerror or error}; nothing was published to {path}, what was there stands",
            hint=hint,
        ) from error


def recover(parent: Path) -> None:
    """Clean what a killed run left in a folder: half-built folders go, a folder taken away comes back."""
    for former in sorted(parent.glob(f"{FORMER}*")):
        place = parent / former.name.removeprefix(FORMER)
        if place.exists():
            remove(former)
        else:
            former.rename(place)
    for leftover in sorted(parent.glob(f"{NEW}*")):
        remove(leftover)


def remove(path: Path) -> None:
    """Remove a file or a folder with all it holds, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def discard(path: Path) -> None:
    """Remove what could not be finished, as far as that works: the first error is the one to report."""
    shutil.rmtree(path, ignore_errors=True)


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files, named by their path inside a folder, and sync them and the folders to disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        write_file(path, data)
    for inner in sorted({folder, *((folder / name).parent for name in contents)}, reverse=True):
        sync_folder(inner)


def write_file(path: Path, data: bytes) -> None:
    """Write one file and sync it to disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Put a whole file in place of another in one step."""
    beside = path.with_name(f"{NEW}{path.name}")
    try:
        write_file(beside, data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can (Windows cannot open a folder)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(built: Path, place: Path) -> None:
    """Put a built folder in place of the one there, if any; readers see one or the other, whole.

    On Linux both names are exchanged in one step. Elsewhere there is an instant without the folder;
    :func:`recover` brings the former one back when the process dies in it.
    """
    if not place.exists():
        built.rename(place)
    elif _exchange(built, place):
        remove(built)
    else:
        former = place.with_name(f"{FORMER}{place.name}")
        place.rename(former)
        try:
            built.rename(place)
        except OSError:
            former.rename(place)
            raise
        remove(former)
    sync_folder(place.parent)


def _exchange(first: Path, second: Path) -> bool:
    """Return whether two names were exchanged in one step (False: system or file system cannot)."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    arguments = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    return bool(rename(*arguments) == 0)
