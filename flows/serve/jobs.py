"""What there is to do now, by what is there: files that wait, feeds that are due, pushes that came."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.project import Project, open_project
from flows.serve.inbox import Inbox, Mark
from newsledger.fetch.schedule.after_poll import is_due
from warehouse.connect import open_snapshot
from warehouse.feeds import feed_states, knows_feeds

if TYPE_CHECKING:
    from flows.serve.handover import HandOver

LOOK_SECONDS = 60.0
"""How often the service looks around though nothing woke it up: a lost event costs a minute."""
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 3600.0
"""Seconds a kind of run that failed rests: the first, then twice as long each time, at most the last."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run to do.

    Attributes:
        kind: ``files`` or ``feeds``.
        files: the files of the inbox to read, with their marks; empty for feeds.
    """

    kind: str
    files: dict[Path, Mark] = field(default_factory=dict)


@dataclass
class Pause:
    """How long a kind of run rests after failures."""

    failures: int = 0
    until: datetime | None = None

    def failed(self, now: datetime) -> float:
        """Note a failure; return the seconds of rest."""
        seconds = float(min(FIRST_PAUSE * 2**self.failures, LONGEST_PAUSE))
        self.failures += 1
        self.until = now + timedelta(seconds=seconds)
        return seconds

    def over(self, now: datetime) -> bool:
        """Return whether there is no rest, or it is over."""
        return self.until is None or self.until <= now


class Desk:
    """Knows what is to be done next. Threads call :meth:`pushed` and set :attr:`wake`; one asks for jobs."""

    def __init__(
        self, folder: Path, stories: list[str], *, inbox: Inbox, hand_over: HandOver | None = None
    ) -> None:
        """Keep where to look.

        Args:
            folder: the project's folder; its settings and feeds are read anew at every look.
            stories: the stories in use; all of the project's when empty.
            inbox: the inbox.
            hand_over: what is told to a Prefect server, not done here; feeds that are due are its affair.
        """
        self.wake = threading.Event()
        self.inbox = inbox
        self.pauses = {"files": Pause(), "feeds": Pause()}
        self._folder = folder
        self._stories = stories
        self.hand_over = hand_over
        self._pushed = True  # what a killed run left is taken up by the first run, due or not

    def pushed(self, _feed_id: str) -> None:
        """Note that a hub brought something, and wake the service up."""
        self._pushed = True
        self.wake.set()

    def next_job(self, now: datetime) -> Job | None:
        """Return what is to be done now: files first, they are there; None when there is nothing.

        Raises:
            ConfigError: a file of the project does not hold.
        """
        if self.pauses["files"].over(now) and (files := self._files(now)):
            return Job("files", files)
        if self.pauses["feeds"].over(now) and self._feeds_wait(
            open_project(self._folder, self._stories), now
        ):
            return Job("feeds")
        return None

    def seconds_to_wait(self, now: datetime) -> float:
        """Return how long nothing needs to be looked at, unless :attr:`wake` is set."""
        _, unsettled = self.inbox.waiting(now.timestamp())
        return min(LOOK_SECONDS, max(self.inbox.settle_seconds, 0.1)) if unsettled else LOOK_SECONDS

    def done(self, job: Job) -> None:
        """Note that a job was done; its failures are forgotten."""
        self.pauses[job.kind] = Pause()
        if job.kind == "files" and not self.hand_over:
            self.inbox.done(job.files)

    def begins(self, job: Job) -> None:
        """Note that a job begins: a push that comes from now on needs another one."""
        if job.kind == "feeds":
            self._pushed = False

    def failed(self, job: Job, now: datetime) -> float:
        """Note that a job failed; return the seconds after which it is tried again."""
        if job.kind == "feeds":
            self._pushed = True
        return self.pauses[job.kind].failed(now)

    def _files(self, now: datetime) -> dict[Path, Mark]:
        if self.hand_over:
            self.inbox.done(self.hand_over.read_now())
        files, _ = self.inbox.waiting(now.timestamp())
        return self.hand_over.due(files, now) if self.hand_over else files

    def _feeds_wait(self, project: Project, now: datetime) -> bool:
        if not project.feeds:
            return False
        if self._pushed or self.hand_over:
            return self._pushed
        if not project.snapshot.exists():
            return True
        con = open_snapshot(project.snapshot)
        try:
            states = feed_states(con) if knows_feeds(con) else {}
        finally:
            con.close()
        return any(is_due(states.get(feed.id), feed, now) for feed in project.feeds)
