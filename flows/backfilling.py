"""A backfill: what a source holds of some days, read day by day, each day a batch of its own."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flows.project import LOCK, Project
from flows.readiness import ready
from flows.report import Announcer, RunReport
from flows.work import Work, new_run
from newsledger.fetch.client import Client
from newsledger.fetch.hosts import host_of
from newsledger.fetch.raw.archive import Archive, pending_journals
from newsledger.fetch.raw.retention import prune
from newsledger.fetch.schedule.failures import MISSING, failure_class
from newsledger.fetch.site_files import GOOD
from newsledger.fetch.sources.choose import Wanted, make_source
from newsledger.fetch.sources.source import DayRange, ListingFailedError, Portion, Source
from schemas.errors import AuditBlockedError, UsageError
from schemas.item import ItemOutcome, Outcome
from schemas.run import Done
from warehouse.connect import warehouse
from warehouse.feeds import finish_journals, finished_journals, host_records, last_outcomes, site_files
from warehouse.history import done_portions, sighted
from warehouse.lock import writer_lock

A_DAY = 86_400.0
"""Seconds a backfill waits for another run to end."""
_PREFIX = "backfill/"
"""What distinguishes the journals of backfills from those of runs in the ledger."""


@dataclass
class Backfill:
    """One backfill in hand.

    Attributes:
        project: where it reads and writes.
        words: where its words go.
        wanted: the source as named.
        days: the days asked for.
        clock: the clock of every batch, or None for the time of day.
        source: the source, while it is open.
        client: the way to the network, where the source needs one.
        archive: the raw store of its answers, where it asks anybody.
        reports: what each batch did.
        failed: days that could not be read, with the reason.
        blocked: days the audit stopped, with the reason.
    """

    project: Project
    words: Announcer
    wanted: Wanted
    days: DayRange
    clock: datetime | None = None
    source: Source | None = None
    client: Client | None = None
    archive: Archive | None = None
    reports: list[RunReport] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    @property
    def command(self) -> str:
        """What was asked, in words."""
        return f"backfill {self.days.first} to {self.days.last} from {self.wanted.kind}"

    @contextmanager
    def locked(self, what: str = "") -> Iterator[None]:
        """Hold the writer's lock for a while; others may have it in between."""
        path, command = self.project.state / LOCK, f"{self.command} {what}".strip()
        with (
            writer_lock(
                path,
                command=command,
                since=self.now,
                wait_seconds=A_DAY,
                lets_in=True,
                on_wait=self.words.say,
            ),
            ready(self.project, self.words),
        ):
            yield

    @property
    def now(self) -> datetime:
        """The clock of the next batch."""
        return self.clock or datetime.now(UTC)

    def answered(self, urls: Sequence[str]) -> set[str]:
        """Return the addresses an earlier run has read (:class:`newsledger.fetch.sources.source.Memory`)."""
        with self.locked(), warehouse(self.project.warehouse) as con:
            known = last_outcomes(con, urls)
        return {url for url, (outcome, _) in known.items() if outcome != Outcome.FAILED.value}

    def sighted(self, urls: Sequence[str]) -> set[tuple[str, datetime]]:
        """Return which addresses are held as they were seen at which instants."""
        with self.locked(), warehouse(self.project.warehouse) as con:
            return sighted(con, urls)


def open_backfill(
    project: Project, words: Announcer, wanted: Wanted, first: str, last: str, clock: datetime | None
) -> Backfill:
    """Return a backfill of the days from the first to the last, both included.

    Raises:
        UsageError: a day cannot be read, or the last comes before the first.
    """
    begin, end = _day(first), _day(last)
    if end < begin:
        raise UsageError(f"--to {last} comes before --from {first}", hint="exchange them")
    now = clock or datetime.now(UTC)
    return Backfill(project, words, wanted, DayRange(begin, end, ZoneInfo(project.timezone), now), clock)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day", hint="write it as 2026-03-02") from error


@contextmanager
def opened(job: Backfill) -> Iterator[Backfill]:
    """Open a backfill's source for a ``with`` block, with the means to ask where it needs them.

    Answers that a killed backfill had received are read without asking again.
    """
    if not job.wanted.asks_network:
        job.source = make_source(job.wanted, None, job)
        yield job
        return
    store, settings = job.project.raw_backfill, job.project.settings.fetching
    wall = datetime.now(UTC)
    with job.locked(), warehouse(job.project.warehouse) as con:
        done = {n.removeprefix(_PREFIX) for n in finished_journals(con) if n.startswith(_PREFIX)}
        hosts, files = host_records(con), site_files(con, wall - GOOD)
    left = pending_journals(store, done, wall)
    name = hashlib.sha256(f"{job.command}|{job.wanted.places}".encode()).hexdigest()[:6]
    job.archive = Archive(store, f"{wall:%Y%m%dT%H%M%S%fZ}-{name}", wall)
    with Client(settings, archive=job.archive) as client:
        client.hosts.remember(hosts)
        client.files.remember(files)
        for entry in job.archive.recover(left, wall):
            client.hosts.asked_at(host_of(entry.final_url or entry.url), entry.fetched_at)
        job.client, job.source = client, make_source(job.wanted, client, job)
        try:
            yield job
        finally:
            job.archive.close()
    _forget(job, [*left, *([job.archive.journal] if job.archive.is_begun else [])])


