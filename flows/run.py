"""The flow that polls the feeds and goes on to the editions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from flows.project import open_project
from flows.report import Announcer, RunReport, announcer
from flows.tasks import finish, read_feeds
from flows.telling import failed
from flows.work import parse_now, working
from schemas.errors import UsageError


def _name() -> str:
    """Return the flow run's name: what it polls."""
    given = flow_run.parameters
    if given.get("replay"):
        return "read the quarantine again"
    return "poll all feeds" if given.get("every") else "poll the feeds that are due"


@flow(name="run", flow_run_name=_name, persist_result=False, on_failure=[failed])
def run(
    project: str = ".",
    stories: list[str] | None = None,
    now: str | None = None,
    every: bool = False,
    replay: bool = False,
) -> RunReport:
    """Return the report of polling a project's feeds and publishing what moved.

    Args:
        project: the project's folder.
        stories: names or paths of codebooks; all of the project's when not given.
        now: the run's clock as an ISO 8601 instant, for runs that can be repeated.
        every: poll all feeds, whether they are due or not.
        replay: ask nobody; read the articles of the quarantine again from the raw store.

    Raises:
        UsageError: the project has no feeds.
        NewsledgerError: see :mod:`schemas.errors`; the ledger stands as before.
    """
    words: Announcer = announcer()
    opened = open_project(Path(project), stories or [])
    for note in (*opened.notes, *opened.feed_notes):
        words.say(note)
    if not opened.feeds:
        raise UsageError(f"{opened.folder}: no feeds to poll", hint="write a feeds.yml (docs/feeds.md)")
    with working(opened, words, "run", "run", parse_now(now)) as work:
        read_feeds(work, every=every, replay=replay)
        return finish(work)


def run_project(project: Path, *, now: datetime) -> RunReport:
    """Return the report of one run of the flow over a project at a given clock."""
    return run(str(project), now=now.isoformat())
