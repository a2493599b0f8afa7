"""The service: one process that polls, reads the inbox, takes pushes and serves the editions.

Runs are done one after the other in the main thread, where signals arrive; the web server and the watcher
have threads of their own.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType

from flows.embedded import API_URL
from flows.engine import engine
from flows.hubs import keep_up
from flows.project import Project, open_project
from flows.report import Announcer, RunReport, announcer
from flows.serve.handover import HandOver
from flows.serve.inbox import Inbox, watch_folder
from flows.serve.jobs import Desk, Job
from flows.serve.metrics import Metrics
from flows.serve.web import WEBSUB, web_app
from newsledger.fetch.websub.receiver import Receiver
from newsledger.fetch.websub.subscriptions import Subscriptions
from schemas.errors import NewsledgerError, UsageError

HUBS_EVERY = timedelta(minutes=5)
"""How often subscriptions are looked after; leases last days."""

Runner = Callable[[Job], RunReport]


@dataclass
class Service:
    """The loop of the service, apart from the means it works with.

    Attributes:
        desk: what there is to do.
        metrics: what is measured.
        run: does a job.
        snapshot: the published DuckDB file.
        announcer: where words go.
        now: the clock.
        stopping: set when the service is to end after the run at work.
        working: the kind of run at work, or "".
        trouble: the last failure of each kind of run that fails now.
    """

    desk: Desk
    metrics: Metrics
    run: Runner
    snapshot: Path
    announcer: Announcer
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    stopping: threading.Event = field(default_factory=threading.Event)
    working: str = ""
    trouble: dict[str, str] = field(default_factory=dict)

    def serve(self, between: Callable[[datetime], None] = lambda now: None) -> None:
        """Do what there is to do until told to stop.

        Args:
            between: called before each look, with the present instant.
        """
        while not self.stopping.is_set():
            self.desk.wake.clear()
            between(self.now())
            job = self._look()
            if job is None:
                self.desk.wake.wait(self.desk.seconds_to_wait(self.now()))
                continue
            self.do(job)

    def _look(self) -> Job | None:
        try:
            job = self.desk.next_job(self.now())
        except NewsledgerError as error:
            if self.trouble.get("project") != str(error):
                self.announcer.say(f"error: {error}")
            self.trouble["project"] = str(error)
            return None
        self.trouble.pop("project", None)
        return job

    def do(self, job: Job) -> None:
        """Do one job; a failure is told and makes its kind of run rest, it does not end the service."""
        started = time.monotonic()
        self.working = job.kind
        self.desk.begins(job)
        try:
            report = self.run(job)
        except NewsledgerError as error:
            self._failed(job, str(error), started)
        except Exception as error:  # noqa: BLE001 - a bug in one run must not end receiver and editions
            sys.stderr.write(traceback.format_exc())
            self._failed(job, f"{type(error).__name__}: {error}", started)
        else:
            self._done(job, report, started)
        finally:
            self.working = ""

    def _failed(self, job: Job, why: str, started: float) -> None:
        rest = self.desk.failed(job, self.now())
        self.trouble[job.kind] = why
        self.metrics.ran(job.kind, time.monotonic() - started, self.now(), None)
        self.announcer.say(f"{job.kind} failed: {why}; tried again in {rest:g} s")

    def _done(self, job: Job, report: RunReport, started: float) -> None:
        self.desk.done(job)
        self.trouble.pop(job.kind, None)
        self.metrics.ran(job.kind, time.monotonic() - started, self.now(), report)
        if report.is_changed and self.snapshot.exists():
            self.metrics.published(self.snapshot, report.run_id, self.now())
        self.announcer.say(f"{job.kind}: {', '.join(report.notes) or report.line}")

    def health(self) -> dict[str, object]:
        """Return how the service is; ``ok`` is false while a kind of run fails or a file does not hold."""
        return {"ok": not self.trouble, "working": self.working or None, "trouble": dict(self.trouble)}


def serve(
    folder: Path,
    stories: list[str],
    *,
    host: str | None = None,
    port: int | None = None,
    hand_over: bool = False,
) -> None:
    """Run the service of a project until SIGTERM or SIGINT; a run at work is finished first.

    Args:
        folder: the project's folder.
        stories: the stories in use; all of the project's when empty.
        host: the address to listen on, instead of the settings'.
        port: the port, instead of the settings'; 0 takes a free one.
        hand_over: run nothing; tell the Prefect server of PREFECT_API_URL what waits.

    Raises:
        UsageError: the address cannot be listened on, or there is no server to hand over to.
        NewsledgerError: the workflow engine did not start, or a file of the project does not hold.
    """
    project, words = open_project(folder, stories), announcer()
    if hand_over and not os.environ.get(API_URL):
        raise UsageError(f"--hand-over needs a Prefect server in {API_URL}", hint="leave the flag out")
    bound = _bind(
        host or project.settings.serving.host, project.settings.serving.port if port is None else port
    )
    inbox = Inbox(project.inbox, project.settings.serving.settle_seconds)
    handing = HandOver(folder, project.snapshot) if hand_over else None
    desk, metrics = Desk(folder, stories, inbox=inbox, hand_over=handing), Metrics()
    with engine(project.state, announce=words.say):
        runner = _hander(desk) if desk.hand_over else _runner(folder, stories)
        service = Service(desk, metrics, runner, project.snapshot, words)
        hubs = Hubs(folder, stories, project, words)
        with (
            _stopped_by_signals(service),
            _watching(project.inbox, desk),
            _answering(bound, project, service, hubs.receiver(desk)),
        ):
            words.say(f"serving http://{_shown(bound)}/ (inbox: {project.inbox}); Ctrl-C ends it")
            service.serve(between=hubs.look_after)
        words.say("ended")


class Hubs:
    """Keeps the subscriptions of a project up, where hubs can reach the receiver."""

    def __init__(self, folder: Path, stories: list[str], project: Project, words: Announcer) -> None:
        public = project.settings.serving.public_url
        self._base = public.rstrip("/") + WEBSUB + "/" if public else None
        self._folder, self._stories, self._words = folder, stories, words
        self._project = project
        self._next = datetime.min.replace(tzinfo=UTC)

    def receiver(self, desk: Desk) -> Receiver | None:
        """Return what answers hubs, or None where no public address is set."""
        if self._base is None:
            return None
        store = Subscriptions(self._project.subscriptions)
        return Receiver(store, self._project.raw, prefix="", on_push=desk.pushed)

    def look_after(self, now: datetime) -> None:
        """Subscribe, renew and leave, every few minutes."""
        if self._base is None or now < self._next:
            return
        self._next = now + HUBS_EVERY
        try:
            keep_up(open_project(self._folder, self._stories), self._base, now)
        except NewsledgerError as error:
            self._words.say(f"hubs: {error}; feeds are polled meanwhile")


def _runner(folder: Path, stories: list[str]) -> Runner:
    """Return what does a job by calling its flow."""
    from flows.ingest import ingest  # noqa: PLC0415 - Prefect reads its settings when imported
    from flows.run import run  # noqa: PLC0415

    def _do(job: Job) -> RunReport:
        if job.kind == "feeds":
            return run(str(folder), stories)
        inbox = open_project(folder, stories).inbox
        return ingest([str(inbox)], str(folder), stories, only=[str(path) for path in job.files])

    return _do


def _hander(desk: Desk) -> Runner:
    """Return what tells the Prefect server of a job instead of doing it."""
    told = desk.hand_over
    assert told is not None, "the desk of a service that hands over"
    return lambda job: told.tell(job, datetime.now(UTC))


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be listened on: {error.strerror or error}",
            hint="newsledger serve --port 0",
        ) from error


def _shown(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@contextmanager
def _answering(
    bound: socket.socket, project: Project, service: Service, receiver: Receiver | None
) -> Iterator[None]:
    """Keep the web server running in a thread for the length of the block."""
    import uvicorn  # noqa: PLC0415 - only serve needs it

    app = web_app(
        editions=project.editions,
        snapshot=project.snapshot if project.settings.serving.snapshot else None,
        receiver=receiver.app if receiver else None,
        health=service.health,
        metrics=service.metrics.text,
    )
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="web", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def _watching(folder: Path, desk: Desk) -> Iterator[None]:
    """Wake the desk up whenever something in the inbox changes."""
    stop = threading.Event()
    thread = threading.Thread(
        target=watch_folder, args=(folder, desk.wake.set, stop), name="inbox", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)


@contextmanager
def _stopped_by_signals(service: Service) -> Iterator[None]:
    """Let the first SIGTERM or SIGINT end the service after the run at work, the second at once."""

    def _told(_number: int, _frame: FrameType | None) -> None:
        if service.stopping.is_set() or not service.working:
            service.stopping.set()
            raise KeyboardInterrupt
        service.stopping.set()
        service.announcer.say("ending when the run at work is done; once more to break it off")

    before = {number: signal.signal(number, _told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except KeyboardInterrupt:
        if service.working:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
