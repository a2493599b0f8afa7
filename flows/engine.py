"""Run a flow with everything embedded: the workflow engine starts and stops with the command.

The slow starts overlap: the engine's server boots as a child process while Great Expectations, Prefect and
the language model are imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.engine import preload
from flows.embedded import embedded_prefect
from flows.project import open_project
from flows.report import RunReport, announcer

if TYPE_CHECKING:
    from datetime import datetime


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
    opened = open_project(project, stories)  # what cannot work is said before anything is started
    with engine(opened.state, announce=announcer().say):
        from flows.ingest import ingest  # noqa: PLC0415 - Prefect reads its settings when imported

        return ingest(list(paths), str(project), list(stories), outlet, published, now)


def call_run(*, project: Path, stories: Sequence[str], now: str | None) -> RunReport:
    """Return the report of the feed flow, run embedded (see :func:`flows.run.run`)."""
    opened = open_project(project, stories)
    with engine(opened.state, announce=announcer().say):
        from flows.run import run  # noqa: PLC0415 - Prefect reads its settings when imported

        return run(str(project), list(stories), now)


def call_runs(*, project: Path, clocks: Sequence[datetime]) -> Iterator[RunReport]:
    """Yield the report of one run of the feeds for each clock, all in one engine."""
    with engine(open_project(project).state, announce=announcer().say):
        from flows.run import run  # noqa: PLC0415 - Prefect reads its settings when imported

        for clock in clocks:
            yield run(str(project), None, clock.isoformat())
