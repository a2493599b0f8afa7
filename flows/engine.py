"""Run a flow with everything embedded: the workflow engine starts and stops with the command.

The slow starts overlap: the engine's server boots as a child process while Great Expectations, Prefect and
the language model are imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from expectations.engine import preload
from flows.backfilling import open_backfill
from flows.embedded import embedded_prefect
from flows.project import LOCK, Project, open_project
from flows.rebuilding import day_or_none
from flows.report import RunReport, announcer
from newsledger.fetch.sources.choose import wanted
from warehouse.lock import refuse_if_held


@contextmanager
def engine(state: Path, *, announce: Callable[[str], None]) -> Iterator[None]:
    """Keep an embedded workflow engine running; a no-op when PREFECT_API_URL names another.

    Args:
        state: the folder for the engine's own database and log.
        announce: told when the start takes long, so that nobody thinks it hangs.

    Raises:
        NewsledgerError: the engine did not start; the message names its log.
    """
    preload()
    with embedded_prefect(state, announce=announce):
        yield


def call_ingest(
    paths: Sequence[str],
    *,
    project: Path,
    stories: Sequence[str],
    outlet: str | None,
    published: str | None,
    now: str | None,
) -> RunReport:
    """Return the report of the ingest flow, run embedded (see :func:`flows.ingest.ingest`)."""
    opened = _ready(project, stories)
    with engine(opened.state, announce=announcer().say):
        from flows.ingest import ingest  # noqa: PLC0415 - Prefect reads its settings when imported

        return ingest(list(paths), str(project), list(stories), outlet, published, now)


def call_rebuild(
    *, project: Path, stories: Sequence[str], first: str | None, last: str | None, now: str | None
) -> RunReport:
    """Return the report of the rebuild flow, run embedded (see :func:`flows.rebuild.rebuild`).

    Raises:
        UsageError: a day is none; nothing slow was started.
    """
    opened = open_project(project, stories)
    day_or_none(first, "--from"), day_or_none(last, "--to")
    with engine(opened.state, announce=announcer().say):
        from flows.rebuild import rebuild  # noqa: PLC0415 - Prefect reads its settings when imported

        return rebuild(str(project), list(stories), first, last, now)


def _ready(project: Path, stories: Sequence[str]) -> Project:
    """Return the project, or say what cannot work before anything slow is started."""
    opened = open_project(project, stories)
    refuse_if_held(opened.state / LOCK)
    return opened


def call_run(
    *, project: Path, stories: Sequence[str], now: str | None, every: bool = False, replay: bool = False
) -> RunReport:
    """Return the report of the feed flow, run embedded (see :func:`flows.run.run`)."""
    opened = _ready(project, stories)
    with engine(opened.state, announce=announcer().say):
        from flows.run import run  # noqa: PLC0415 - Prefect reads its settings when imported

        return run(str(project), list(stories), now, every=every, replay=replay)


def call_backfill(
    first: str,
    last: str,
    sources: Sequence[str],
    *,
    project: Path,
    stories: Sequence[str],
    outlet: str | None,
    published: str | None,
    endpoint: str | None,
    now: str | None,
) -> RunReport:
    """Return the report of the backfill flow, run embedded (see :func:`flows.backfill.backfill`).

    Raises:
        UsageError: a day or a source cannot be what it should; nothing slow was started.
    """
    what = wanted(sources, outlet=outlet, published=published, endpoint=endpoint)
    opened = open_project(project, stories)
    open_backfill(opened, announcer(), what, first, last, None)
    with engine(opened.state, announce=announcer().say):
        from flows.backfill import backfill  # noqa: PLC0415 - Prefect reads its settings when imported

        return backfill(
            first, last, list(sources), str(project), list(stories), outlet, published, endpoint, now
        )
