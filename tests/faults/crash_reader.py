"""A reader that looks at a project's snapshot and editions until it is told to stop.

It ends with words on standard error when it sees something that never was published: a snapshot whose rows
do not belong together, another content under the same number, a number that goes back, an edition whose
files do not agree. While a file ``dark`` lies in the project the lights are out (a power loss is being
played) and nothing counts.
"""

from __future__ import annotations

import hashlib
import signal
import sys
import time
from pathlib import Path

import duckdb

TOGETHER = """
SELECT (SELECT coalesce(max(number), 0) FROM ledger.publications),
  (SELECT count(*) FROM readings r LEFT JOIN figures f USING (figure_id) WHERE f.figure_id IS NULL),
  (SELECT count(*) FROM figures f LEFT JOIN documents d USING (document_id, version)
     WHERE d.document_id IS NULL),
  (SELECT count(*) FROM editions e WHERE e.is_latest AND e.figure_changes <>
     (SELECT count(*) FROM figure_changes c WHERE c.day = e.day)),
  (SELECT count(*) - count(DISTINCT (document_id, version)) FROM documents),
  (SELECT count(*) - count(DISTINCT figure_id) FROM figures),
  (SELECT sum(hash(d)::HUGEINT) FROM documents d), (SELECT sum(hash(r)::HUGEINT) FROM readings r),
  (SELECT sum(hash(c)::HUGEINT) FROM figure_changes c)
"""


def look_at_snapshot(path: Path, seen: dict[int, tuple[object, ...]]) -> str:
    """Return what is wrong with a snapshot, or nothing."""
    with duckdb.connect(str(path), read_only=True) as con:
        number, *rest = con.execute(TOGETHER).fetchone() or (0,)
    wrong, content = rest[:5], tuple(rest[5:])
    if any(wrong):
        return f"publication {number}: rows do not belong together: {wrong}"
    if seen and number < max(seen):
        return f"publication {number} came after {max(seen)}"
    if seen.setdefault(number, content) != content:
        return f"publication {number} was seen with two contents"
    return ""


def look_at_edition(folder: Path) -> str:
    """Return what is wrong with an edition, or nothing; one replaced meanwhile is looked at another time."""
    before = folder.stat().st_ino
    wrong = ""
    try:
        for row in (folder / "SHA256SUMS").read_text().splitlines():
            digest, _, name = row.partition("  ")
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                wrong = f"{folder / name} is not what SHA256SUMS says"
    except FileNotFoundError as error:
        wrong = f"{folder}: {error}"
    return wrong if wrong and folder.exists() and folder.stat().st_ino == before else ""


def look(project: Path, seen: dict[int, tuple[object, ...]]) -> str:
    """Return what is wrong anywhere, or nothing."""
    snapshot = project / "newsledger.duckdb"
    found = look_at_snapshot(snapshot, seen) if snapshot.exists() else ""
    for folder in sorted((project / "editions").glob("[0-9]*-*-*")) if not found else ():
        found = found or look_at_edition(folder)
    return found


def main(project: Path) -> None:
    """Look until a signal comes; print how often."""
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    seen: dict[int, tuple[object, ...]] = {}
    looks = 0
    dark = project / "dark"
    while not told:
        if dark.exists():
            seen.clear()
            time.sleep(0.05)
            continue
        try:
            wrong = look(project, seen)
        except duckdb.Error as error:
            wrong = f"the snapshot cannot be read: {error}"
        if wrong and not dark.exists() and not told:
            sys.exit(wrong)
        looks += 1
        time.sleep(0.02)
    print(looks, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
