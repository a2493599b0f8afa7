"""One run's work in hand: what was asked, what was read, what it has become so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from flows.project import LOCK, Project
from flows.readiness import ready
from flows.report import Announcer
from newsledger import __version__
from schemas.audit import Audit, Hold
from schemas.document import Draft
from schemas.errors import UsageError
from schemas.item import ItemOutcome
from schemas.run import Batch, Run
from warehouse.connect import warehouse
from warehouse.holdings import free_run_id
from warehouse.lock import writer_lock
from warehouse.promote import Publication


class Work:
    """The state of one run.

    A plain class: Prefect walks through dataclasses it is handed, and a batch of thousands of articles
    is nothing to walk through at every task.

    Attributes:
        project: where the run reads and writes.
        announcer: where its words go.
        batch: the records read so far.
        drafts: articles read and not yet identified.
        audit: what the audit found, once it ran.
        publication: what was promoted, or None when nothing changed.
        revised: the days that have a new revision, with its number.
        rechecked: records held by a second look at days already promoted.
        edition_paths: the edition folders written.
    """

    def __init__(self, project: Project, announcer: Announcer, run: Run) -> None:
        self.project = project
        self.announcer = announcer
        self.batch = Batch(run)
        self.drafts: list[Draft] = []
        self.audit: Audit | None = None
        self.publication: Publication | None = None
        self.revised: dict[date, int] = {}
        self.rechecked: list[Hold] = []
        self.edition_paths: list[Path] = []

    @property
    def now(self) -> datetime:
        """The run's clock."""
        return self.batch.run.started_at

    @property
    def staging(self) -> Path:
        """The run's own disposable staging file."""
        return self.project.state / "staging" / f"{self.batch.run.run_id}.duckdb"

    def wall_now(self) -> datetime:
        """The time of day: what is kept of hosts and answers goes by it, whatever the run's clock says."""
        return datetime.now(UTC)

    def take(self, read: Sequence[Draft | ItemOutcome]) -> None:
        """Sort what was read into drafts to identify, a live blog's posts among them, and final outcomes."""
        for thing in read:
            if isinstance(thing, Draft):
                self.drafts += [thing, *thing.posts]
            else:
                self.batch.outcomes.append(thing)


@contextmanager
def working(project: Project, announcer: Announcer, kind: str, command: str, now: datetime) -> Iterator[Work]:
    """Yield the work of a new run, which holds the writer's lock until it leaves.

    Raises:
        LockedError: another run works in this project; the message names it.
        PublishError: the disk has no room for a run.
        LedgerDamagedError: the ledger is damaged and no copy of it is whole.
    """
    with (
        writer_lock(project.state / LOCK, command=command, since=now, on_wait=announcer.say),
        ready(project, announcer),
    ):
        yield Work(project, announcer, new_run(project, kind, command, now))


def new_run(project: Project, kind: str, command: str, now: datetime) -> Run:
    """Return a run whose id sorts by its clock and tells what was asked."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    asked = "|".join([kind, command, *(book.story for book in project.codebooks)])
    wanted = f"{stamp}-{hashlib.sha256(asked.encode()).hexdigest()[:6]}"
    with warehouse(project.warehouse) as con:
        run_id = free_run_id(con, wanted)
    return Run(run_id, kind, now, command, f"newsledger {__version__}")


def parse_now(text: str | None) -> datetime:
    """Return the instant of ``--now``, or the present one.

    Raises:
        UsageError: the text is no ISO 8601 instant.
    """
    if text is None:
        return datetime.now(UTC)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--now {text!r} is no ISO 8601 instant (2026-03-07T20:00:00+01:00)") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
