"""The flow that ingests files and folders."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from flows.project import open_project
from flows.report import Announcer, RunReport, announcer
from flows.tasks import finish, read_inputs
from flows.telling import failed
from flows.work import parse_now, working


def _name() -> str:
    """Return the flow run's name: what it reads."""
    paths = flow_run.parameters.get("paths") or []
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"ingest {Path(paths[0]).name}{more}" if paths else "ingest"


@flow(name="ingest", flow_run_name=_name, persist_result=False, on_failure=[failed])
def ingest(
    paths: list[str],
    project: str = ".",
    stories: list[str] | None = None,
    outlet: str | None = None,
    published: str | None = None,
    now: str | None = None,
    only: list[str] | None = None,
) -> RunReport:
    """Return the report of ingesting files and folders into a project's ledger and editions.

    Args:
        paths: files and folders.
        project: the project's folder.
        stories: names or paths of codebooks; all of the project's when not given.
        outlet: the outlet of files that do not name theirs.
        published: the publication day of files that do not tell theirs.
        now: the run's clock as an ISO 8601 instant, for runs that can be repeated.
        only: the files of the folders to read; all when not given.

    Raises:
        NewsledgerError: see :mod:`schemas.errors`; the ledger stands as before.
    """
    words: Announcer = announcer()
    opened = open_project(Path(project), stories or [])
    for note in opened.notes:
        words.say(note)
    command = " ".join(["ingest", *paths])
    with working(opened, words, "ingest", command, parse_now(now)) as work:
        read_inputs(work, paths, outlet, published, only)
        return finish(work)
