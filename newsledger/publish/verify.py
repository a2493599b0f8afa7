"""Hold published folders against their own checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

from newsledger.publish.folder import SUMS


def broken_files(folder: Path) -> list[str]:
    """Return the files of an edition's folder that are not what its SHA256SUMS says, with former revisions.

    A folder without checksums is broken as a whole: its SHA256SUMS is named.
    """
    broken: list[str] = []
    for own in (folder, *sorted((folder / "revisions").glob("[0-9]*"))):
        sums = own / SUMS
        rows = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
        if not rows:
            broken.append(str(sums.relative_to(folder)))
        for row in rows:
            digest, _, name = row.partition("  ")
            path = own / name
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                broken.append(str(path.relative_to(folder)))
    return broken
