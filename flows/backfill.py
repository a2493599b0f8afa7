"""The flow that reads past days from a source, day by day."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows import backfilling, steps
from flows.backfilling import Backfill, Progress, open_backfill, opened, surviving
from flows.project import open_project
from flows.report import Announcer, RunReport, announcer
from flows.tasks import bring_in, publish, take_over
from flows.work import Work, new_run, parse_now
from newsledger.fetch.sources.choose import wanted
from newsledger.fetch.sources.source import Portion

plan = task(name="list the days", cache_policy=NO_CACHE, persist_result=False)(backfilling.plan_portions)
read = task(name="read a day", cache_policy=NO_CACHE, persist_result=False)(backfilling.read_portion)


def _name() -> str:
    """Return the flow run's name: the days it reads."""
    asked = flow_run.parameters
    return f"backfill {asked.get('first')} to {asked.get('last')}"


@flow(name="backfill", flow_run_name=_name, persist_result=False)
def backfill(
    first: str,
    last: str,
    sources: list[str],
    project: str = ".",
    stories: list[str] | None = None,
    outlet: str | None = None,
    published: str | None = None,
    endpoint: str | None = None,
    now: str | None = None,
) -> RunReport:
    """Return the report of reading what a source holds of some days.

    Each day is written, audited and promoted by itself, and then others may run; the editions are written at
    the end, or by whoever runs in between. What is read already is left alone.

    Args:
        first: the first day, as YYYY-MM-DD.
        last: the last day, included.
        sources: where from (:func:`newsledger.fetch.sources.choose.wanted`).
        project: the project's folder.
        stories: names or paths of codebooks; all of the project's when not given.
        outlet: the outlet of what does not name its own.
        published: the publication day of files that do not tell theirs.
        endpoint: the archive asked by ``wayback``.
        now: the clock of every batch as an ISO 8601 instant, for runs that can be repeated.

    Raises:
        NewsledgerError: see :mod:`schemas.errors`; finished days stay.
    """
    words: Announcer = announcer()
    place = open_project(Path(project), stories or [])
    for note in place.notes:
        words.say(note)
    what = wanted(sources, outlet=outlet, published=published, endpoint=endpoint)
    job = open_backfill(place, words, what, first, last, parse_now(now) if now else None)
    with opened(job):
        portions = plan(job)
        progress = Progress(portions)
        for portion in portions:
            with surviving(job, portion):
                report = one_day(job, portion)
                words.say(progress.line(portion, len(report.outcomes)))
    return backfilling.whole_report(job, write_out(job))


def one_day(job: Backfill, portion: Portion) -> RunReport:
    """Return the report of reading one day and bringing it into the ledger."""
    work = backfilling.begin_batch(job, portion)
    read(job, portion, work)
    with job.locked(str(portion.day)):
        take_over(work)
        bring_in(work)
    report = steps.report(work)
    job.reports.append(report)
    return report


def write_out(job: Backfill) -> RunReport:
    """Return the report of writing the editions and the snapshot of all that was promoted."""
    with job.locked("editions"):
        work = Work(job.project, job.words, new_run(job.project, "backfill", job.command, job.now))
        take_over(work)
        publish(work)
    return steps.report(work)
