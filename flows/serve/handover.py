"""Handing over to a Prefect server: it is told what waits, and told again until the ledger has it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from flows import events
from flows.embedded import API_URL
from flows.report import RunReport
from flows.serve.inbox import Mark
from flows.serve.jobs import Job
from newsledger.fetch.manifest import NAME
from schemas.errors import NewsledgerError
from warehouse.connect import open_snapshot
from warehouse.lookup import files_read

AGAIN = timedelta(minutes=5)
"""After that the server is told again of what the ledger has not; twice as long each time."""
LONGEST = timedelta(hours=6)


@dataclass
class Handed:
    """One file that the server was told of."""

    mark: Mark
    tries: int
    again_at: datetime


@dataclass
class HandOver:
    """Which files the server was told of and the ledger has not read yet.

    Attributes:
        folder: the project's folder.
        snapshot: the published DuckDB file, which tells what was read.
        handed: the files told of.
    """

    folder: Path
    snapshot: Path
    handed: dict[Path, Handed] = field(default_factory=dict)

    def read_now(self) -> dict[Path, Mark]:
        """Return the files told of that the ledger has read as they were then, and forget them."""
        if not self.handed or not self.snapshot.exists():
            return {}
        con = open_snapshot(self.snapshot)
        try:
            known = files_read(con, [self._item(path) for path in self.handed])
        finally:
            con.close()
        read = {path: one.mark for path, one in self.handed.items() if self._is_read(path, one, known)}
        for path in read:
            del self.handed[path]
        return read

    def due(self, files: Mapping[Path, Mark], now: datetime) -> dict[Path, Mark]:
        """Return those of the waiting files that the server must be told of now."""
        return {
            path: mark
            for path, mark in files.items()
            if path not in self.handed or self.handed[path].mark != mark or self.handed[path].again_at <= now
        }

    def tell(self, job: Job, now: datetime) -> RunReport:
        """Tell the server of a job.

        Raises:
            NewsledgerError: it does not answer.
        """
        server_answers()
        if job.kind == "feeds":
            events.feed_pushed("any")
        else:
            events.files_waiting(self.folder, list(job.files))
            for path, mark in job.files.items():
                before = self.handed.get(path)
                tries = before.tries + 1 if before and before.mark == mark else 0
                self.handed[path] = Handed(mark, tries, now + min(AGAIN * 2**tries, LONGEST))
        return RunReport("", notes=("handed over",))

    def _item(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _is_read(self, path: Path, one: Handed, known: Mapping[str, datetime]) -> bool:
        if path.name == NAME:
            return True  # it was told of with all files of its folder
        read_at = known.get(self._item(path))
        return read_at is not None and read_at >= datetime.fromtimestamp(one.mark[0] / 1e9, UTC)


def server_answers() -> None:
    """Return when the Prefect server answers: what is told to one that does not is lost.

    Raises:
        NewsledgerError: it does not.
    """
    address = f"{os.environ[API_URL]}/health"
    try:
        httpx.get(address, timeout=10).raise_for_status()
    except httpx.HTTPError as error:
        raise NewsledgerError(f"the Prefect server does not answer at {address}: {error}") from error
