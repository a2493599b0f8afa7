"""``newsledger doctor``: what is there, what is missing, and how to mend it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from newsledger import __version__
from newsledger.cli.output import FormatOption, ProjectOption, Row, emit
from schemas.errors import ExitCode, NewsledgerError

BROKEN_BY = {"fastapi": "0.151", "sqlalchemy": "2.1"}
"""Releases from which Prefect 3.8 fails: flows die (FastAPI), schedules stay empty (SQLAlchemy)."""
PACKAGES = ["prefect", "duckdb", "great-expectations", "feedparser", "trafilatura", "spacy", *BROKEN_BY]
FREE_BYTES = 500_000_000
"""An edition, a snapshot and the engine's database need far less; below this trouble is near."""


def doctor(*, project: ProjectOption = Path(), form: FormatOption = "table") -> int:
    """Check the installation and the project; each failing line has a fix. Leaves with 2 when one fails."""
    rows = [row for check in (_software, _files, _ledger) for row in check(project)]
    emit(rows, ["ok", "check", "found", "fix"], form)
    return ExitCode.OK if all(row["ok"] == "yes" for row in rows) else ExitCode.USAGE


def _row(check: str, found: str, fix: str = "") -> Row:
    return {"ok": "no" if fix else "yes", "check": check, "found": found, "fix": fix}


def _software(_: Path) -> Iterator[Row]:
    yield _row("newsledger", __version__)
    supported = (3, 11) <= sys.version_info[:2] < (3, 15)
    yield _row("python", platform.python_version(), "" if supported else "install Python 3.11 to 3.14")
    for name in PACKAGES:
        yield _package(name)
    api = os.environ.get("PREFECT_API_URL")
    yield _row("workflow engine", api or "embedded: started and stopped by each run")
    from newsledger.extract.language.text import load_model  # noqa: PLC0415 - loads the language model

    meta = load_model().meta
    yield _row("language model", f"{meta['lang']}_{meta['name']} {meta['version']}")


def _package(name: str) -> Row:
    try:
        found = version(name)
    except PackageNotFoundError:
        return _row(name, "missing", "pip install newsledger")
    limit = BROKEN_BY.get(name)
    broken = limit is not None and _parts(found) >= _parts(limit)
    return _row(name, found, f"pip install '{name}<{limit}'" if broken else "")


def _parts(text: str) -> list[int]:
    return [int(part) for part in text.split(".") if part.isdigit()]


def _files(project: Path) -> Iterator[Row]:
    from flows.project import open_project  # noqa: PLC0415

    try:
        opened = open_project(project)
    except NewsledgerError as error:
        yield _row("project", str(error), error.hint or "mend the file named")
        return
    yield _row("stories", ", ".join(f"{b.story} {b.version}" for b in opened.codebooks))
    yield _row("feeds", f"{len(opened.feeds)} enabled")
    for note in (*opened.notes, *opened.feed_notes):
        yield _row("note", note)
    free = shutil.disk_usage(project).free
    yield _row("disk", f"{free / 1e9:.1f} GB free", "" if free > FREE_BYTES else "free some space")
    writable = os.access(project, os.W_OK)
    yield _row(
        "folder", str(project.resolve()), "" if writable else "make it writable, or name another with -C"
    )


def _ledger(project: Path) -> Iterator[Row]:
    from flows.project import LOCK, read_settings  # noqa: PLC0415
    from warehouse.lock import lock_holder  # noqa: PLC0415

    try:
        paths = read_settings(project).paths
    except NewsledgerError:
        return  # named by the check of the files
    holder = lock_holder(project / paths.state / LOCK)
    yield _row("writer", holder or "nobody: a run may start")
    snapshot = project / paths.snapshot
    yield _row("snapshot", _editions(project) if snapshot.exists() else "none yet: nothing was published")


def _editions(project: Path) -> str:
    from newsledger.cli.snapshot import open_snapshot  # noqa: PLC0415
    from warehouse.editions import edition_days  # noqa: PLC0415

    with open_snapshot(project) as con:
        days = edition_days(con)
    return f"{len(days)} editions, {days[0]} to {days[-1]}" if days else "no edition"
