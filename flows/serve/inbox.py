"""The inbox: a folder whose new and changed files are read when nobody writes to them any more."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsledger.fetch.manifest import NAME

Mark = tuple[int, int]
"""Time of the last change in nanoseconds, and size: a file with another mark is another file."""


@dataclass
class Inbox:
    """What of a folder was read, and what waits.

    Attributes:
        folder: the folder; it need not exist yet.
        settle_seconds: how long a file must be unchanged before it is read.
        read: the marks of the files that were read.
    """

    folder: Path
    settle_seconds: float
    read: dict[Path, Mark] = field(default_factory=dict)

    def waiting(self, now: float) -> tuple[dict[Path, Mark], bool]:
        """Return the files to read with their marks, and whether others are still being written.

        A changed manifest makes every file of its folder wait.

        Args:
            now: the present, in seconds since the epoch.
        """
        marks = dict(_marks(self.folder))
        fresh = {path for path, mark in marks.items() if self.read.get(path) != mark}
        told = {path.parent for path in fresh if path.name == NAME}
        fresh |= {path for path in marks if any(path.is_relative_to(folder) for folder in told)}
        unsettled = {path for path in fresh if now - marks[path][0] / 1e9 < self.settle_seconds}
        ready = {} if any(path.name == NAME for path in unsettled) else fresh - unsettled
        return {path: marks[path] for path in sorted(ready)}, bool(unsettled)

    def done(self, files: dict[Path, Mark]) -> None:
        """Note that files were read as they were with these marks."""
        self.read.update(files)


def _marks(folder: Path) -> Iterator[tuple[Path, Mark]]:
    """Yield the visible files below a folder; one that goes while we look is not there."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent) / name
            if name.startswith("."):
                continue
            try:
                told = path.stat()
            except FileNotFoundError:
                continue
            yield path, (told.st_mtime_ns, told.st_size)


def watch_folder(folder: Path, wake: Callable[[], None], stop: threading.Event) -> None:
    """Call ``wake`` whenever something below a folder changes, until ``stop`` is set."""
    from watchfiles import watch  # noqa: PLC0415 - only serve needs it

    folder.mkdir(parents=True, exist_ok=True)
    for _ in watch(folder, stop_event=stop, raise_interrupt=False, ignore_permission_denied=True):
        wake()
