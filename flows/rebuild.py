"""The flow that reads stored documents again, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect import flow

from flows import rebuilding, steps
from flows.project import LOCK, open_project
from flows.readiness import ready
from flows.rebuilding import Rebuild, Stale, day_or_none
from flows.report import Announcer, RunReport, announcer
from flows.tasks import publish, read_in, take_over
from flows.work import Work, new_run, parse_now
from schemas.errors import AuditBlockedError
from warehouse.lock import writer_lock


@flow(name="rebuild", persist_result=False)
def rebuild(
    project: str = ".",
    stories: list[str] | None = None,
    first: str | None = None,
    last: str | None = None,
    now: str | None = None,
) -> RunReport:
    """Return the report of reading stored documents again that would be read otherwise now.

    Each day is a batch of its own; editions that differ get a new revision, written out at the end.

    Args:
        project: the project's folder.
        stories: names or paths of codebooks; all of the project's when not given.
        first: the first day of publication, or None.
        last: the last one, or None.
        now: the clock of every batch as an ISO 8601 instant.

    Raises:
        NewsledgerError: see :mod:`schemas.errors`; finished days stay.
    """
    words: Announcer = announcer()
    place = open_project(Path(project), stories or [])
    days = day_or_none(first, "--from"), day_or_none(last, "--to")
    job = Rebuild(place, words, *days, parse_now(now) if now else None)
    with _locked(job):
        left = rebuilding.stale_days(job)
    words.say(f"{sum(len(s.documents) for s in left)} documents of {len(left)} days are to be read again")
    for stale in left:
        _one_day(job, stale)
    with _locked(job):
        work = Work(place, words, new_run(place, "rebuild", "extract --rebuild", job.now))
        take_over(work)
        publish(work)
    return rebuilding.whole_report(job, steps.report(work))


@contextmanager
def _locked(job: Rebuild) -> Iterator[None]:
    with (
        writer_lock(
            job.project.state / LOCK,
            command="extract --rebuild",
            since=job.now,
            wait_seconds=86_400.0,
            lets_in=True,
            on_wait=job.words.say,
        ),
        ready(job.project, job.words),
    ):
        yield


def _one_day(job: Rebuild, stale: Stale) -> None:
    """Read one day's documents again; a day the audit stops keeps what it had."""
    with _locked(job):
        work = rebuilding.read_again(job, stale)
        take_over(work)
        try:
            read_in(work)
        except AuditBlockedError as error:
            job.blocked.append(f"{stale.day}: {error}")
            job.words.say(f"{stale.day}: {error}")
            return
    report = steps.report(work)
    job.reports.append(report)
    job.words.say(
        f"{stale.day or 'without a day'}: {len(stale.documents)} documents read again; {report.line}"
    )