def _forget(job: Backfill, journals: Sequence[str]) -> None:
    """Remember that all answers were read to their end, and remove those that are old enough."""
    with job.locked(), warehouse(job.project.warehouse) as con:
        finish_journals(con, [_PREFIX + name for name in journals], job.command)
        done = {n.removeprefix(_PREFIX) for n in finished_journals(con)}
    keep = job.project.settings.fetching.keep_raw_days
    prune(job.project.raw_backfill, keep_days=keep, done=done, now=datetime.now(UTC))


def plan_portions(job: Backfill) -> list[Portion]:
    """Return the days that are still to be read, in their order.

    Raises:
        NewsledgerError: the source cannot be read.
    """
    assert job.source is not None, "the source is open"
    found = job.source.portions(job.days)
    with job.locked(), warehouse(job.project.warehouse) as con:
        done = done_portions(con, job.source.name)
    left = [p for p in found if (p.day, p.digest) not in done]
    items = sum(p.items or 0 for p in left)
    known = f", {items} items" if left and all(p.items is not None for p in left) else ""
    job.words.say(f"{job.source.name}: {len(left)} of {len(found)} days are to be read{known}")
    return left


def begin_batch(job: Backfill, portion: Portion) -> Work:
    """Return the work of one day, with a run of its own."""
    what = str(portion.day or "without a day")
    command = f"backfill {what} from {job.source.name if job.source else ''}"
    with job.locked(what):
        run = new_run(job.project, "backfill", command, job.now)
    return Work(job.project, job.words, run)


def read_portion(job: Backfill, portion: Portion, work: Work) -> None:
    """Read a day into drafts and outcomes; nobody is locked out meanwhile.

    Raises:
        ListingFailedError: the source could not tell what there is.
    """
    assert job.source is not None, "the source is open"
    label = f"reading {portion.day or 'what has no day'}"
    records = job.source.read(portion, job.days)
    if portion.items is None:
        work.take(list(records))
    else:
        reading = iter(records)
        for _ in work.announcer.track(range(portion.items), label):
            work.take([r for r in [next(reading, None)] if r is not None])
        work.take(list(reading))
    if job.client is not None:
        work.batch.hosts += job.client.hosts.records()
        work.batch.site_files += job.client.files.read_now()
        work.batch.opt_outs += job.client.opt_outs
    if _is_read(job, portion, work):
        work.batch.done.append(
            Done(job.source.name, portion.day, portion.digest, len(work.drafts) + len(work.batch.outcomes))
        )


def _is_read(job: Backfill, portion: Portion, work: Work) -> bool:
    """Return whether a later backfill need not look at the day again.

    Pages that may answer later, and a day that is not over, are looked at again.
    """
    if not job.wanted.asks_network:
        return True
    today = job.days.day_of(job.days.now)
    if portion.digest == "" and portion.day is not None and portion.day >= today:
        return False
    return not any(_may_answer_later(outcome) for outcome in work.batch.outcomes)


def _may_answer_later(outcome: ItemOutcome) -> bool:
    return outcome.outcome is Outcome.FAILED and failure_class(outcome.reason) is not MISSING


@dataclass
class Progress:
    """How far a backfill is, in words: rate and time left.

    Attributes:
        portions: what there is to read.
        started: when reading began, in seconds of any clock.
    """

    portions: Sequence[Portion]
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    items: int = 0

    def line(self, portion: Portion, read: int, now: float | None = None) -> str:
        """Return what to say after one more day was read."""
        self.done += 1
        self.items += read
        seconds = max((time.monotonic() if now is None else now) - self.started, 1e-9)
        sizes = [p.items for p in self.portions]
        known = [size for size in sizes if size is not None]
        total = sum(known) if len(known) == len(sizes) else None
        share = self.items / total if total else self.done / len(self.portions)
        left = seconds / share - seconds if share > 0 else 0.0
        return (
            f"{portion.day or 'without a day'}: {read} items; {self.done} of {len(self.portions)} days,"
            f" {self.items / seconds:.1f} items a second, about {span(left)} left"
        )


def span(seconds: float) -> str:
    """Return a time in words, as rough as its length allows."""
    if seconds < 90:
        return f"{max(0, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


@contextmanager
def surviving(job: Backfill, portion: Portion) -> Iterator[None]:
    """Let a day that cannot be read, or that the audit stops, not end the others."""
    try:
        yield
    except ListingFailedError as error:
        job.failed.append(f"{portion.day}: {error}")
        job.words.say(f"{portion.day}: could not be listed: {error}")
    except AuditBlockedError as error:
        job.blocked.append(f"{portion.day}: {error}")
        job.words.say(f"{portion.day}: {error}")


def whole_report(job: Backfill, published: RunReport) -> RunReport:
    """Return what all batches of a backfill did, as one report."""
    reports = [*job.reports, published]
    editions = {day: revision for report in reports for day, revision in report.editions}
    return RunReport(
        run_id=reports[0].run_id,
        outcomes=tuple(o for report in reports for o in report.outcomes),
        holds=tuple(h for report in reports for h in report.holds),
        editions=tuple(sorted(editions.items())),
        edition_paths=published.edition_paths,
        is_changed=any(report.is_changed for report in reports),
        undated=tuple(name for report in reports for name in report.undated),
        feeds_failed=tuple(job.failed),
        blocked=tuple(job.blocked),
    )
